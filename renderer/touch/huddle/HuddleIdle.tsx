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
  const shiftWords = ({ name, date, startMs, endMs }: ReportShift) =>
    `${name}, ${date} ${t('touch.fromTo', { from: format.clock(startMs), to: format.clock(endMs) })}`
  return (
    <>
      {paper.answer !== null && <Paper answer={paper.answer} />}
      <p className="touch-label" data-testid="huddle-when" data-value={nextMs ?? ''}>
        {nextMs === null
          ? t('huddle.byTouch')
          : t('huddle.startsAt', { time: format.clockOrDay(nextMs, nowMs) })}
      </p>
      <div className="huddle-lists">
        <div className="key-list">
          {raised.slice(0, questions).map((item) => {
            const { status, name, more, value } = raisedRow(view)(item)
            return (
              <TouchButton
                key={item.id}
                className="key-choice"
                onTap={() => onAnswer(item)}
                testId={`answer-${item.id}`}
              >
                {status && <Shape status={status} size="4.4rem" />}
                <RowWords name={name} more={`${more}, ${value}`} />
                <span className="key-choice-act">{t('huddle.answer')}</span>
              </TouchButton>
            )
          })}
          {raisedOpen === 0 && <p className="touch-label">{t('huddle.nothingWaits')}</p>}
          {raisedOpen > questions && (
            <p className="touch-label">{t('moreRows', { count: raisedOpen - questions })}</p>
          )}
        </div>
        <div className="key-list">
          <TouchButton
            className="key-choice"
            onTap={() => void print(null)}
            disabled={entry.busy}
            testId="print-report"
          >
            <RowWords name={t('huddle.shiftReport')} more={shift ? shiftWords(shift) : ''} />
            <span className="key-choice-act">{t('huddle.print')}</span>
          </TouchButton>
          <TouchButton
            className="key-choice"
            onTap={() => setBack(back + 1)}
            disabled={shifts.length < 2}
            testId="report-earlier"
          >
            {t('huddle.earlier')}
          </TouchButton>
          {held?.map((one) => (
            <TouchButton
              key={one.id}
              className="key-choice"
              onTap={() => void print(one.id)}
              disabled={entry.busy || !one.hasMinutes}
              testId={`print-${one.id}`}
            >
              <RowWords
                name={listed([format.clockOrDay(one.startedMs, nowMs), one.shiftName], t)}
                more={[
                  one.hasMinutes &&
                    `${t('huddle.present')}: ${one.present ?? '-'}, ${t('huddle.agreed')}: ${one.agreed}`,
                  one.outcome === 'lapsed' && t('huddle.lapsed'),
                ]
                  .filter(Boolean)
                  .join(', ')}
              />
              {one.hasMinutes && <span className="key-choice-act">{t('huddle.print')}</span>}
            </TouchButton>
          ))}
          {held?.length === 0 && <p className="touch-label">{t('huddle.noMinutes')}</p>}
        </div>
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

function RowWords({ name, more }: { name: string; more: string }) {
  return (
    <span className="gap-choice-words">
      <Fit text={name} floor={0.6} />
      <Fit className="touch-label" text={more} floor={0.6} />
    </span>
  )
}
