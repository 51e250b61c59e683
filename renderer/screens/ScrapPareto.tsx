import { Fragment } from 'react'
import type { ScrapPart } from '../../shared/contract/board-line.ts'
import { minXmrPoints } from '../../shared/domain/spc.ts'
import { useBoard } from '../board-view.tsx'
import { ChartCanvas } from '../charts/ChartCanvas.tsx'
import { xmrChart } from '../charts/xmr.ts'
import { Fit } from '../fit/Fit.tsx'
import type { Translate } from '../i18n/words.ts'
import { Figure } from '../widgets/Figure.tsx'
import type { Status } from '../widgets/Shape.tsx'
import { maturityWords } from './maturity-words.ts'
import { paretoOf } from './pareto.ts'
import type { ParetoRow } from './pareto.ts'
import { Hero, HeroLine } from './status/parts.tsx'

const paretoRows = { near: 7, standard: 5, far: 3, hero: 3 } as const
const signalStatus: Record<ScrapPart['signal'], Status | undefined> = {
  better: 'ok',
  worse: 'warn',
  none: undefined,
  collecting: 'none',
}

/** Scrap of this shift by reason, and whether the process itself has changed. */
export function ScrapPareto() {
  const { board, density, format, trust, nowMs, t } = useBoard()
  const { scrap } = board
  const live = trust === 'live'
  const far = density === 'far'
  return (
    <div className="screen scrap">
      <div className="scrap-top">
        <div className="scrap-hero">
          <HeroLine
            status={live ? signalStatus[scrap.signal] : 'none'}
            words={
              live
                ? signalWords(scrap, t)
                : t('lastReading', { time: format.clockOrDay(board.line.asOfMs, nowMs) })
            }
            quiet={!live}
            testId="scrap-signal"
            raw={scrap.signal}
          />
          {scrap.ratio === null ? (
            <Fit
              className="title quiet"
              text={t('noCount')}
              tier="line"
              testId="scrap-ratio"
              raw=""
              maxLines={2}
            />
          ) : (
            <Hero
              id="scrap-ratio"
              raw={scrap.ratio}
              text={format.percent(scrap.ratio)}
              unit="%"
              old={!live}
            />
          )}
        </div>
        {!far && scrap.history.length > 1 && <Trend scrap={scrap} />}
      </div>
      {!far && <Notes scrap={scrap} live={live} />}
      <Pareto
        rows={paretoOf(scrap.reasons, paretoRows[density], t('other'))}
        scrap={scrap.scrap}
        live={live}
      />
    </div>
  )
}

function signalWords({ signal, history, segments }: ScrapPart, t: Translate): string {
  const have = history.length - (segments[segments.length - 1]?.from ?? 0)
  return signal === 'collecting' ? t('collecting', { have, need: minXmrPoints }) : t(`scrapSignal.${signal}`)
}

/** What the scrap costs and how far the chart can be trusted; beside it the rule that gave the signal. */
function Notes({ scrap, live }: { scrap: ScrapPart; live: boolean }) {
  const { board, format, t } = useBoard()
  const { currency } = board.site
  const { cost, rule, maturity } = scrap
  const remark = maturityWords(maturity, t)
  if (!live) return null
  return (
    <div className="scrap-notes">
      <div>
        {cost !== null && cost > 0 && (
          <Fit
            className="label ink"
            text={`${t('costOfScrap')} ${format.money(cost, currency)}`}
            tier="line"
            testId="scrap-cost"
            raw={cost}
          />
        )}
        {remark && <Fit className="micro" text={remark} tier="near" maxLines={2} testId="scrap-maturity" />}
      </div>
      {rule && (
        <Fit
          className="label ink"
          text={t(`spcRule.${rule}`)}
          tier="line"
          maxLines={2}
          testId="scrap-rule"
          raw={rule}
        />
      )}
    </div>
  )
}

function Trend({ scrap }: { scrap: ScrapPart }) {
  const { format, t } = useBoard()
  const { history, segments, target, signal } = scrap
  return (
    <div className="scrap-trend">
      <div className="scrap-chart">
        <ChartCanvas
          data={{ values: history.map((point) => point.ratio), segments, target, signal }}
          build={xmrChart}
          label={t('picture.scrap')}
        />
      </div>
      <div className="scrap-axis label" data-tier="line">
        <span>{t('shifts', { count: history.length })}</span>
        {target !== null && (
          <span data-testid="scrap-target" data-value={target}>
            {t('targetIs', { value: `${format.exactPercent(target)} %` })}
          </span>
        )}
      </div>
    </div>
  )
}

/** Names longer than this take a wider column. Characters. */
const longName = 15

function Pareto({ rows, scrap, live }: { rows: readonly ParetoRow[]; scrap: number; live: boolean }) {
  const { format, t } = useBoard()
  const most = Math.max(1, ...rows.map((row) => row.qty))
  if (rows.length === 0) {
    return (
      <p className="pareto-none label" data-tier="line">
        {scrap > 0 ? t('scrapNoReasons', { count: format.pieces(scrap) }) : t('noScrap')}
      </p>
    )
  }
  return (
    <div className={rows.some((row) => row.reason.length > longName) ? 'pareto long' : 'pareto'}>
      {rows.map((row, index) => (
        <Fragment key={row.reason}>
          <Fit className="row-name" text={row.reason} tier="line" />
          <div className="row-bar">
            <b
              className={index === 0 && live && rows.length > 1 ? 'fill-top' : 'fill-all'}
              style={{ insetInlineStart: 0, width: `${(Math.max(0, row.qty) / most) * 100}%` }}
            />
          </div>
          <Figure id={`reason-${index}`} raw={row.qty} className={live ? 'row-value' : 'row-value old'}>
            {format.pieces(row.qty)}
          </Figure>
        </Fragment>
      ))}
    </div>
  )
}
