import { useCallback, useEffect, useState } from 'react'
import type { RejectView } from '../../shared/contract/protocol.ts'
import { useBoard } from '../board-view.tsx'
import { Fit } from '../fit/Fit.tsx'
import { useLink } from '../link/live.tsx'
import { Shape } from '../widgets/Shape.tsx'
import { ChoiceGrid } from './ChoiceGrid.tsx'
import { FactsTable } from './FactsTable.tsx'
import { healthGroups, toLookAt, type HealthAnswers } from './health-groups.ts'
import type { PageProps } from './pages.ts'
import { TouchButton } from './TouchButton.tsx'

/** Asked anew this often while the page is open. Milliseconds. */
const askedEveryMs = 5_000
const quarantineShown = 100
const rejectsShown = 100

const whys = ['checked', 'clock', 'reading', 'trial'] as const

/** Sources and their clocks, what was not counted and why, Sparkplug, broker, backlog, disk; and quarantined messages to decide about. */
export function HealthPage({ entry, onDone }: PageProps) {
  const view = useBoard()
  const { format, t } = view
  const { answers, ask } = useHealth()
  const [chosen, setChosen] = useState<RejectView | null>(null)
  const [first, setFirst] = useState('board')
  if (answers === null) return <p className="touch-empty">{t('health.asking')}</p>
  if (chosen !== null) {
    const settle = async (how: 'release' | 'discard', reason: string) => {
      const signed = await entry.send('settleQuarantined', { seq: chosen.seq, how, reason })
      if (signed === null) return
      onDone(t(how === 'release' ? 'health.released' : 'health.discarded', { by: signed.by }))
      setChosen(null)
      await ask()
    }
    const leave = () => {
      entry.clear()
      setChosen(null)
    }
    return <Decision message={chosen} busy={entry.busy} onSettle={settle} onCancel={leave} />
  }
  const groups = healthGroups(answers, view)
  const look = toLookAt(groups)
  return (
    <>
      <div className="facts-sum" data-testid="health" data-value={look}>
        <Shape status={look === 0 ? 'ok' : 'warn'} size="6rem" />
        <b>{look === 0 ? t('health.allWell') : t('health.toLookAt', { count: look })}</b>
        <span className="push">
          {t('health.askedAt', { time: format.clock(view.nowMs), version: answers.report.version })}
        </span>
        {answers.report.kiosk !== null && <LeaveBoard entry={entry} onDone={onDone} />}
      </div>
      <FactsTable
        groups={groups}
        first={first}
        testId="health"
        wordy
        onRow={{
          group: 'quarantine',
          tap: (key) => {
            setFirst('quarantine')
            setChosen(answers.quarantined.newest.find(({ seq }) => String(seq) === key) ?? null)
          },
        }}
      />
    </>
  )
}

/** The only way out of the kiosk: a touch of a second, and an admin's PIN. */
function LeaveBoard({ entry, onDone }: Pick<PageProps, 'entry' | 'onDone'>) {
  const { t } = useBoard()
  const leave = async () => {
    const signed = await entry.send('leaveBoard', {})
    if (signed !== null) onDone(t('health.left', { by: signed.by }))
  }
  return (
    <TouchButton onTap={() => void leave()} disabled={entry.busy} hold testId="leave-board">
      <span>
        {t('health.leave')}
        <br />
        <span className="call-tile-hold">{t('touch.calls.hold')}</span>
      </span>
    </TouchButton>
  )
}

function useHealth(): { answers: HealthAnswers | null; ask: () => Promise<void> } {
  const { call } = useLink()
  const [answers, setAnswers] = useState<HealthAnswers | null>(null)
  const ask = useCallback(async () => {
    try {
      const [report, sources, rejects, quarantined] = await Promise.all([
        call('health', {}),
        call('sources', {}),
        call('rejects', { limit: rejectsShown }),
        call('quarantined', { limit: quarantineShown }),
      ])
      setAnswers({ report, sources, rejects, quarantined })
    } catch {
      // The page's header says when the engine is away; what was known stays, and it is asked again.
    }
  }, [call])
  useEffect(() => {
    void Promise.resolve().then(ask)
    const timer = setInterval(() => void ask(), askedEveryMs)
    return () => clearInterval(timer)
  }, [ask])
  return { answers, ask }
}

/** One quarantined message: what it says, why it was not believed, and what shall become of it. */
function Decision(props: {
  message: RejectView
  busy: boolean
  onSettle: (how: 'release' | 'discard', reason: string) => Promise<void>
  onCancel: () => void
}) {
  const { message, busy, onSettle, onCancel } = props
  const { format, nowMs, t } = useBoard()
  const [why, setWhy] = useState<string | null>(null)
  const reason = whys.find((one) => one === why)
  const press = (how: 'release' | 'discard') => {
    if (reason !== undefined) void onSettle(how, t(`health.whys.${reason}`))
  }
  return (
    <>
      <div className="stop-facts">
        <b>{format.clockOrDay(message.atMs, nowMs)}</b>
        <Fit text={message.topic} floor={0.6} />
      </div>
      <p className="quarantine-why" dir="ltr">
        {message.reason}
      </p>
      <p className="quarantine-head" dir="ltr">
        {message.head}
      </p>
      <p className="touch-label">{t('health.why')}</p>
      <ChoiceGrid
        choices={whys.map((id) => ({ id, name: t(`health.whys.${id}`) }))}
        chosen={why}
        onChoose={setWhy}
        few
      />
      <div className="three-buttons">
        <TouchButton onTap={onCancel} className="side">
          {t('touch.cancel')}
        </TouchButton>
        <TouchButton
          onTap={() => press('discard')}
          disabled={reason === undefined || busy}
          testId="quarantine-discard"
        >
          {t('health.discard')}
        </TouchButton>
        <TouchButton
          kind="main"
          onTap={() => press('release')}
          disabled={reason === undefined || busy}
          testId="quarantine-release"
        >
          {t('health.release')}
        </TouchButton>
      </div>
    </>
  )
}
