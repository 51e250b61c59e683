import { useState } from 'react'
import { gradeOf } from '../../../shared/domain/okr/grade.ts'
import type { StoredKeyResult, StoredObjective } from '../../../shared/domain/okr/stored.ts'
import { useBoard } from '../../board-view.tsx'
import { Fit } from '../../fit/Fit.tsx'
import { listed } from '../../i18n/listed.ts'
import { keyResultText } from '../../key-results/look.ts'
import { Shape } from '../../widgets/Shape.tsx'
import { FormButtons } from '../FormButtons.tsx'
import { TouchButton } from '../TouchButton.tsx'
import type { OkrFormProps } from './form-props.ts'
import { TextField } from './TextField.tsx'

const longestLesson = 400

/**
 * The end of a cycle: each key result with its grade and what was learned, what was held is locked in, and at last the
 * objective's own lesson.
 */
export function CloseFlow(
  props: OkrFormProps & { objective: StoredObjective; onReload: () => Promise<void> },
) {
  const { entry, known, objective, onSaved, onCancel, onReload } = props
  const { t } = useBoard()
  const [ids] = useState(() => objective.keyResults.filter(({ ended }) => ended === null).map(({ id }) => id))
  const [index, setIndex] = useState(0)
  const [lessons, setLessons] = useState<Readonly<Record<string, string>>>({})
  const [lesson, setLesson] = useState('')
  const { id: objectiveId, version } = objective
  const lessonOf = (id: string) => lessons[id]?.trim() ?? ''
  const close = async () => {
    const given = Object.fromEntries(ids.map((id) => [id, lessonOf(id)]).filter(([, words]) => words !== ''))
    const answer = await entry.send('closeObjective', { objectiveId, version, lesson, lessons: given })
    if (answer) onSaved(t('okr.saved', { by: answer.by }))
  }
  const keyResult = objective.keyResults.find(({ id }) => id === ids[index])
  if (keyResult === undefined) {
    return (
      <>
        <Fit className="okr-title" text={objective.title} floor={0.7} />
        <div className="key-list">
          {objective.keyResults
            .filter(({ id }) => ids.includes(id))
            .map((one) => (
              <Graded key={one.id} keyResult={one} known={known} />
            ))}
        </div>
        <TextField
          id="okr-lesson"
          label={t('okr.lesson')}
          value={lesson}
          max={longestLesson}
          onChange={setLesson}
        />
        <FormButtons
          text={t('okr.close')}
          missing={lesson.trim() === '' ? t('okr.lessonFirst') : null}
          busy={entry.busy}
          onCancel={onCancel}
          onSave={() => void close()}
        />
      </>
    )
  }
  const lockIn = async () => {
    const held = known.views.get(keyResult.id)?.held.proposal
    if (!held) return
    const { baseline, target, lower, upper } = held
    const saved = await entry.send('lockIn', {
      keyResultId: keyResult.id,
      version,
      ...{ baseline, target, lower, upper },
      lesson: lessonOf(keyResult.id) || null,
    })
    if (!saved) return
    await onReload()
    setIndex(index + 1)
  }
  return (
    <>
      <div className="stop-facts">
        <span data-testid="close-step" data-value={index + 1}>
          {t('okr.roundOf', { index: index + 1, count: ids.length })}
        </span>
        <Fit className="touch-label" text={objective.title} floor={0.7} />
      </div>
      <OneResult keyResult={keyResult} known={known} />
      {known.views.get(keyResult.id)?.held.proposal && keyResult.ended === null && (
        <TouchButton
          kind="main"
          className="okr-lock"
          onTap={() => void lockIn()}
          disabled={entry.busy}
          testId="okr-lock-in"
        >
          {t('okr.lockIn')}
        </TouchButton>
      )}
      <TextField
        id="okr-lesson"
        label={t('okr.lesson')}
        value={lessons[keyResult.id] ?? ''}
        max={longestLesson}
        onChange={(words) => setLessons({ ...lessons, [keyResult.id]: words })}
      />
      <FormButtons
        text={t('okr.next')}
        busy={entry.busy}
        onCancel={onCancel}
        onSave={() => setIndex(index + 1)}
      />
    </>
  )
}

type Result = { keyResult: StoredKeyResult; known: OkrFormProps['known'] }

/** As the engine will grade it; what has ended already keeps its grade. */
function useGrade({ keyResult, known }: Result) {
  const { format, t } = useBoard()
  const graded = gradeOf(keyResult.commitment, known.views.get(keyResult.id)?.progress?.progress ?? null)
  const score = keyResult.ended?.grade ?? graded.score
  const word = keyResult.ended === null ? `${t('okr.grade')} ${format.decimal(score, 2)}` : t('okr.lockedIn')
  return { score, word, success: keyResult.ended === null ? graded.success : true }
}

function Graded(props: Result) {
  const { score, word, success } = useGrade(props)
  return (
    <div className="tap key-choice" data-grade={score}>
      <Shape status={success ? 'ok' : 'warn'} size="5rem" />
      <Fit text={props.keyResult.name} floor={0.8} />
      <Fit className="key-choice-word" text={word} floor={0.7} />
    </div>
  )
}

function OneResult(props: Result) {
  const { format, t } = useBoard()
  const { score, word, success } = useGrade(props)
  const { keyResult, known } = props
  const view = known.views.get(keyResult.id)
  const text = (value: number) => (view ? keyResultText(view, value, format) : String(value))
  return (
    <div className="gap-facts" data-grade={score}>
      <Shape status={success ? 'ok' : 'warn'} size="7rem" />
      <div>
        <Fit className="touch-title" text={keyResult.name} floor={0.7} />
        <Fit className="gap-sentence" text={word} floor={0.7} />
        <Fit
          className="touch-label"
          floor={0.7}
          text={listed(
            [
              t('touch.fromTo', { from: text(keyResult.baseline), to: text(keyResult.target) }),
              view?.value == null ? '' : t('touch.lastValue', { value: text(view.value) }),
            ],
            t,
          )}
        />
      </div>
    </div>
  )
}
