import { Temporal } from 'temporal-polyfill'
import type { EpochMs } from '../../../../shared/domain/facts.ts'
import type { TimeField } from '../../../../shared/settings/topics.ts'
import { decodeTime } from '../decode-time.ts'
import { MappingProblem, readAround, toNumber } from './read-field.ts'
import type { Read } from './read-field.ts'

const msPerUnit = { s: 1000, ms: 1, us: 0.001, ns: 0.000_001 } as const
const withoutZone = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d)(\d)(?::(\d{2})(\.\d{1,9})?)?$/
const minuteMs = 60_000

/** The sample's own time; undefined: it has none, so its arrival counts. */
export function readTime(field: TimeField): Read<EpochMs> {
  const read = readAround(field.from)
  const { unit, zone } = field
  const local = zone === undefined ? null : localTimes(zone)
  return (place) => {
    const value = read(place)
    if (value === undefined) return undefined
    if (unit !== 'iso') return checked(Math.round(toNumber(value, field.from) * msPerUnit[unit]), field.from)
    if (typeof value === 'string') {
      const atMs = local?.(value)
      if (atMs !== undefined) return checked(atMs, field.from)
    }
    return checked(value, field.from)
  }
}

function checked(value: unknown, name: string): EpochMs {
  const time = decodeTime(value)
  if (!time.ok) throw new MappingProblem('time', time.reason.replace(/^ts/, name))
  return time.atMs ?? NaN
}

/**
 * Reads times that name no zone by the zone's clock, twice-told hours in autumn as the first; undefined: another form.
 * Clocks change at whole ten minutes, so the answer for one serves the next messages too.
 */
function localTimes(zone: string): (text: string) => EpochMs | undefined {
  let knownText = ''
  let knownMs = 0
  return (text) => {
    const match = withoutZone.exec(text)
    if (!match) return undefined
    const [, date, tenMinutes, minute, second = '0', fraction = '0'] = match
    const start = `${date}T${tenMinutes}0`
    if (start !== knownText) {
      try {
        const plain = Temporal.PlainDateTime.from(start, { overflow: 'reject' })
        knownMs = plain.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds
      } catch {
        return undefined
      }
      knownText = start
    }
    if (Number(second) > 59) return undefined
    return knownMs + Number(minute) * minuteMs + Math.floor((Number(second) + Number(fraction)) * 1000)
  }
}
