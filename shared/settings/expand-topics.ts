import { presetOf } from './topic-presets.ts'
import { topicSchema } from './topics.ts'
import type { TopicSettings } from './topics.ts'

const signalKeys = [
  'count',
  'state',
  'mode',
  'stopReason',
  'product',
  'changeover',
  'scrap',
  'value',
  'call',
] as const

/** One rule to compile: an entry of `topics:` without presets. */
export type TopicRule = Omit<TopicSettings, 'preset' | 'states' | 'modes' | 'reasons'>

/**
 * The rules behind the entries. An entry with a preset may move it (`topic`), say whose line it is, and add states; with
 * signals of its own it keeps only the preset's place, time and conditions.
 */
export function expandTopics(entries: readonly TopicSettings[], siteZone: string): TopicRule[] {
  return entries.flatMap((entry) => (entry.preset === undefined ? [entry] : expandPreset(entry, siteZone)))
}

function expandPreset(entry: TopicSettings, siteZone: string): TopicRule[] {
  const { preset: name, states, modes, reasons, topic, ...own } = entry
  if (name === undefined) return []
  const preset = presetOf(name)
  const ownSignals = signalKeys.some((key) => own[key] !== undefined)
  const map = { ...preset.states, ...states }
  const rules = ownSignals ? preset.rules.slice(0, 1) : preset.rules
  return rules.map((template) => {
    const { topic: suffix = '', state, mode, stopReason, ...rest } = template
    const raw = {
      ...rest,
      ...(state === undefined
        ? {}
        : { state: { ...(typeof state === 'string' ? { from: state } : (state as object)), map } }),
      ...(mode === undefined ? {} : { mode: { from: mode, map: { ...preset.modes, ...modes } } }),
      ...(stopReason === undefined ? {} : { stopReason: { from: stopReason, map: reasons } }),
      topic: `${topic ?? preset.topic}${ownSignals ? '' : suffix}`,
    }
    const base = topicSchema.parse(withZone(raw, siteZone))
    if (!ownSignals) return { ...base, ...given(own) }
    const when = name === 'umh-core' ? undefined : base.when
    const bare = { topic: base.topic, time: base.time, when, valid: base.valid }
    return { ...bare, ...given(own) }
  })
}

/** Times without a zone are the plant's. */
function withZone(rule: Record<string, unknown>, siteZone: string): Record<string, unknown> {
  const time = rule.time as { zone?: string } | undefined
  return time?.zone === 'site' ? { ...rule, time: { ...time, zone: siteZone } } : rule
}

function given<T extends object>(entry: T): Partial<T> {
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined)) as Partial<T>
}
