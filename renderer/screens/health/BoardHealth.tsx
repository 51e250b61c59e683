import type { CadenceItem, HealthFinding } from '../../../shared/contract/board-team.ts'
import { useBoard } from '../../board-view.tsx'
import { Fit } from '../../fit/Fit.tsx'
import { findingWords, severityShapes } from '../../key-results/finding-words.ts'
import { MoreRows } from '../../widgets/MoreRows.tsx'
import { type Status, Shape } from '../../widgets/Shape.tsx'
import { dayWords, dueWords } from '../calls/due.ts'

/** Findings on one page; more take turns. Far away the clocks alone fill the screen. */
const findingRows = { near: 4, standard: 3, far: 0, hero: 0 } as const

/** Of those that have fallen back. */
const maxFallen = 4

const clockShapes: Record<CadenceItem['state'], Status> = {
  ok: 'ok',
  due: 'warn',
  overdue: 'none',
  none: 'none',
}

/** When the team talks next, and what could be better about its objectives. */
export function BoardHealth({ turn }: { turn: number }) {
  const { board, density, t } = useBoard()
  const { findings, counts } = board.boardHealth
  const size = findingRows[density]
  const fallen = board.keyResults.normals.filter(({ fallenBack }) => fallenBack).slice(0, maxFallen)
  // What has fallen back stays on top of every page; two of them take the room of one finding.
  const room = size === 0 ? 0 : Math.max(1, size - Math.ceil(fallen.length / 2))
  const pages = Math.max(1, Math.ceil(findings.length / Math.max(1, room)))
  const from = (turn % pages) * room
  const shown = findings.slice(from, from + room)
  const all = counts.mistake + counts.warning + counts.hint
  return (
    <div className="screen health">
      {board.cadence.items.map((item) => (
        <Clock key={item.kind} item={item} />
      ))}
      {size > 0 && (
        <div className="list-head second">
          <Fit className="label ink" text={t('okr.counts', counts)} tier="line" testId="finding-counts" />
          <MoreRows count={all - shown.length} />
        </div>
      )}
      {size > 0 &&
        fallen.map((one) => (
          <div key={one.keyResultId} className="health-row" data-testid={`fallen-${one.keyResultId}`}>
            <Shape status="warn" size="4.4rem" />
            <Fit
              className="label ink"
              text={t('okr.fallenBack', { name: one.name })}
              tier="line"
              floor={0.88}
            />
          </div>
        ))}
      {size > 0 && findings.length === 0 && fallen.length === 0 && (
        <div className="health-row">
          <Shape status="ok" size="4.4rem" />
          <Fit className="label ink" text={t('okr.fine')} tier="line" />
        </div>
      )}
      {shown.map((finding) => (
        <Finding key={`${finding.rule} ${finding.subject ?? finding.name}`} finding={finding} />
      ))}
    </div>
  )
}

function Clock({ item }: { item: CadenceItem }) {
  const view = useBoard()
  const { t } = view
  const { kind, dueDate, lastDate, done, total, state } = item
  const when =
    dueDate !== null
      ? t('okr.dueOn', { date: dueWords(dueDate, view) })
      : lastDate !== null
        ? t('okr.lastOn', { date: dueWords(lastDate, view) })
        : t('okr.never')
  return (
    <div className="clock-row" data-cadence={kind} data-state={state}>
      <Shape status={clockShapes[state]} size="5rem" />
      <Fit className="label ink" text={t(`okr.${kind}`)} tier="line" floor={0.88} />
      <Fit
        className="label"
        text={total > 0 ? t('okr.doneOf', { done, total }) : ''}
        tier="line"
        testId={`clock-${kind}`}
        raw={done}
      />
      <Fit className="label" text={when} tier="line" floor={0.88} />
    </div>
  )
}

function Finding({ finding }: { finding: HealthFinding }) {
  const view = useBoard()
  const { t } = view
  const { rule, severity, sinceDate } = finding
  return (
    <div className="health-row two" data-rule={rule}>
      <Shape status={severityShapes[severity]} size="4.4rem" />
      <Fit className="label ink" text={findingWords(finding, t)} tier="line" floor={0.88} />
      <Fit className="health-why" text={t(`lintWhy.${rule}`)} tier="near" maxLines={2} />
      <div className="health-fix">
        <Fit text={t(`lintFix.${rule}`)} tier="near" />
        {sinceDate !== null && (
          <span className="nowrap" data-tier="near" data-testid={`since-${rule}`} data-value={sinceDate}>
            {t('okr.sinceNight', { date: dayWords(sinceDate, view) })}
          </span>
        )}
      </div>
    </div>
  )
}
