import type { Confidence, KeyResultView } from '../../../shared/domain/key-results.ts'
import { useBoard } from '../../board-view.tsx'
import { Fit } from '../../fit/Fit.tsx'
import { isByHand, keyResultText } from '../../key-results/look.ts'
import { capital } from '../../widgets/call-name.ts'
import { type Status, Shape } from '../../widgets/Shape.tsx'
import { ActionList } from '../calls/ActionList.tsx'
import { kpiOf } from './result-words.ts'

const confidenceShapes: Record<Confidence, Status> = { yes: 'ok', unsure: 'warn', no: 'stop' }

/** Actions below what was said. */
const actionRows = 2

/** What the team said at the last check-in, or would rather reach while nobody has answered that, and what is being done. */
export function Said({ item }: { item: KeyResultView }) {
  const view = useBoard()
  const { format, t } = view
  const { confidence, lastSentence, proposal, checkInAgeDays, checkInDue } = item
  const actions = kpiOf(item, view)?.actions ?? []
  const late = checkInDue === 'overdue' ? 'none' : checkInDue === 'due' ? 'warn' : null
  const said = confidence === null ? t('noCheckIn') : t(`result.confidence.${confidence}`)
  // Of a value that is typed the head says already that it is late.
  const words = late === null || isByHand(item) ? said : lateWords(item, view)
  return (
    <div className="said-done">
      <div className="said-line">
        <Shape status={late ?? (confidence === null ? 'none' : confidenceShapes[confidence])} size="4.4rem" />
        <Fit className="label ink" text={words} tier="line" testId="result-confidence" raw={confidence} />
        {checkInAgeDays !== null && (
          <span
            className="micro nowrap"
            data-tier="near"
            data-testid="result-said"
            data-value={checkInAgeDays}
          >
            {checkInAgeDays === 0
              ? capital(format.relativeDay(0))
              : t('result.saidAgo', { days: checkInAgeDays })}
          </span>
        )}
      </div>
      {proposal !== null && (
        <Fit
          className="label ink result-said"
          text={t('okr.proposes', {
            by: proposal.by,
            value: keyResultText(item, proposal.target, format),
            reason: proposal.reason,
          })}
          tier="line"
          maxLines={2}
          testId="result-proposal"
          raw={proposal.target}
        />
      )}
      {lastSentence !== null && proposal === null && (
        <Fit
          className="label result-said"
          text={lastSentence}
          tier="line"
          maxLines={2}
          testId="result-sentence"
        />
      )}
      {!isByHand(item) &&
        (actions.length === 0 ? (
          <Fit className="label" text={t('result.noAction')} tier="line" />
        ) : (
          <ActionList items={actions.slice(0, actionRows)} />
        ))}
    </div>
  )
}

function lateWords(
  { checkInDue, checkInAgeDays }: KeyResultView,
  { t }: Pick<ReturnType<typeof useBoard>, 't'>,
): string {
  if (checkInAgeDays === null) return t('noCheckIn')
  return checkInDue === 'due' ? t('checkInDue') : t('notUpdated', { days: checkInAgeDays })
}
