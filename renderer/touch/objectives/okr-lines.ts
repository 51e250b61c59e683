import type { OkrChange } from '../../../shared/contract/okr-calls.ts'
import { confidences } from '../../../shared/domain/key-results.ts'
import type { CounterProposal } from '../../../shared/domain/okr/stored.ts'
import type { BoardView } from '../../board-view.tsx'
import type { HistoryLine } from '../HistoryList.tsx'

type View = Pick<BoardView, 'format' | 't'>

/** Fields that people know, in the order in which they are told. */
const fields = {
  title: 'gapPage.objective',
  name: 'okr.name',
  sentence: 'okr.sentence',
  baseline: 'okr.start',
  target: 'okr.goal',
  due: 'okr.due',
  owner: 'gapPage.owner',
  commitment: 'okr.commitment',
  weight: 'okr.weight',
  holdShifts: 'okr.hold',
  cycle: 'okr.section.cycle',
  parent: 'okr.section.serves',
} as const
type Field = keyof typeof fields

/** Changes and counter-proposals as lines, newest first. What only counts a version up is left out. */
export function okrLines(
  changes: readonly OkrChange[],
  proposals: readonly CounterProposal[],
  view: View,
): HistoryLine[] {
  const lines = [
    ...changes.flatMap((one) => changeLine(one, view)),
    ...proposals.flatMap((one) => proposalLines(one, view)),
  ]
  return lines.sort((a, b) => b.atMs - a.atMs)
}

function changeLine(change: OkrChange, view: View): HistoryLine[] {
  const { atMs, by, action, before, after, reason } = change
  const { t } = view
  if (action === 'checkIn') return [{ atMs, by, words: checkInWords(after, view) }]
  const told = (Object.keys(fields) as Field[]).filter((key) => key in after)
  const words =
    before === null
      ? [t('okr.made'), ...told.filter((key) => after[key] !== null).map((key) => only(key, after, view))]
      : told.map((key) => fromTo(key, before, after, view))
  const ended = after['ended'] as { grade?: number | null; lesson?: string | null } | null | undefined
  if (ended) {
    const grade = ended.grade == null ? '' : ` ${view.format.decimal(ended.grade, 2)}`
    words.push(`${t('okr.ended')}${grade}`, ended.lesson ?? '')
  }
  const all = [...words, reason ?? ''].filter((one) => one !== '')
  return words.length === 0 ? [] : [{ atMs, by, words: all.join('. ') }]
}

function proposalLines(proposal: CounterProposal, { format, t }: View): HistoryLine[] {
  const { atMs, by, target, reason, answer, answeredMs, answeredBy, answerReason } = proposal
  const value = format.exact(target, 2)
  const made = { atMs, by, words: `${t('okr.counter')} ${value}. ${reason}` }
  if (answer === 'open' || answeredMs === null) return [made]
  const said = t(answer === 'accepted' ? 'okr.accepted' : 'okr.kept', { value })
  return [{ atMs: answeredMs, by: answeredBy ?? '', words: `${said}. ${answerReason ?? ''}` }, made]
}

function checkInWords(after: OkrChange['after'], { format, t }: View): string {
  const { value, confidence, sentence, obstacles } = after
  const sure = confidences.find((one) => one === confidence)
  return [
    typeof value === 'number' ? `${t('touch.checkIn')} ${format.exact(value, 2)}` : t('touch.checkIn'),
    sure === undefined ? '' : t(`touch.${sure}`),
    typeof sentence === 'string' ? sentence : '',
    typeof obstacles === 'string' ? obstacles : '',
  ]
    .filter((one) => one !== '')
    .join('. ')
}

function only(key: Field, after: OkrChange['after'], view: View): string {
  return `${view.t(fields[key])}: ${valueOf(after[key], view)}`
}

function fromTo(
  key: Field,
  before: NonNullable<OkrChange['before']>,
  after: OkrChange['after'],
  view: View,
): string {
  const span = { from: valueOf(before[key], view), to: valueOf(after[key], view) }
  return `${view.t(fields[key])}: ${view.t('touch.fromTo', span)}`
}

function valueOf(value: unknown, { format, t }: View): string {
  if (typeof value === 'number') return format.exact(value, 2)
  if (value === 'committed' || value === 'aspirational') return t(`okr.${value}`)
  if (typeof value === 'string') return value
  if (typeof value === 'object' && value !== null && 'name' in value) return String(value.name)
  return '\u2013'
}
