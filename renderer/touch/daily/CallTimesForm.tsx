import { useEffect, useState } from 'react'
import type { CallResult } from '../../../shared/contract/protocol.ts'
import { useBoard } from '../../board-view.tsx'
import { callName } from '../../widgets/call-name.ts'
import { ShiftChoice, useShiftChoice } from '../stops/ShiftChoice.tsx'
import { TouchButton } from '../TouchButton.tsx'
import type { DailyFormProps } from './DailyPage.tsx'

/** How quickly calls of a shift were answered and solved, by kind of help: MTTA and MTTR. */
export function CallTimesForm({ entry, onLeave }: DailyFormProps) {
  const { board, format, t } = useBoard()
  const { lineId, callCategories } = board.site
  const { send } = entry
  const choice = useShiftChoice()
  const { atMs } = choice
  const [times, setTimes] = useState<CallResult['callTimes'] | null>(null)
  useEffect(() => {
    void Promise.resolve()
      .then(() => send('callTimes', { lineId, ...(atMs !== undefined && { atMs }) }))
      .then(setTimes)
  }, [send, lineId, atMs])
  const mean = (ms: number | null) => (ms === null ? '\u2013' : format.span(ms))
  const nameOf = (category: string) =>
    callCategories.find(({ id }) => id === category)?.name ?? callName(category, t)
  return (
    <>
      <ShiftChoice choice={choice} />
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
