import type { EpochMs } from '../../../../shared/domain/facts.ts'

/** A source that was gone for this long no longer makes its lines stale: it was taken out of the plant. Milliseconds. */
const forgetMs = 7 * 86_400_000
/** Sources that feed lines, at most. */
export const sourcesLimit = 20_000

/** Sources ("group/node" or "group/node/device") by the lines that they feed. Kept over a restart as text. */
export type SourceLiveness = {
  /** The source feeds the line with signals of which its state and numbers are made. True: that is news. */
  feeds: (source: string, lineId: string) => boolean
  alive: (source: string) => void
  /** `graceMs`: as long as that the source may still be born again before its lines are stale. */
  gone: (source: string, sinceMs: EpochMs, how: Gone, graceMs?: number) => void
  allGone: (sinceMs: EpochMs) => void
  /** A known source is waited for since our connection is there. */
  awaited: () => readonly string[]
  /** Since when a source of the line is gone; null: all are there, or none is known. */
  lostSince: (lineId: string, nowMs: EpochMs) => EpochMs | null
  /** Lines that have sources, all of them alive. */
  aliveLines: (nowMs: EpochMs) => readonly string[]
  count: () => { alive: number; gone: number }
  toText: () => string
}

/** `dead`: it said so. `silent`: our connection was lost, or something was missed; its births are asked for. */
export type Gone = 'dead' | 'silent'

type Source = {
  alive: boolean
  how: Gone
  sinceMs: EpochMs
  untilMs: EpochMs
  lines: Set<string>
}

/** `text`: what `toText` gave in an earlier run ("" for none); its sources are gone since `nowMs` until they are born. */
export function createSourceLiveness(
  text: string,
  lineIds: readonly string[],
  nowMs: EpochMs,
  graceMs: number,
): SourceLiveness {
  const sources = new Map<string, Source>()
  const known = new Set(lineIds)

  const sourceOf = (name: string): Source | null => {
    const found = sources.get(name)
    if (found) return found
    if (sources.size >= sourcesLimit) return null
    const made: Source = { alive: false, how: 'silent', sinceMs: nowMs, untilMs: nowMs, lines: new Set() }
    sources.set(name, made)
    return made
  }

  for (const [name, lines] of Object.entries(parse(text))) {
    const source = sourceOf(name)
    if (!source) break
    source.untilMs = nowMs + graceMs
    for (const lineId of lines) if (known.has(lineId)) source.lines.add(lineId)
  }

  const isLost = (source: Source, atMs: EpochMs): boolean =>
    !source.alive && atMs >= source.untilMs && atMs - source.sinceMs < forgetMs

  return {
    feeds: (name, lineId) => {
      const source = sourceOf(name)
      if (!source || source.lines.has(lineId)) return false
      source.lines.add(lineId)
      return true
    },
    alive: (name) => {
      const source = sourceOf(name)
      if (source) source.alive = true
    },
    gone: (name, sinceMs, how, grace = 0) => {
      const source = sources.get(name)
      if (!source) return
      if (source.alive) source.sinceMs = sinceMs
      source.untilMs = source.alive ? sinceMs + grace : Math.min(source.untilMs, sinceMs + grace)
      source.alive = false
      source.how = how
    },
    allGone: (sinceMs) => {
      for (const source of sources.values()) {
        if (source.alive) Object.assign(source, { alive: false, sinceMs, untilMs: sinceMs })
        source.how = 'silent'
      }
    },
    awaited: () =>
      [...sources].flatMap(([name, { alive, how, lines }]) =>
        !alive && how === 'silent' && lines.size > 0 ? [name] : [],
      ),
    lostSince: (lineId, atMs) => {
      let sinceMs: EpochMs | null = null
      for (const source of sources.values()) {
        if (!source.lines.has(lineId) || !isLost(source, atMs)) continue
        sinceMs = sinceMs === null ? source.sinceMs : Math.min(sinceMs, source.sinceMs)
      }
      return sinceMs
    },
    aliveLines: (atMs) => {
      const alive = new Set<string>()
      const lost = new Set<string>()
      for (const source of sources.values()) {
        for (const lineId of source.lines) {
          if (source.alive) alive.add(lineId)
          else if (atMs - source.sinceMs < forgetMs) lost.add(lineId)
        }
      }
      return [...alive].filter((lineId) => !lost.has(lineId))
    },
    count: () => {
      let alive = 0
      for (const source of sources.values()) if (source.alive) alive++
      return { alive, gone: sources.size - alive }
    },
    toText: () =>
      JSON.stringify(
        Object.fromEntries(
          [...sources]
            .filter(([, { lines }]) => lines.size > 0)
            .map(([name, { lines }]) => [name, [...lines]]),
        ),
      ),
  }
}

function parse(text: string): Record<string, readonly string[]> {
  try {
    const value: unknown = JSON.parse(text === '' ? '{}' : text)
    return typeof value === 'object' && value !== null ? (value as Record<string, readonly string[]>) : {}
  } catch {
    return {}
  }
}
