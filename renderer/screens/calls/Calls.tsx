import type { OpenCall } from '../../../shared/contract/board-line.ts'
import type { HuddlePart } from '../../../shared/contract/board-huddle.ts'
import type { ActionsPart } from '../../../shared/contract/board-team.ts'
import { useBoard } from '../../board-view.tsx'
import { Fit } from '../../fit/Fit.tsx'
import { MoreRows } from '../../widgets/MoreRows.tsx'
import { Shape } from '../../widgets/Shape.tsx'
import { ActionList, RaisedRow } from './ActionList.tsx'
import { CallRow } from './CallRow.tsx'

/** Rows on one screen, of calls and of actions; one that has nothing leaves its rows to the other, or room for two lines a row. */
const rowsFor = {
  near: { calls: 4, actions: 5 },
  standard: { calls: 3, actions: 4 },
  far: { calls: 3, actions: 0 },
  hero: { calls: 1, actions: 0 },
} as const

/** Safety first, then the one that has waited longest without an answer; those that were answered last. */
export function mostUrgentFirst(calls: readonly OpenCall[]): OpenCall[] {
  const place = ({ category, ackMs }: OpenCall) => (ackMs !== null ? 2 : category === 'safety' ? 0 : 1)
  return [...calls].sort((a, b) => place(a) - place(b) || a.raisedMs - b.raisedMs)
}

/** Who needs help now, longest unanswered first; and what was agreed to do, the most urgent first. */
export function Calls() {
  const { board, density, t } = useBoard()
  const { actions } = board
  const { raised } = board.huddle
  const calls = mostUrgentFirst(board.line.openCalls)
  const room = rowsFor[density]
  const agreed = (actions?.items.length ?? 0) + raised.length
  const forActions = agreed === 0 ? 0 : room.actions
  const shown = calls.slice(0, room.calls + room.actions - forActions)
  // Far away a heading takes the place of a row.
  const rest = room.calls - Math.max(1, shown.length) + room.actions - (density === 'far' ? 1 : 0)
  const roomy = room.actions > 0 && shown.length <= 1
  if (calls.length === 0 && raised.length === 0 && (actions === null || actions.open === 0))
    return <AllQuiet actions={actions !== null} />
  return (
    <div className="screen calls">
      <div className="list-head">
        <Fit className="title" text={t('openCalls')} tier="line" floor={0.88} />
        {calls.length > 0 && (
          <span className="number" data-tier="number" data-testid="open-calls" data-value={calls.length}>
            {calls.length}
          </span>
        )}
      </div>
      {calls.length === 0 && (
        <div className="list-row" data-testid="no-calls">
          <Shape status="ok" size="5rem" />
          <Fit className="label ink wide" text={t('noOpenCalls')} tier="line" />
        </div>
      )}
      {shown.map((call) => (
        <CallRow key={call.call} call={call} />
      ))}
      <MoreRows count={calls.length - shown.length} />
      {(actions !== null || raised.length > 0) && rest > 0 && (
        <Actions
          part={actions ?? noActions}
          huddle={board.huddle}
          rows={roomy ? room.actions : rest}
          roomy={roomy}
        />
      )}
    </div>
  )
}

const noActions = { items: [], open: 0, late: 0 }
/** What waits for the next tier stands above the actions, and leaves them room. */
const raisedRows = 2

function Actions(props: {
  part: Omit<ActionsPart, 'effects'>
  huddle: HuddlePart
  rows: number
  roomy: boolean
}) {
  const { part, huddle, rows, roomy } = props
  const { t } = useBoard()
  const { items, open, late } = part
  const raised = huddle.raised.slice(0, Math.min(raisedRows, rows))
  const shown = items.slice(0, rows - raised.length)
  return (
    <>
      <div className="list-head second">
        <Fit className="title" text={t('actions')} tier="line" floor={0.88} />
        {open > 0 && (
          <span className="label nowrap" data-tier="line" data-testid="actions-open" data-value={open}>
            {late > 0 ? t('actionsLate', { open, late }) : t('actionsOpen', { open })}
          </span>
        )}
      </div>
      {raised.map((item) => (
        <RaisedRow key={item.id} item={item} />
      ))}
      {items.length === 0 && raised.length === 0 && (
        <div className="list-row" data-testid="no-actions">
          <Shape status="ok" size="5rem" />
          <Fit className="label ink wide" text={t('noActions')} tier="line" />
        </div>
      )}
      {shown.length > 0 && <ActionList items={shown} roomy={roomy} />}
      <MoreRows count={open - shown.length + huddle.raisedOpen - raised.length} />
    </>
  )
}

/** `actions`: they are set up, and none is open either. */
function AllQuiet({ actions }: { actions: boolean }) {
  const { t } = useBoard()
  return (
    <div className="screen said">
      <div className="said-row" data-testid="no-calls">
        <Shape status="ok" size="1em" />
        <Fit text={t('noOpenCalls')} tier="number" floor={0.6} />
      </div>
      {actions && (
        <div className="said-row" data-testid="no-actions">
          <Shape status="ok" size="1em" />
          <Fit text={t('noActions')} tier="number" floor={0.6} />
        </div>
      )}
    </div>
  )
}
