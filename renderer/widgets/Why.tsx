import type { Status } from './Shape.tsx'
import { Shape } from './Shape.tsx'
import { Fit } from '../fit/Fit.tsx'

/** The line of words at the bottom of a screen: shape, bold key, one sentence. */
export function Why(props: {
  status?: Status
  bold?: string
  words: string
  right?: string
  testId?: string
}) {
  return (
    <div className="why" data-tier="line">
      {props.status && <Shape status={props.status} size="5rem" />}
      {props.bold && <b>{props.bold}</b>}
      <Fit text={props.words} testId={props.testId} />
      {props.right && <span className="right">{props.right}</span>}
    </div>
  )
}
