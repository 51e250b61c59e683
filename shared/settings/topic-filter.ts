import { segmentName } from './query.ts'

/** An MQTT topic filter whose single-level wildcards may have names: "plant/+line/press/+cell/#". */
export type TopicFilter = {
  /** As the broker understands it. */
  mqtt: string
  names: readonly string[]
  /** Values of the named segments; null: another topic. */
  match: (topic: string) => Readonly<Record<string, string>> | null
}

/** Throws an Error with one sentence of what is wrong. */
export function parseTopicFilter(text: string): TopicFilter {
  const levels = text.split('/')
  const names: string[] = []
  for (const [index, level] of levels.entries()) {
    if (level.startsWith('+') && level.length > 1) {
      const name = level.slice(1)
      if (!segmentName.test(name)) {
        throw new Error(`a named segment is "+" with letters and digits, such as "+line", not "${level}"`)
      }
      if (names.includes(name)) throw new Error(`the segment "+${name}" stands twice in the topic`)
      names.push(name)
    } else if (level === '#' ? index < levels.length - 1 : level !== '+' && /[+#]/.test(level)) {
      throw new Error('"+" and "#" stand for whole levels of a topic, "#" only at the end')
    }
  }
  if (text === '' || text.includes('\0')) throw new Error('a topic has at least one character')
  const mqtt = levels.map((level) => (level.startsWith('+') ? '+' : level)).join('/')
  return { mqtt, names, match: (topic) => captures(levels, topic) }
}

function captures(levels: readonly string[], topic: string): Record<string, string> | null {
  const parts = topic.split('/')
  const found: Record<string, string> = {}
  for (const [index, level] of levels.entries()) {
    if (level === '#') return topic.startsWith('$') && index === 0 ? null : found
    const part = parts[index]
    if (part === undefined) return null
    if (level.startsWith('+')) {
      if (index === 0 && part.startsWith('$')) return null
      if (level.length > 1) found[level.slice(1)] = part
    } else if (level !== part) return null
  }
  return parts.length === levels.length ? found : null
}

/** True when every topic of `inner` is also one of `outer` (both as the broker understands them). */
export function covers(outer: string, inner: string): boolean {
  const wide = outer.split('/')
  const narrow = inner.split('/')
  for (const [index, level] of wide.entries()) {
    if (level === '#') return true
    const other = narrow[index]
    if (other === undefined || other === '#') return false
    if (level !== '+' && level !== other) return false
  }
  return narrow.length === wide.length
}

/** Without those that another one covers: some brokers deliver a message once for each filter that fits. */
export function withoutCovered(filters: readonly string[]): string[] {
  const own = [...new Set(filters)]
  return own.filter((filter) => !own.some((other) => other !== filter && covers(other, filter)))
}
