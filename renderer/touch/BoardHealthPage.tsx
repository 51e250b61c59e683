import { useState } from 'react'
import type { HealthFinding } from '../../shared/contract/board-team.ts'
import type { LintRuleId } from '../../shared/domain/okr/lint-rules.ts'
import { useBoard } from '../board-view.tsx'
import { Fit } from '../fit/Fit.tsx'
import { findingWords, severityShapes } from '../key-results/finding-words.ts'
import { dayWords } from '../screens/calls/due.ts'
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

/** What has fallen back, and what could be better about KPIs and objectives: why, how to mend it, since when; a tap leads there. */
export function BoardHealthPage({ onGo }: PageProps) {
  const { board, t } = useBoard()
  const { findings, counts } = board.boardHealth
  const [page, setPage] = useState(0)
  const fallen = board.keyResults.normals.filter(({ fallenBack }) => fallenBack)
  const all = [
    ...fallen.map((one) => (
      <TouchButton
        key={one.keyResultId}
        onTap={() => onGo('gaps', null)}
        className="finding"
        testId={`fallen-${one.keyResultId}`}
      >
        <Shape status="warn" size="5rem" />
        <span className="finding-words">
          <Fit text={t('okr.fallenBack', { name: one.name })} floor={0.7} maxLines={2} />
        </span>
      </TouchButton>
    )),
    ...findings.map((one) => (
      <Finding
        key={`${one.rule} ${one.subject ?? one.name}`}
        finding={one}
        onMend={() => onGo(mendedAt[one.rule], one.subject)}
      />
    )),
  ]
  const pages = Math.max(1, Math.ceil(all.length / rows))
  const from = (page % pages) * rows
  return (
    <>
      <p className="touch-label">{t('okr.counts', counts)}</p>
      {all.length === 0 && (
        <p className="touch-empty">
          <Shape status="ok" size="5rem" />
          {t('okr.fine')}
        </p>
      )}
      <div className="finding-list">{all.slice(from, from + rows)}</div>
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
  const since = sinceDate === null ? '' : t('okr.sinceNight', { date: dayWords(sinceDate, view) })
  return (
    <TouchButton onTap={onMend} className="finding" testId={`mend-${rule}`}>
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
