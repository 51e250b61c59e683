import { useWords } from './i18n/language.tsx'
import { Shape } from './widgets/Shape.tsx'

/** Before the engine's first word: dark, and said in words. No spinner, no white flash. */
export function Boot({ refusal }: { refusal: string | null }) {
  const { t } = useWords()
  return (
    <div className="boot" data-density="standard" role="status">
      <Shape status="none" size="11.4rem" />
      <div>
        <p className="state-word quiet" data-testid="state-word" data-value="nodata">
          {t('linkNever')}
        </p>
        <p className="label">{refusal ?? t('linkNeverHint')}</p>
      </div>
    </div>
  )
}
