import type { Status } from './Shape.tsx'
import { Shape } from './Shape.tsx'
import { Fit } from '../fit/Fit.tsx'

/** The line of words at the bottom of a screen: shape, bold key, one sentence. */
export function Why(props: {
  status?: Status
  bold?: string
  words: string
  /** End of the words that is never cut away. */
  keep?: string
  right?: string
  testId?: string
}) {
  return (
    <div className="why" data-tier="line">
      {props.status && <Shape status={props.status} size="0.95em" />}
      {props.bold && <b>{props.bold}</b>}
      <Fit text={props.words} keep={props.keep} testId={props.testId} />
      {props.right && <span className="right">{props.right}</span>}
    </div>
  )
}
