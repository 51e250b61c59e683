import { useState } from 'react'
import { gradeOf } from '../../../shared/domain/okr/grade.ts'
import type { StoredObjective } from '../../../shared/domain/okr/stored.ts'
import { useBoard } from '../../board-view.tsx'
import { Fit } from '../../fit/Fit.tsx'
import { Shape } from '../../widgets/Shape.tsx'
import { TouchButton } from '../TouchButton.tsx'
import type { Entry } from '../use-entry.ts'
import { TextField } from './TextField.tsx'

/** The end of a cycle: what each key result is graded with, what was learned. */
export function CloseForm(props: {
  entry: Entry
  objective: StoredObjective
  onSaved: (words: string) => void
  onCancel: () => void
}) {
  const { entry, objective, onSaved, onCancel } = props
  const { board, format, t } = useBoard()
  const [lesson, setLesson] = useState('')
  const running = objective.keyResults.filter(({ ended }) => ended === null)
  const close = async () => {
    const { id: objectiveId, version } = objective
    const answer = await entry.send('closeObjective', { objectiveId, version, lesson })
    if (answer) onSaved(t('okr.saved', { by: answer.by }))
  }
  return (
    <>
      <p className="touch-label">{objective.title}</p>
      <div className="key-list">
        {running.map((one) => {
          const view = board.keyResults.items.find(({ id }) => id === one.id)
          const { score, success } = gradeOf(one.commitment, view?.progress?.progress ?? null)
          return (
            <div key={one.id} className="tap key-choice" data-grade={score}>
              <Shape status={success ? 'ok' : 'warn'} size="5rem" />
              <Fit text={one.name} floor={0.8} />
              <span className="key-choice-word">
                {t('okr.grade')} {format.decimal(score, 2)}
              </span>
            </div>
          )
        })}
      </div>
      <TextField id="okr-lesson" label={t('okr.lesson')} value={lesson} max={400} onChange={setLesson} />
      <div className="two-buttons">
        <TouchButton onTap={onCancel} className="side">
          {t('touch.cancel')}
        </TouchButton>
        <TouchButton
          kind="main"
          className="confirm"
          onTap={close}
          disabled={lesson.trim() === '' || entry.busy}
          testId="confirm"
        >
          {t('okr.close')}
        </TouchButton>
      </div>
    </>
  )
}
