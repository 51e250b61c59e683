import type { StateMap, TimeField } from '../../../../shared/settings/topics.ts'
import { MappingProblem, readQuery, readText, shown, toText } from './read-field.ts'
import type { Read } from './read-field.ts'
import { readTime } from './read-time.ts'

type Target = StateMap[string]
type StateRule = { from: string; map?: StateMap; reason?: Parameters<typeof readText>[0]; until?: TimeField }

/** State, reason and end; undefined: the message says nothing about the state. */
export function readState(rule: StateRule): Read<{ state: string; reason?: string; until?: number }> {
  const read = readQuery(rule.from)
  const reason = rule.reason === undefined ? null : readText(rule.reason, 'state.reason')
  const until = rule.until === undefined ? null : readTime(rule.until)
  const find = rule.map === undefined ? plainState : mappedState(rule.map)
  return (place) => {
    const value = read(place)
    if (value === undefined) return undefined
    const target = find(toText(value, 'state'))
    if (target.state === 'ignore') return undefined
    const told = { state: target.state, reason: reason?.(place) ?? target.reason }
    if (until === null) return told
    const end = until(place)
    if (end === undefined) throw new MappingProblem('field', 'state.until: is missing')
    return { ...told, until: end }
  }
}

/** The state that stands for a mode; without one the machine's own state counts. */
export function readMode(rule: { from: string; map: StateMap }): Read<{ state?: string; reason?: string }> {
  const read = readQuery(rule.from)
  const find = mappedState(rule.map)
  return (place) => {
    const value = read(place)
    if (value === undefined) return undefined
    const { state, reason } = find(toText(value, 'mode'))
    return state === 'ignore' ? {} : { state, reason }
  }
}

/** A reason as the map calls it, else as it is; '': none. */
export function readStopReason(rule: {
  from: string
  map?: Record<string, string>
}): Read<{ reason: string }> {
  const read = readQuery(rule.from)
  const map = new Map(Object.entries(rule.map ?? {}))
  return (place) => {
    const value = read(place)
    if (value === undefined) return undefined
    const text = toText(value, 'stopReason').trim()
    return { reason: map.get(text) ?? (text === '0' ? '' : (map.get('*') ?? text)) }
  }
}

const plainState = (text: string): Target => ({ state: text.trim().toLowerCase() as Target['state'] })

const range = /^(-?\d+(?:\.\d+)?)\.\.(-?\d+(?:\.\d+)?)$/

function mappedState(map: StateMap): (text: string) => Target {
  const exact = new Map(Object.entries(map))
  const ranges = Object.entries(map).flatMap(([key, target]) => {
    const ends = range.exec(key)
    return ends ? [{ from: Number(ends[1]), to: Number(ends[2]), target }] : []
  })
  return (text) => {
    const found = exact.get(text)
    if (found) return found
    const number = text.trim() === '' ? NaN : Number(text)
    const inside = ranges.find(({ from, to }) => number >= from && number <= to)
    const target = inside?.target ?? exact.get('*')
    if (target) return target
    throw new MappingProblem('field', `state: ${shown(text)} is not in its map`)
  }
}
