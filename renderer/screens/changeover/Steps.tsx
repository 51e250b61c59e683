import type { ChangeoverStep, CurrentChangeover } from '../../../shared/contract/board-line.ts'
import { useBoard } from '../../board-view.tsx'
import { Fit } from '../../fit/Fit.tsx'
import { Arrow, Shape } from '../../widgets/Shape.tsx'

/** Steps in view, around the one that is being done. */
export const stepsInView = 5

/** What needs the line to stand at the start, what can be done while it runs beside it. */
export function Steps({ current }: { current: CurrentChangeover }) {
  const { t } = useBoard()
  const shown = stepsAround(current.steps, stepsInView)
  const prep = current.prep.slice(0, stepsInView)
  return (
    <div className={prep.length > 0 ? 'steps with-prep' : 'steps'}>
      <div className="step-list">
        {prep.length > 0 && <Fit className="micro" text={t('whileStopped')} tier="near" />}
        {shown.map((step) => (
          <StepRow key={step.name} step={step} />
        ))}
      </div>
      {prep.length > 0 && (
        <div className="step-list">
          <Fit className="micro" text={t('whileRunning')} tier="near" />
          {prep.map(({ name, done }) => (
            <div key={name} className={done ? 'step done' : 'step'}>
              <Shape status={done ? 'ok' : 'warn'} size="4.2rem" />
              <Fit
                className="step-name"
                text={name}
                tier="line"
                testId={`prep-${name}`}
                raw={done ? 'done' : 'open'}
              />
            </div>
          ))}
        </div>
      )}
    </div>
  )
}

function StepRow({ step }: { step: ChangeoverStep }) {
  const { nowMs, format } = useBoard()
  const state = stepState(step)
  const ms = step.startMs === null ? step.plannedMs : (step.endMs ?? nowMs) - step.startMs
  return (
    <div className={`step ${state}`} data-step={state}>
      {state === 'done' && <Shape status="ok" size="4.2rem" />}
      {state === 'now' && <Arrow size="4.2rem" />}
      {state === 'todo' && <span />}
      <Fit className="step-name" text={step.name} tier="line" testId={`step-${step.name}`} raw={state} />
      <span className="step-time" data-tier="line">
        {ms === null ? '' : format.timer(ms).text}
      </span>
    </div>
  )
}

export function stepState({ startMs, endMs }: ChangeoverStep): 'done' | 'now' | 'todo' {
  if (startMs === null) return 'todo'
  return endMs === null ? 'now' : 'done'
}

/** At most `max` steps: what was just done, the present one, and what comes. */
export function stepsAround(steps: readonly ChangeoverStep[], max: number): readonly ChangeoverStep[] {
  if (steps.length <= max) return steps
  const now = steps.findIndex((step) => stepState(step) !== 'done')
  const first = Math.max(0, Math.min((now < 0 ? steps.length : now) - 2, steps.length - max))
  return steps.slice(first, first + max)
}
