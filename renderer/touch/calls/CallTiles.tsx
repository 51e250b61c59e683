import type { OpenCall } from '../../../shared/contract/board-line.ts'
import { useBoard } from '../../board-view.tsx'
import { Fit } from '../../fit/Fit.tsx'
import { CallIcon } from '../../widgets/CallIcon.tsx'
import { callName } from '../../widgets/call-name.ts'
import { TouchButton } from '../TouchButton.tsx'

/** One tile for each kind of help, those that are held last. A tile whose call is open shows since when, and opens it. */
export function CallTiles(props: { onCall: (category: string) => void; onOpen: (call: string) => void }) {
  const { board } = useBoard()
  const { callCategories } = board.site
  const plain = callCategories.filter(({ hold }) => !hold)
  const held = callCategories.filter(({ hold }) => hold)
  const openOf = (category: string) => board.line.openCalls.filter((call) => call.category === category)
  return (
    <div className="call-tiles">
      {[...plain, ...held].map(({ id, name, hold }, index) => (
        <CallTile
          key={id}
          id={id}
          name={name}
          hold={hold}
          wide={hold || (index === plain.length - 1 && index % 2 === 0)}
          open={openOf(id)}
          {...props}
        />
      ))}
    </div>
  )
}

function CallTile(props: {
  id: string
  name: string | null
  hold: boolean
  wide: boolean
  open: readonly OpenCall[]
  onCall: (category: string) => void
  onOpen: (call: string) => void
}) {
  const { id, name, hold, wide, open, onCall, onOpen } = props
  const { format, nowMs, t } = useBoard()
  const label = name ?? callName(id, t)
  const [first] = open
  const waiting = open.some(({ ackMs }) => ackMs === null)
  const age = first && format.timer(nowMs - first.raisedMs)
  const state = first === undefined ? '' : waiting ? 'called' : 'answered'
  return (
    <TouchButton
      className={`call-tile ${wide ? 'wide' : ''} ${hold ? 'apart' : ''} ${state}`}
      hold={hold && first === undefined}
      onTap={() => (first ? onOpen(first.call) : onCall(id))}
      testId={`call-${id}`}
    >
      <CallIcon category={id} />
      <Fit text={label} floor={wide ? 0.8 : 0.6} maxLines={wide ? 2 : 1} />
      {age ? (
        <span className="call-tile-age">
          {age.text}
          {age.unit && <span className="unit">{age.unit}</span>}
        </span>
      ) : (
        hold && <span className="call-tile-hold">{t('touch.calls.hold')}</span>
      )}
    </TouchButton>
  )
}
