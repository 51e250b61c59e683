import { useEffect, useState } from 'react'
import type { RaisedItem } from '../../../shared/contract/board-huddle.ts'
import type { HuddleLine, ReportShift } from '../../../shared/contract/huddle-calls.ts'
import { useBoard } from '../../board-view.tsx'
import { Fit } from '../../fit/Fit.tsx'
import { listed } from '../../i18n/listed.ts'
import { Paper } from '../../paper/Paper.tsx'
import { usePrint } from '../../paper/use-print.ts'
import { raisedRow } from '../../screens/huddle/step-facts.ts'
import { Shape } from '../../widgets/Shape.tsx'
import type { PageProps } from '../pages.ts'
import { TouchButton } from '../TouchButton.tsx'

/** Questions and huddles that fit the page. */
const questions = 3
const heldShown = 2

/** No huddle is on: it can be begun, the next tier can answer, and the last ones are named. */
export function HuddleIdle(props: {
  entry: PageProps['entry']
  onDone: PageProps['onDone']
  onAnswer: (item: RaisedItem) => void
  onRaise: () => void
}) {
  const { entry, onAnswer, onDone, onRaise } = props
  const view = useBoard()
  const { board, format, nowMs, t } = view
  const { lineId } = board.site
  const { nextMs, raised, raisedOpen } = board.huddle
  const { send } = entry
  const paper = usePrint()
  const [held, setHeld] = useState<readonly HuddleLine[] | null>(null)
  const [shifts, setShifts] = useState<readonly ReportShift[]>([])
  const [back, setBack] = useState(0)
  const shift = shifts[back % Math.max(1, shifts.length)]
  useEffect(() => {
    void Promise.resolve()
      .then(() => send('huddles', { lineId, limit: heldShown }))
      .then(setHeld)
      .then(() => send('reportShifts', { lineId }))
      .then((known) => setShifts(known ?? []))
  }, [send, lineId])
  const print = async (huddle: string | null) => {
    const answer = await send('paper', {
      lineId,
      huddle,
      ...(huddle === null && { shiftMs: shift?.startMs }),
    })
    if (answer === null) return
    const date = answer.report?.shift.date ?? ''
    const name = [lineId, date, huddle === null ? 'report' : 'huddle', String(answer.atMs)].filter(Boolean)
    const file = await paper.print(answer, name.join('-'))
    if (file !== '') onDone(file === null ? t('huddle.notPrinted') : t('huddle.printed', { file }))
  }
  return (
    <>
      {paper.answer !== null && <Paper answer={paper.answer} />}
      <p className="touch-label" data-testid="huddle-when" data-value={nextMs ?? ''}>
        {nextMs === null
          ? t('huddle.byTouch')
          : t('huddle.startsAt', { time: format.clockOrDay(nextMs, nowMs) })}
      </p>
      <div className="huddle-list">
        {raised.slice(0, questions).map((item) => {
          const { status, name, more, value } = raisedRow(view)(item)
          return (
            <div key={item.id} className="action-line" data-raised={item.id}>
              {status && <Shape status={status} size="4.4rem" />}
              <div>
                <Fit text={name} floor={0.7} />
                <Fit className="touch-label" text={`${more}, ${value}`} floor={0.7} />
              </div>
              <TouchButton onTap={() => onAnswer(item)} testId={`answer-${item.id}`}>
                {t('huddle.answer')}
              </TouchButton>
            </div>
          )
        })}
        {raisedOpen === 0 && <p className="touch-label">{t('huddle.nothingWaits')}</p>}
        {raisedOpen > questions && (
          <p className="touch-label">{t('moreRows', { count: raisedOpen - questions })}</p>
        )}
        <div className="action-line" data-report>
          <div>
            <Fit text={t('huddle.shiftReport')} floor={0.7} />
            {shift && (
              <Fit
                className="touch-label"
                text={`${shift.name}, ${shift.date} ${t('touch.fromTo', { from: format.clock(shift.startMs), to: format.clock(shift.endMs) })}`}
                floor={0.7}
              />
            )}
          </div>
          <TouchButton onTap={() => setBack(back + 1)} disabled={shifts.length < 2} testId="report-earlier">
            {t('huddle.earlier')}
          </TouchButton>
          <TouchButton onTap={() => void print(null)} disabled={entry.busy} testId="print-report">
            {t('huddle.print')}
          </TouchButton>
        </div>
        {held?.length === 0 && <p className="touch-label">{t('huddle.noMinutes')}</p>}
        {held?.map((one) => (
          <div key={one.id} className="action-line" data-held={one.id}>
            <div>
              <Fit text={listed([format.clockOrDay(one.startedMs, nowMs), one.shiftName], t)} floor={0.7} />
              <Fit
                className="touch-label"
                text={[
                  one.hasMinutes &&
                    `${t('huddle.present')}: ${one.present ?? '-'}, ${t('huddle.agreed')}: ${one.agreed}`,
                  one.outcome === 'lapsed' && t('huddle.lapsed'),
                ]
                  .filter(Boolean)
                  .join(', ')}
                floor={0.7}
              />
            </div>
            {one.hasMinutes && (
              <TouchButton onTap={() => void print(one.id)} disabled={entry.busy} testId={`print-${one.id}`}>
                {t('huddle.print')}
              </TouchButton>
            )}
          </div>
        ))}
      </div>
      <div className="two-buttons">
        <TouchButton onTap={onRaise} className="side" testId="huddle-raise">
          {t('huddle.raise')}
        </TouchButton>
        <TouchButton
          kind="main"
          className="confirm"
          disabled={entry.busy}
          onTap={() => void send('startHuddle', { lineId })}
          testId="huddle-start"
        >
          {t('huddle.start')}
        </TouchButton>
      </div>
    </>
  )
}
