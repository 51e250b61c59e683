import type { LintFinding } from '../../../shared/domain/okr/lint.ts'
import { useBoard } from '../../board-view.tsx'
import { Fit } from '../../fit/Fit.tsx'
import { findingWords, severityShapes } from '../../key-results/finding-words.ts'
import { Shape } from '../../widgets/Shape.tsx'

const shown = 3

/** What the rules say about what is being written. */
export function Findings({ findings }: { findings: readonly LintFinding[] }) {
  const { t } = useBoard()
  return (
    <ul className="okr-findings" data-testid="okr-findings" data-value={findings.length}>
      {findings.slice(0, shown).map((finding) => (
        <li key={finding.rule} data-rule={finding.rule}>
          <Shape status={severityShapes[finding.severity]} size="3.6rem" />
          <Fit
            text={`${findingWords(finding, t)}. ${t(`lintFix.${finding.rule}`)}`}
            floor={0.7}
            maxLines={2}
          />
        </li>
      ))}
    </ul>
  )
}
