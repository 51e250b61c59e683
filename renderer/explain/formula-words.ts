import { liveKpiSpec, type LiveKpiId } from '../../shared/domain/kpis/catalogue.ts'
import type { en } from '../i18n/en.ts'
import type { Translate } from '../i18n/words.ts'
import { capital } from '../widgets/call-name.ts'

type Element = keyof typeof en.element

/** The formula of a KPI as the catalogue of KPIs has it, its elements in words. */
export function formulaOf(id: LiveKpiId, t: Translate): string {
  return formulaWords(liveKpiSpec(id)!.formula, t)
}

/** "PRI x GQ / PBT" in words of the page's language. */
export function formulaWords(formula: string, t: Translate): string {
  const words = formula
    .replace(/ x /g, ' \u00d7 ')
    .replace(/\b(PBT|APT|PRI|PQ|GQ|SQ|price)\b/g, (element) => t(`element.${element as Element}`))
  return capital(words)
}
