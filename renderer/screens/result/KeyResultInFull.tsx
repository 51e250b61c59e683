import type { KeyResultView } from '../../../shared/domain/key-results.ts'
import { useBoard } from '../../board-view.tsx'
import { Fit } from '../../fit/Fit.tsx'
import {
  type KeyResultLook,
  keyResultGoal,
  keyResultLook,
  keyResultNumber,
  keyResultText,
  keyResultUnit,
} from '../../key-results/look.ts'
import { listed } from '../../i18n/listed.ts'
import { capital } from '../../widgets/call-name.ts'
import { Shape } from '../../widgets/Shape.tsx'
import { Bowling } from './Bowling.tsx'
import { ResultChart } from './ResultChart.tsx'
import { Said } from './Said.tsx'
import { ageWords, dayWords, leadWords, sourceWords } from './result-words.ts'

/** One key result with everything that is known of it; the active ones take turns. */
export function KeyResultInFull({ turn }: { turn: number }) {
  const view = useBoard()
  const { board, density, t } = view
  const { items } = board.keyResults
  const item = items[turn % Math.max(1, items.length)]
  if (item === undefined) return null
  const look = keyResultLook(item, view)
  const far = density === 'far'
  return (
    <div className="screen result" data-kr={item.id}>
      <div className="result-head">
        <Fit className="result-name" text={item.name} tier="line" floor={0.88} />
        <Shape status={look.status} size={far ? '9rem' : '6rem'} />
        <Fit
          className="title"
          text={look.word}
          tier="line"
          floor={0.88}
          maxLines={2}
          testId={`kr-${item.id}-word`}
        />
      </div>
      {!far && (
        <div className="result-promise">
          <Fit
            className="label"
            text={t('result.span', {
              from: keyResultGoal(item, item.baseline, view.format),
              to: goalText(item, view),
              date: dayWords(item.span.endDate, view),
            })}
            tier="line"
            testId="result-span"
          />
          <Fit
            className="label owner"
            text={capital(listed([item.owner, t(`result.${item.commitment}`)], t))}
            tier="line"
            testId="result-owner"
          />
        </div>
      )}
      <div className="result-middle">
        <Now item={item} look={look} />
        <ResultChart item={item} look={look} />
      </div>
      {!far && (
        <div className="result-foot">
          <Bowling item={item} />
          <Said item={item} />
        </div>
      )}
    </div>
  )
}

function goalText(item: KeyResultView, { format }: Pick<ReturnType<typeof useBoard>, 'format'>): string {
  const goal = keyResultGoal(item, item.target, format)
  const unit = keyResultUnit(item, goal)
  return unit ? `${goal} ${unit}` : goal
}

/** Words beside the chart that are longer take two lines. Characters. */
const lineLength = { near: 30, standard: 24, far: 20, hero: 20 } as const

/** The value, where it should be, where it leads, what moves it, and what it rests on. */
function Now({ item, look }: { item: KeyResultView; look: KeyResultLook }) {
  const view = useBoard()
  const { format, t, density } = view
  const far = density === 'far'
  const number = look.value === null ? '' : keyResultNumber(item, look.value, format)
  const lead = look.old || look.value === null ? '' : leadWords(item, view)
  const source = sourceWords(item, view)
  const shouldBe =
    look.progress && !look.old
      ? t('result.shouldBe', { value: keyResultText(item, look.progress.shouldBe, format) })
      : ''
  const long = [lead, source, shouldBe].filter((words) => words.length > lineLength[density]).length
  return (
    <div className={long === 0 || far ? 'result-now' : `result-now tight-${Math.min(2, long)}`}>
      {look.value === null ? (
        <Fit className="title quiet" text={t('state.nodata')} tier="line" />
      ) : (
        <Fit
          className={look.old ? 'result-value old' : 'result-value'}
          text={number}
          unit={keyResultUnit(item, number)}
          floor={0.5}
          tier="number"
          testId={`kr-${item.id}`}
          raw={look.value}
        />
      )}
      {shouldBe !== '' && (
        <Fit
          className="label ink"
          text={shouldBe}
          tier="line"
          maxLines={2}
          testId="result-should-be"
          raw={look.progress?.shouldBe}
        />
      )}
      {lead !== '' && <Fit className="label" text={lead} tier="line" maxLines={2} testId="result-lead" />}
      {!far && <Fit className="label" text={source} tier="line" maxLines={2} testId="result-source" />}
      {!far && look.value !== null && (
        <Fit className="micro" text={ageWords(item, view)} tier="near" maxLines={2} testId="result-age" />
      )}
    </div>
  )
}
