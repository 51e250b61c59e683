import { memo, useCallback, useRef } from 'react'
import type { ReactNode, Ref } from 'react'
import { useBoardOf, useNumbersOf } from '../../board-view.tsx'
import type { BoardView } from '../../board-view.tsx'
import { Fit } from '../../fit/Fit.tsx'
import { Figure } from '../../widgets/Figure.tsx'
import { inSteps, NotchBar } from '../../widgets/NotchBar.tsx'
import type { Status } from '../../widgets/Shape.tsx'
import { Shape } from '../../widgets/Shape.tsx'
import { writeNumber } from '../../widgets/written.ts'
import type { Written } from '../../widgets/written.ts'
import { stateLook } from '../state-look.ts'

/** A longer note takes both lines beside the state word, the time with it. Characters. */
const longNote = 26
const longWord = 11
/** What there is to say beyond the note takes them when it is longer than this together with the state word. Characters. */
const longMore = 30

type StateRowProps = { aside?: string; note?: string | null; more?: string | null }

function stateRowLook(view: BoardView) {
  const { trust, density, t } = view
  const { word, status } = stateLook(view)
  return { word, status, words: t(`state.${word}`), live: trust === 'live', far: density === 'far', t }
}

/** Shape and word of the line, with one or two short lines at the right; `more` stands there when there is no note. */
export const StateRow = memo(function StateRow(props: StateRowProps) {
  const { aside, note, more } = props
  const { word, status, words, live, far, t } = useBoardOf(stateRowLook)
  // A long word leaves room for the note.
  const noted = !!note && words.length > longWord
  const isLong = note ? note.length > longNote : (more ?? '').length + words.length > longMore
  return (
    <div className="state-row">
      <Shape status={status} size={far ? '14rem' : '11.4rem'} />
      <span
        className={['state-word', !live && 'quiet', noted && 'long'].filter(Boolean).join(' ')}
        data-tier="far"
        data-testid="state-word"
        data-value={word}
      >
        {words}
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
})

type HeroLineProps = { status?: Status; words: string; quiet?: boolean; testId?: string; raw?: string }

const sizeLook = ({ density }: BoardView) => ({ far: density === 'far' })

/** Headline over the hero number. */
export const HeroLine = memo(function HeroLine(props: HeroLineProps) {
  const { far } = useBoardOf(sizeLook)
  return (
    <div className={props.quiet ? 'hero-line quiet' : 'hero-line'}>
      {props.status && <Shape status={props.status} size={far ? '8.4rem' : '5.4rem'} />}
      <Fit text={props.words} tier="line" floor={0.9} maxLines={2} testId={props.testId} raw={props.raw} />
    </div>
  )
})

/** The one number that answers the screen's question. */
export function Hero(props: {
  id: string
  raw: number | string | null
  text: string
  unit?: string | null
  old?: boolean
  written?: Ref<Written>
}) {
  return (
    <Fit
      written={props.written}
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

type PairValueProps = {
  id: string
  label: string
  raw: number | null
  text: string
  unit?: string | null
  quiet?: boolean
  old?: boolean
  figure?: Ref<HTMLSpanElement>
}

export function PairValue({ id, label, raw, text, unit, quiet, old, figure }: PairValueProps) {
  const look = old ? 'big old' : quiet ? 'big quiet' : 'big'
  return (
    <div>
      <div className="label" data-tier="line">
        {label}
      </div>
      <Figure ref={figure} id={id} raw={raw} className={look} unit={unit} tier="far">
        {text}
      </Figure>
    </div>
  )
}

function madeLook({ board, format, density }: BoardView) {
  const { pace, made } = board.status
  const target = density === 'far' ? null : (pace?.targetSoFar ?? null)
  return {
    made,
    madeText: format.pieces(made),
    target,
    targetText: target === null ? '' : format.pieces(target),
  }
}

function madeLabels({ t }: BoardView) {
  return { made: t('made'), target: t('planByNow') }
}

/** Of values that are old: when the plan wanted as much. */
function oldMadeLabels({ board, format, t }: BoardView) {
  return { made: t('made'), target: t('planAt', { time: format.clock(board.line.asOfMs) }) }
}

/** Made beside what the plan wants by now. */
export const MadePair = memo(function MadePair({ old = false }: { old?: boolean }) {
  const madeFigure = useRef<HTMLSpanElement>(null)
  const targetFigure = useRef<HTMLSpanElement>(null)
  const write = useCallback((next: ReturnType<typeof madeLook>) => {
    if (!writeNumber(madeFigure.current, next.madeText, next.made)) return false
    if (next.target === null) return targetFigure.current === null
    return writeNumber(targetFigure.current, next.targetText, next.target)
  }, [])
  const { made, madeText, target, targetText } = useNumbersOf(madeLook, write)
  const labels = useBoardOf(old ? oldMadeLabels : madeLabels)
  return (
    <Pair>
      <PairValue figure={madeFigure} id="made" label={labels.made} raw={made} text={madeText} old={old} />
      {target !== null && (
        <PairValue
          figure={targetFigure}
          id="plan-by-now"
          label={labels.target}
          raw={target}
          text={targetText}
          quiet
          old={old}
        />
      )}
    </Pair>
  )
})

function paceLook({ board, format, t }: BoardView) {
  const { pace } = board.status
  if (pace === null) return { fill: 0, notch: 0, headingFor: null, heading: '', target: null, plan: '' }
  const { made, target, targetSoFar, headingFor } = pace
  return {
    fill: inSteps(made / target),
    notch: inSteps(targetSoFar / target),
    headingFor,
    heading: headingFor === null ? '' : t('headingFor', { count: format.pieces(headingFor) }),
    target,
    plan: t('shiftPlan', { count: format.pieces(target) }),
  }
}

/** The shift's bar with the notch where the plan is now. */
export const PaceBar = memo(function PaceBar({ withHeading }: { withHeading: boolean }) {
  const { fill, notch, headingFor, heading, target, plan } = useBoardOf(paceLook)
  if (target === null) return null
  return (
    <>
      <NotchBar kind="pace" fill={fill} notch={notch} />
      <div className="pace-words label" data-tier="line">
        <span>
          {withHeading && headingFor !== null && (
            <span data-testid="heading-for" data-value={headingFor}>
              {heading}
            </span>
          )}
        </span>
        <span data-testid="shift-target" data-value={target}>
          {plan}
        </span>
      </div>
    </>
  )
})
