import type { TopicSettings } from '../../../../shared/settings/topics.ts'
import { readAround } from './read-field.ts'
import type { Place } from './read-field.ts'

/** True when the sample is one that the rule is about. */
export function readCondition(when: TopicSettings['when']): (place: Place) => boolean {
  if (when === undefined) return () => true
  if (typeof when === 'string') {
    const read = readAround(when)
    return (place) => isTrue(read(place))
  }
  const fields = Object.entries(when).map(([text, wanted]) => ({
    read: readAround(text),
    wanted: new Set([wanted].flat().map(String)),
  }))
  return (place) =>
    fields.every(({ read, wanted }) => {
      const value = read(place)
      return value !== undefined && typeof value !== 'object' && wanted.has(String(value))
    })
}

/** As JMESPath has it: empty texts, lists and objects are false too, 0 is true. */
function isTrue(value: unknown): boolean {
  if (value === undefined || value === false || value === '') return false
  if (Array.isArray(value)) return value.length > 0
  return typeof value !== 'object' || value === null || Object.keys(value).length > 0
}
