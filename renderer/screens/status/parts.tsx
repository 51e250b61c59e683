import type { ReactNode } from 'react'
import { useBoard } from '../../board-view.tsx'
import { Fit } from '../../fit/Fit.tsx'
import { Figure } from '../../widgets/Figure.tsx'
import { NotchBar } from '../../widgets/NotchBar.tsx'
import type { Status } from '../../widgets/Shape.tsx'
import { Shape } from '../../widgets/Shape.tsx'
import { stateLook } from '../state-look.ts'

/** A longer note takes both lines beside the state word, the time with it. Characters. */
const longNote = 26
const longWord = 11
/** What there is to say beyond the note takes them when it is longer than this together with the state word. Characters. */
const longMore = 30

/** Shape and word of the line, with one or two short lines at the right; `more` stands there when there is no note. */
export function StateRow(props: { aside?: string; note?: string | null; more?: string | null }) {
  const { aside, note, more } = props
  const view = useBoard()
  const { t } = view
  const { word, status } = stateLook(view)
  const far = view.density === 'far'
  // A long word leaves room for the note.
  const noted = !!note && t(`state.${word}`).length > longWord
  const isLong = note ? note.length > longNote : (more ?? '').length + t(`state.${word}`).length > longMore
  return (
    <div className="state-row">
      <Shape status={status} size={far ? '14rem' : '11.4rem'} />
      <span
        className={['state-word', view.trust !== 'live' && 'quiet', noted && 'long']
          .filter(Boolean)
          .join(' ')}
        data-tier="far"
        data-testid="state-word"
        data-value={word}
      >
        {t(`state.${word}`)}
      </span>
      {!far && (
        <div className="state-aside">
          {aside && !isLong && (
            <span className="label" data-tier="line" data-testid="since">
              {aside}
            </span>
          )}
          {note && (
            <Fit
              className="label ink"
              text={note}
              keep={isLong && aside ? t('then', { text: aside }) : ''}
              maxLines={isLong ? 2 : 1}
              tier="line"
              testId="reason"
            />
          )}
          {!note && more && (
            <Fit className="label ink" text={more} tier="line" testId="recovery" maxLines={isLong ? 2 : 1} />
          )}
        </div>
      )}
    </div>
  )
}

/** Headline over the hero number. */
export function HeroLine(props: {
  status?: Status
  words: string
  quiet?: boolean
  testId?: string
  raw?: string
}) {
  const far = useBoard().density === 'far'
  return (
    <div className={props.quiet ? 'hero-line quiet' : 'hero-line'}>
      {props.status && <Shape status={props.status} size={far ? '8.4rem' : '5.4rem'} />}
      <Fit text={props.words} tier="line" floor={0.9} maxLines={2} testId={props.testId} raw={props.raw} />
    </div>
  )
}

/** The one number that answers the screen's question. */
export function Hero(props: {
  id: string
  raw: number | string | null
  text: string
  unit?: string | null
  old?: boolean
}) {
  return (
    <Fit
      className={props.old ? 'hero old' : 'hero'}
      text={props.text}
      floor={0.3}
      tier="far"
      testId={props.id}
      raw={props.raw ?? ''}
      unit={props.unit}
    />
  )
}

export function Pair({ children }: { children: ReactNode }) {
  return <div className="pair">{children}</div>
}

export function PairValue(props: {
  id: string
  label: string
  raw: number | null
  text: string
  quiet?: boolean
  old?: boolean
}) {
  const look = props.old ? 'big old' : props.quiet ? 'big quiet' : 'big'
  return (
    <div>
      <div className="label" data-tier="line">
        {props.label}
      </div>
      <Figure id={props.id} raw={props.raw} className={look} tier="far">
        {props.text}
      </Figure>
    </div>
  )
}

/** Made beside what the plan wants by now. */
export function MadePair({ old = false }: { old?: boolean }) {
  const { board, format, density, t } = useBoard()
  const { pace, made } = board.status
  return (
    <Pair>
      <PairValue id="made" label={t('made')} raw={made} text={format.pieces(made)} old={old} />
      {pace && density !== 'far' && (
        <PairValue
          id="plan-by-now"
          label={old ? t('planAt', { time: format.clock(board.line.asOfMs) }) : t('planByNow')}
          raw={pace.targetSoFar}
          text={format.pieces(pace.targetSoFar)}
          quiet
          old={old}
        />
      )}
    </Pair>
  )
}

/** The shift's bar with the notch where the plan is now. */
export function PaceBar({ withHeading }: { withHeading: boolean }) {
  const { board, format, t } = useBoard()
  const { pace } = board.status
  if (!pace) return null
  return (
    <>
      <NotchBar kind="pace" fill={pace.made / pace.target} notch={pace.targetSoFar / pace.target} />
      <div className="pace-words label" data-tier="line">
        <span>
          {withHeading && pace.headingFor !== null && (
            <span data-testid="heading-for" data-value={pace.headingFor}>
              {t('headingFor', { count: format.pieces(pace.headingFor) })}
            </span>
          )}
        </span>
        <span data-testid="shift-target" data-value={pace.target}>
          {t('shiftPlan', { count: format.pieces(pace.target) })}
        </span>
      </div>
    </>
  )
}
