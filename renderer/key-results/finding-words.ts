import type { LintFinding } from '../../shared/domain/okr/lint.ts'
import type { LintSeverity } from '../../shared/domain/okr/lint-rules.ts'
import { listed } from '../i18n/listed.ts'
import type { Translate } from '../i18n/words.ts'
import type { Status } from '../widgets/Shape.tsx'

/** Never the octagon: that is the line's. */
export const severityShapes: Record<LintSeverity, Status> = { mistake: 'warn', warning: 'warn', hint: 'none' }

/** What a rule found, in the page's language. */
export function findingWords({ rule, name, count, missing }: LintFinding, t: Translate): string {
  const about = isTheme(name) ? t(`theme.${name}`) : name
  const lacks = listed(
    missing.map((part) => t(`missingPart.${part}`)),
    t,
  )
  return t(`lint.${rule}`, { name: about, count, missing: lacks })
}

const themes = ['safety', 'quality', 'delivery', 'cost', 'people'] as const

function isTheme(name: string): name is (typeof themes)[number] {
  return themes.some((theme) => theme === name)
}
