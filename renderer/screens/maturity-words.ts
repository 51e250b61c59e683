import type { Maturity } from '../../shared/domain/kpis/maturity.ts'
import { matureDays } from '../../shared/domain/kpis/maturity.ts'
import type { Translate } from '../i18n/words.ts'

/** What keeps a KPI from being trusted fully; null: nothing does. */
export function maturityWords({ days, enoughDays, stable }: Maturity, t: Translate): string | null {
  const young = t('maturity.young', { days, all: matureDays })
  if (stable === false)
    return enoughDays ? t('maturity.unstable') : t('maturity.both', { days, all: matureDays })
  return enoughDays ? null : young
}
