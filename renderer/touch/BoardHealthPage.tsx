import { useState } from 'react'
import type { HealthFinding } from '../../shared/contract/board-team.ts'
import type { LintRuleId } from '../../shared/domain/okr/lint-rules.ts'
import { useBoard } from '../board-view.tsx'
import { Fit } from '../fit/Fit.tsx'
import { findingWords, severityShapes } from '../key-results/finding-words.ts'
import { dueWords } from '../screens/calls/due.ts'
import { Shape } from '../widgets/Shape.tsx'
import type { AimedPage, PageProps } from './pages.ts'
import { TouchButton } from './TouchButton.tsx'

/** Findings on one page; more take turns. */
const rows = 3

/** Where what a rule finds is mended. */
export const mendedAt: Record<LintRuleId, AimedPage> = {
  'kpis-too-many': 'kpis',
  'kpis-too-few': 'kpis',
  'theme-empty': 'kpis',
  'only-lagging': 'kpis',
  'no-objective': 'gaps',
  'kpi-no-owner': 'kpis',
  'kpi-no-objective': 'kpis',
  'kpi-no-protocol': 'kpis',
  'objective-number': 'objectives',
  'key-result-incomplete': 'objectives',
  'key-result-no-number': 'objectives',
  'key-result-task': 'objectives',
  'business-as-usual': 'objectives',
  'key-result-no-link': 'objectives',
  'objectives-too-many': 'objectives',
  'red-without-objective': 'gaps',
  'target-old': 'review',
  'check-in-missing': 'checkIn',
  'all-at-goal': 'objectives',
}

/** What could be better about KPIs and objectives: why, how to mend it, since when; a tap leads to the place. */
export function BoardHealthPage({ onGo }: PageProps) {
  const { board, t } = useBoard()
  const { findings, counts } = board.boardHealth
  const [page, setPage] = useState(0)
  const pages = Math.max(1, Math.ceil(findings.length / rows))
  const from = (page % pages) * rows
  return (
    <>
      <p className="touch-label">{t('okr.counts', counts)}</p>
      {findings.length === 0 && (
        <p className="touch-empty">
          <Shape status="ok" size="5rem" />
          {t('okr.fine')}
        </p>
      )}
      <div className="finding-list">
        {findings.slice(from, from + rows).map((one) => (
          <Finding
            key={`${one.rule} ${one.subject ?? one.name}`}
            finding={one}
            onMend={() => onGo(mendedAt[one.rule], one.subject)}
          />
        ))}
      </div>
      {pages > 1 && (
        <TouchButton onTap={() => setPage(page + 1)} className="confirm" testId="more-findings">
          {`${t('touch.moreReasons')}, ${t('okr.roundOf', { index: (page % pages) + 1, count: pages })}`}
        </TouchButton>
      )}
    </>
  )
}

function Finding({ finding, onMend }: { finding: HealthFinding; onMend: () => void }) {
  const view = useBoard()
  const { t } = view
  const { rule, severity, sinceDate } = finding
  const since = sinceDate === null ? '' : t('okr.sinceNight', { date: dueWords(sinceDate, view) })
  return (
    <TouchButton onTap={onMend} className="finding" label={findingWords(finding, t)} testId={`mend-${rule}`}>
      <Shape status={severityShapes[severity]} size="5rem" />
      <span className="finding-words">
        <Fit text={findingWords(finding, t)} floor={0.7} />
        <Fit className="touch-label" text={t(`lintWhy.${rule}`)} floor={0.7} maxLines={2} />
        <Fit
          className="touch-label finding-fix"
          text={[t(`lintFix.${rule}`), since].filter((one) => one !== '').join('. ')}
          floor={0.7}
        />
      </span>
    </TouchButton>
  )
}
