import { Fragment } from 'react'
import type { OeePart } from '../../shared/contract/board-line.ts'
import { useBoard } from '../board-view.tsx'
import { Fit } from '../fit/Fit.tsx'
import type { Translate } from '../i18n/words.ts'
import { Figure } from '../widgets/Figure.tsx'
import type { Status } from '../widgets/Shape.tsx'
import { Why } from '../widgets/Why.tsx'
import { Hero, HeroLine } from './status/parts.tsx'
import { maturityWords } from './maturity-words.ts'
import { biggestLoss, lossRows, timeRows } from './loss-rows.ts'
import type { LossRow } from './loss-rows.ts'

/** OEE of this shift, its three factors, and where the planned minutes went. */
export function OeeLosses() {
  const { board, density, format, trust, t } = useBoard()
  const { oee } = board
  const rows = oee.losses ? lossRows(oee.losses) : oee.sums ? timeRows(oee.sums) : []
  const worst = biggestLoss(rows)
  const far = density === 'far'
  return (
    <div className="screen oee">
      <div className="oee-top">
        <Headline oee={oee} live={trust === 'live'} />
        <Factors oee={oee} old={trust !== 'live'} />
      </div>
      {far ? (
        worst && (
          <Why
            words={t('biggestLoss', {
              loss: t(`loss.${worst.named}`),
              span: format.span(worst.minutes * 60_000),
            })}
          />
        )
      ) : (
        <Waterfall rows={rows} worst={worst} old={trust !== 'live'} />
      )}
    </div>
  )
}

function Headline({ oee, live }: { oee: OeePart; live: boolean }) {
  const { format, board, density, nowMs, t } = useBoard()
  const value = oee.ratios?.oee ?? null
  const remark = maturityWords(oee.maturity, t)
  if (value === null) {
    return (
      <div className="oee-hero">
        <HeroLine status="none" words={t('noIdeal')} quiet />
        <Fit className="state-word quiet" text={t('state.nodata')} tier="far" testId="oee" raw="" />
      </div>
    )
  }
  const { words, status } = judged(oee, value, t)
  return (
    <div className="oee-hero">
      <HeroLine
        status={live ? status : 'none'}
        words={live ? words : t('lastReading', { time: format.clockOrDay(board.line.asOfMs, nowMs) })}
        quiet={!live}
        testId="oee-word"
      />
      {live && remark && density !== 'far' && (
        <Fit className="micro" text={remark} tier="near" testId="oee-maturity" />
      )}
      <Hero id="oee" raw={value} text={format.percent(value)} unit="%" old={!live} />
    </div>
  )
}

/** Above 100 % performance the ideal cycle time is wrong, and then so is every other word about OEE. */
function judged(
  { ratios, target }: OeePart,
  value: number,
  t: Translate,
): { words: string; status?: Status } {
  if ((ratios?.performance ?? 0) > 1) return { words: t('checkIdeal'), status: 'warn' }
  if (target === null) return { words: t('noTarget') }
  return value >= target
    ? { words: t('onTarget'), status: 'ok' }
    : { words: t('belowTarget'), status: 'warn' }
}

function Factors({ oee, old }: { oee: OeePart; old: boolean }) {
  const { format, density, t } = useBoard()
  const { ratios, target } = oee
  const three = [
    { id: 'availability', name: t('availability'), value: ratios?.availability ?? null },
    { id: 'performance', name: t('performance'), value: ratios?.performance ?? null },
    { id: 'quality', name: t('quality'), value: ratios?.quality ?? null },
  ]
  const goal = target === null ? [] : [{ id: 'oee-target', name: t('target'), value: target }]
  const factors = density === 'far' ? goal : [...three, ...goal]
  return (
    <div className="oee-factors">
      {factors.map(({ id, name, value }) => (
        <Fragment key={id}>
          <span className="label" data-tier="line">
            {name}
          </span>
          <Figure
            id={id}
            raw={value}
            className={old ? 'factor old' : id === 'oee-target' ? 'factor quiet' : 'factor'}
            unit={value === null ? null : '%'}
          >
            {value === null
              ? '\u2013'
              : id === 'oee-target'
                ? format.exactPercent(value)
                : format.percent(value)}
          </Figure>
        </Fragment>
      ))}
    </div>
  )
}

function Waterfall({ rows, worst, old }: { rows: readonly LossRow[]; worst: LossRow | null; old: boolean }) {
  const { format, t } = useBoard()
  return (
    <div className={rows.length > 6 ? 'waterfall seven' : 'waterfall'}>
      {rows.map((row) => (
        <Fragment key={row.key}>
          <Fit className="row-name" text={t(`loss.${row.named}`)} tier="line" />
          <div className="row-bar">
            {row.ms !== 0 && (
              <b
                className={row === worst && !old ? 'fill-top' : row.loss ? 'fill-loss' : 'fill-all'}
                style={{ insetInlineStart: `${row.left * 100}%`, width: `${row.width * 100}%` }}
              />
            )}
          </div>
          <Figure
            id={`loss-${row.key}`}
            raw={row.ms}
            className={old ? 'row-value old' : 'row-value'}
            unit={t('time.minuteUnit')}
          >
            {row.loss ? format.signed(-row.minutes) : format.pieces(row.minutes)}
          </Figure>
        </Fragment>
      ))}
    </div>
  )
}
