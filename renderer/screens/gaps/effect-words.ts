import type { Effect } from '../../../shared/domain/gaps/effect.ts'
import type { BoardView } from '../../board-view.tsx'
import type { Status } from '../../widgets/Shape.tsx'

const statusOf: Record<Effect['verdict'], Status> = {
  better: 'ok',
  worse: 'warn',
  noise: 'none',
  collecting: 'none',
}

export function effectStatus({ verdict }: Pick<Effect, 'verdict'>): Status {
  return statusOf[verdict]
}

/** "87.1 to 91.3: signal", "87.1 to 87.4: may be chance", "Collecting, 3 of 6". */
export function effectWords(
  { verdict, before, after }: Effect,
  { format, t }: Pick<BoardView, 'format' | 't'>,
  decimals = 1,
): string {
  const { level: from } = before
  const { level: to } = after
  if (verdict === 'collecting' || from === null || to === null) {
    return t('effect.collecting', { after: after.points })
  }
  return t(`effect.${verdict}`, { from: format.decimal(from, decimals), to: format.decimal(to, decimals) })
}

/** "Before 20 shifts, after 12; Welch's t test, p < 0.01". */
export function effectProof(
  { before, after, p }: Effect,
  { format, t }: Pick<BoardView, 'format' | 't'>,
): string {
  if (p === null) return t('effect.need')
  const chance = p < 0.01 ? `< ${format.decimal(0.01, 2)}` : format.decimal(p, 2)
  return t('effect.proof', { before: before.points, after: after.points, p: chance })
}
