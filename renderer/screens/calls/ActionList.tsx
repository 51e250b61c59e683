import type { RaisedItem } from '../../../shared/contract/board-huddle.ts'
import type { ActionItem } from '../../../shared/contract/board-team.ts'
import { useBoard } from '../../board-view.tsx'
import { Fit } from '../../fit/Fit.tsx'
import { Shape } from '../../widgets/Shape.tsx'
import { raisedRow } from '../huddle/step-facts.ts'
import { dueWords } from './due.ts'
import { shorterPerson } from './person.ts'

/** What, who, when, one below the other; the days take no more room than the longest of them. `roomy`: a row may have two lines. */
export function ActionList(props: { items: readonly ActionItem[]; roomy?: boolean }) {
  const { items, roomy = false } = props
  const rows = { '--rows': items.length } as React.CSSProperties
  return (
    <div className="action-list" data-roomy={roomy || undefined} style={rows}>
      {items.map((item) => (
        <ActionRow key={item.id} item={item} maxLines={roomy ? 2 : 1} />
      ))}
    </div>
  )
}

/** Late ones carry the octagon. */
function ActionRow({ item, maxLines }: { item: ActionItem; maxLines: number }) {
  const view = useBoard()
  const who = item.who ?? ''
  return (
    <div className="list-row action" data-action={item.id}>
      <span className="call-mark">{item.late && <Shape status="stop" size="1em" />}</span>
      <Fit
        className="label ink what"
        text={item.what}
        maxLines={maxLines}
        tier="line"
        testId={`action-${item.id}`}
      />
      <Fit className="label who" text={who} shorter={shorterPerson(who)} maxLines={maxLines} tier="line" />
      <span
        className="label ink due"
        data-tier="line"
        data-testid={`action-${item.id}-due`}
        data-value={item.due ?? undefined}
      >
        {item.due !== null && dueWords(item.due, view)}
      </span>
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
