import { useEffect, useState } from 'react'
import type { CallResult } from '../../../shared/contract/protocol.ts'
import { useBoard } from '../../board-view.tsx'
import { callName } from '../../widgets/call-name.ts'
import { TouchButton } from '../TouchButton.tsx'
import type { DailyFormProps } from './DailyPage.tsx'

/** How quickly calls of a shift were answered and solved, by kind of help: MTTA and MTTR. */
export function CallTimesForm({ entry, onLeave }: DailyFormProps) {
  const { board, format, t } = useBoard()
  const { lineId, callCategories } = board.site
  const { send } = entry
  const [before, setBefore] = useState(false)
  const [times, setTimes] = useState<CallResult['callTimes'] | null>(null)
  const shiftMs = board.line.shift?.startMs
  useEffect(() => {
    const earlier = before && shiftMs !== undefined
    void Promise.resolve()
      .then(() => send('callTimes', { lineId, ...(earlier && { atMs: shiftMs - 1 }) }))
      .then(setTimes)
  }, [send, lineId, before, shiftMs])
  const mean = (ms: number | null) => (ms === null ? '\u2013' : format.span(ms))
  const nameOf = (category: string) =>
    callCategories.find(({ id }) => id === category)?.name ?? callName(category, t)
  return (
    <>
      <div className="options">
        {[false, true].map((earlier) => (
          <TouchButton
            key={String(earlier)}
            kind={earlier === before ? 'chosen' : 'plain'}
            onTap={() => setBefore(earlier)}
            testId={earlier ? 'shift-before' : 'shift-now'}
          >
            {t(earlier ? 'hands.stops.before' : 'hands.stops.now')}
          </TouchButton>
        ))}
      </div>
      {times !== null && times.length === 0 ? (
        <p className="touch-empty">{t('hands.callTimes.none')}</p>
      ) : (
        <table className="call-times">
          <thead>
            <tr>
              <th scope="col">{t('hands.callTimes.help')}</th>
              <th scope="col">{t('hands.callTimes.raised')}</th>
              <th scope="col">{t('hands.callTimes.resolved')}</th>
              <th scope="col">{t('hands.callTimes.toAnswer')}</th>
              <th scope="col">{t('hands.callTimes.toSolve')}</th>
            </tr>
          </thead>
          <tbody>
            {(times ?? []).map((one) => (
              <tr key={one.category} data-category={one.category}>
                <th scope="row">{nameOf(one.category)}</th>
                <td>{format.pieces(one.raised)}</td>
                <td>{format.pieces(one.resolved)}</td>
                <td>{mean(one.meanToAckMs)}</td>
                <td>{mean(one.meanToResolveMs)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div className="two-buttons last">
        <TouchButton className="side" onTap={onLeave}>
          {t('hands.callTimes.back')}
        </TouchButton>
      </div>
    </>
  )
}
