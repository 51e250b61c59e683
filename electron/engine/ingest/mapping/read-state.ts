import type { StateMap } from '../../../../shared/settings/topics.ts'
import { MappingProblem, readQuery, readText, shown, toText } from './read-field.ts'
import type { Read } from './read-field.ts'

type Target = StateMap[string]
type StateRule = { from: string; map?: StateMap; reason?: Parameters<typeof readText>[0] }

/** State and reason; undefined: the message says nothing about the state. */
export function readState(rule: StateRule): Read<{ state: string; reason?: string }> {
  const read = readQuery(rule.from)
  const reason = rule.reason === undefined ? null : readText(rule.reason, 'state.reason')
  const find = rule.map === undefined ? plainState : mappedState(rule.map)
  return (place) => {
    const value = read(place)
    if (value === undefined) return undefined
    const target = find(toText(value, 'state'))
    if (target.state === 'ignore') return undefined
    return { state: target.state, reason: reason?.(place) ?? target.reason }
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
