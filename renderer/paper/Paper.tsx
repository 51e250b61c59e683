import { createPortal } from 'react-dom'
import type { AgreedItem, HuddleMinutes, ShiftReport } from '../../shared/contract/board-huddle.ts'
import type { PaperAnswer } from '../../shared/contract/huddle-calls.ts'
import { type BoardView, useBoard } from '../board-view.tsx'
import { listed } from '../i18n/listed.ts'
import { callName } from '../widgets/call-name.ts'
import { PaperList, type PaperLine } from './PaperList.tsx'

/** Lines of each list: together they stay on one page, and what is left out is counted. */
const most = { hours: 16, stops: 5, scrap: 5, changeovers: 3, calls: 5, agreed: 6, others: 5 } as const

/** One A4 page for the printer, never on the screen: minutes of a huddle, or the report of a shift. */
export function Paper({ answer }: { answer: PaperAnswer }) {
  const view = useBoard()
  const { board, format, t } = view
  const { report, minutes, huddle, auditHead, atMs } = answer
  const { siteName, lineName, demo } = board.site
  const shift = report?.shift
  return createPortal(
    <article
      className="paper"
      data-paper={huddle === null ? 'report' : 'minutes'}
      data-as-of={report?.asOfMs ?? atMs}
    >
      <header>
        <div>
          <h1>{t(huddle === null ? 'huddle.report' : 'huddle.minutes')}</h1>
          <p>{t('huddle.page', { site: siteName, line: demo ? `${lineName} (${t('demo')})` : lineName })}</p>
          {huddle?.outcome === 'lapsed' && <p>{t('huddle.lapsed')}</p>}
        </div>
        {shift && (
          <div className="paper-when">
            <b>
              {shift.crew === null ? shift.name : t('shiftCrew', { shift: shift.name, crew: shift.crew })}
            </b>
            <p>
              {shift.date}{' '}
              {t('touch.fromTo', { from: format.clock(shift.startMs), to: format.clock(shift.endMs) })}
            </p>
          </div>
        )}
      </header>
      {report === null ? <p>{t('huddle.noShift')}</p> : <ShiftNumbers report={report} answer={answer} />}
      {minutes && <Minutes minutes={minutes} />}
      <footer>
        <p>{t('huddle.asKnown', { time: momentOf(atMs, view) })}</p>
        <p dir="ltr">
          {t('huddle.auditHead')} <span data-testid="paper-head">{auditHead}</span>
        </p>
      </footer>
    </article>,
    document.body,
  )
}

/** Date and time, as they stay right on paper. */
function momentOf(atMs: number, { board, format }: BoardView): string {
  const date = new Intl.DateTimeFormat('en-CA', { timeZone: board.site.timeZone }).format(atMs)
  return `${date} ${format.clock(atMs)}`
}

function ShiftNumbers({ report, answer }: { report: ShiftReport; answer: PaperAnswer }) {
  const view = useBoard()
  const { board, format, t } = view
  const { pace, made, oee, scrap, stops, microStops, changeovers, calls } = report
  const percent = (share: number | null | undefined) => (share == null ? '' : `${format.percent(share)} %`)
  const name = (id: string | null) =>
    board.site.products.find((one) => one.id === id)?.name ?? id ?? t('unknownProduct')
  const figures: [string, string, number | null, string][] = [
    ['made', t('made'), made, format.pieces(made)],
    ['target', t('target'), pace?.target ?? null, pace === null ? t('noPlan') : format.pieces(pace.target)],
    ['gap', t('hour.gap'), pace?.gap ?? null, pace === null ? '' : format.signed(pace.gap)],
    ['oee', 'OEE', oee.ratios?.oee ?? null, percent(oee.ratios?.oee)],
    ['availability', t('availability'), oee.ratios?.availability ?? null, percent(oee.ratios?.availability)],
    ['performance', t('performance'), oee.ratios?.performance ?? null, percent(oee.ratios?.performance)],
    ['scrap', t('scrapCount'), scrap.scrap, listed([format.pieces(scrap.scrap), percent(scrap.ratio)], t)],
    ['present', t('huddle.present'), answer.huddle?.present ?? null, `${answer.huddle?.present ?? ''}`],
  ]
  const later = answer.nowMade !== null && answer.nowMade !== made ? answer.nowMade : null
  return (
    <>
      <dl className="paper-figures">
        {figures
          .filter(([, , , text]) => text !== '')
          .map(([id, label, raw, text]) => (
            <div key={id}>
              <dt>{label}</dt>
              <dd data-testid={`paper-${id}`} data-value={raw ?? ''}>
                {text}
                {id === 'made' && later !== null && (
                  <small> ({t('huddle.nowKnown', { made: format.pieces(later) })})</small>
                )}
              </dd>
            </div>
          ))}
      </dl>
      <Hours report={report} />
      <div className="paper-columns">
        <PaperList
          title={t('huddle.stops')}
          max={most.stops}
          lines={[
            ...stops.map(({ reason, count, ms }) => ({
              name: reason ?? t('noReasonYet'),
              value: t('huddle.times', { time: format.span(ms), count }),
            })),
            ...(microStops.count === 0
              ? []
              : [
                  {
                    name: t('huddle.microStops'),
                    value: t('huddle.times', { time: format.span(microStops.ms), count: microStops.count }),
                  },
                ]),
          ]}
        />
        <PaperList
          title={t('scrapCount')}
          max={most.scrap}
          lines={scrap.reasons.map(({ reason, qty }) => ({
            name: reason === '' ? t('noReasonYet') : reason,
            value: format.pieces(qty),
          }))}
        />
        <PaperList
          title={t('huddle.topic.changeovers')}
          max={most.changeovers}
          lines={changeovers.map(({ from, to, startMs, durationMs }) => ({
            name: `${format.clock(startMs)} ${t('touch.fromTo', { from: name(from), to: name(to) })}`,
            value: format.span(durationMs),
          }))}
        />
        <PaperList
          title={t('huddle.topic.calls')}
          max={most.calls}
          lines={calls.map(({ category, raised, meanToAckMs }) => ({
            name: `${callName(category, t)}: ${raised}`,
            value: meanToAckMs === null ? '' : t('huddle.answeredIn', { time: format.span(meanToAckMs) }),
          }))}
        />
      </div>
    </>
  )
}

