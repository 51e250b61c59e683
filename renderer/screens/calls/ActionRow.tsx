import type { RaisedItem } from '../../../shared/contract/board-huddle.ts'
import type { ActionItem } from '../../../shared/contract/board-team.ts'
import { useBoard } from '../../board-view.tsx'
import { Fit } from '../../fit/Fit.tsx'
import { Shape } from '../../widgets/Shape.tsx'
import { raisedRow } from '../huddle/step-facts.ts'
import { dueWords } from './due.ts'

/** What, who, when. Late ones carry the octagon. */
export function ActionRow({ item }: { item: ActionItem }) {
  const view = useBoard()
  const due = item.due === null ? '' : dueWords(item.due, view)
  return (
    <div className="list-row action" data-action={item.id}>
      <span className="call-mark">{item.late && <Shape status="stop" size="1em" />}</span>
      <Fit className="label ink what" text={item.what} tier="line" testId={`action-${item.id}`} />
      <Fit className="label who" text={item.who ?? ''} tier="line" floor={0.88} />
      <Fit className="label ink due" text={due} tier="line" testId={`action-${item.id}-due`} raw={item.due} />
    </div>
  )
}

/** What the next tier was asked and has not answered, with the time by which it shall. */
export function RaisedRow({ item }: { item: RaisedItem }) {
  const row = raisedRow(useBoard())(item)
  return (
    <div className="list-row action raised" data-raised={item.id}>
      <span className="call-mark">{row.status && <Shape status={row.status} size="1em" />}</span>
      <Fit className="label ink what" text={row.name} tier="line" testId={`raised-${item.id}`} />
      <Fit className="label ink due" text={row.value} tier="line" floor={0.88} />
    </div>
  )
}
