import { en } from './i18n/en.ts'
import { Shape } from './widgets/Shape.tsx'

/** Before the engine's first word: dark, and said in words. No spinner, no white flash. */
export function Boot({ refusal }: { refusal: string | null }) {
  return (
    <div className="boot" data-density="standard" role="status">
      <Shape status="none" size="11.4rem" />
      <div>
        <p className="state-word quiet" data-testid="state-word" data-value="nodata">
          {en.linkNever}
        </p>
        <p className="label">{refusal ?? en.linkNeverHint}</p>
      </div>
    </div>
  )
}