function Hours({ report }: { report: ShiftReport }) {
  const { format, t } = useBoard()
  const rows = report.hours.slice(0, most.hours)
  const number = (value: number | null, write = format.pieces) => (value === null ? '' : write(value))
  return (
    <table className="paper-hours">
      <thead>
        <tr>
          <th>{t('hour.hour')}</th>
          <th>{t('hour.plan')}</th>
          <th>{t('hour.made')}</th>
          <th>{t('hour.gap')}</th>
          <th>{t('hour.total')}</th>
          <th>{t('reason')}</th>
          <th />
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.startMs}>
            <td>{row.label}</td>
            <td>{number(row.plan)}</td>
            <td>{number(row.made)}</td>
            <td>{number(row.gap, format.signed)}</td>
            <td>{number(row.runningGap, format.signed)}</td>
            <td className="words">{row.topStop === null ? '' : (row.topStop.reason ?? t('noReasonYet'))}</td>
            <td className="words">
              {row.signed === null
                ? ''
                : row.signed.made === row.made
                  ? t('huddle.signed', { by: row.signed.by })
                  : t('huddle.sinceSigned', { made: format.pieces(row.signed.made) })}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Minutes({ minutes }: { minutes: HuddleMinutes }) {
  const view = useBoard()
  const { board, format, t } = view
  const { before, agreed, barriers, actions, raised, keyResult } = minutes
  const agreedLine = ({ what, who, due, state, late }: AgreedItem): PaperLine => ({
    mark: state === 'done' ? 'done' : late ? 'late' : 'open',
    name: what,
    value: listed([who, due], t),
  })
  const others = actions.filter(({ what }) => !agreed.some((one) => one.what === what))
  return (
    <div className="paper-columns">
      <PaperList title={t('huddle.topic.since')} max={most.agreed} lines={before.map(agreedLine)} />
      <PaperList title={t('huddle.agreed')} max={most.agreed} lines={agreed.map(agreedLine)} />
      <PaperList
        title={t('huddle.openActions')}
        max={most.others}
        lines={others.map((action) => agreedLine({ id: action.what, state: 'open', ...action }))}
      />
      <PaperList
        title={t('huddle.waiting', { tier: board.huddle.nextTier ?? t('huddle.tier') })}
        max={most.others}
        lines={raised.map(({ what, answerByMs }) => ({
          name: what,
          value: t('huddle.answerBy', { time: momentOf(answerByMs, view) }),
        }))}
      />
      <PaperList
        title={t('huddle.addBarrier')}
        max={most.others}
        lines={barriers.map(({ kpi, barrier }) => ({
          name: kpi,
          value: barrier === null ? t('gapPage.noneOfThem') : t(`barrier.${barrier}`),
        }))}
      />
      {keyResult && (
        <PaperList
          title={t('huddle.topic.keys')}
          max={1}
          lines={[
            {
              name: keyResult.name,
              value: `${keyResult.value === null ? '-' : format.amount(keyResult.value, keyResult.decimals, keyResult.unit)} / ${format.amount(keyResult.target, keyResult.decimals, keyResult.unit)}`,
            },
          ]}
        />
      )}
    </div>
  )
}
