import { useEffect, useState } from 'react'
import type { CallResult } from '../../../shared/contract/protocol.ts'
import type { Action } from '../../../shared/domain/gaps/action.ts'
import { type BoardView, useBoard } from '../../board-view.tsx'
import { Fit } from '../../fit/Fit.tsx'
import { type HistoryLine, HistoryList } from '../HistoryList.tsx'
import { TouchButton } from '../TouchButton.tsx'
import type { Entry } from '../use-entry.ts'

type Row = CallResult['actions'][number]
type Version = CallResult['actionHistory'][number]

const fields = {
  what: 'gapPage.what',
  cause: 'gapPage.cause',
  owner: 'gapPage.owner',
  due: 'gapPage.due',
  state: 'gapPage.state',
} as const

/** One action with what became of it; done, or not needed any more. */
export function ActionDetail(props: {
  entry: Entry
  row: Row
  onBack: () => void
  onSettle: (state: 'done' | 'dropped') => void
}) {
  const { entry, row, onBack, onSettle } = props
  const view = useBoard()
  const { board, t } = view
  const { lineId } = board.site
  const { send } = entry
  const [versions, setVersions] = useState<readonly Version[]>([])
  useEffect(() => {
    void Promise.resolve()
      .then(() => send('actionHistory', { lineId, action: row.id }))
      .then((answer) => setVersions(answer ?? []))
  }, [send, lineId, row.id])
  return (
    <>
      <Fit className="okr-title" text={row.what} floor={0.7} />
      <Fit className="touch-label" text={row.fact} floor={0.7} maxLines={2} />
      <HistoryList lines={actionLines(versions, view)} />
      <div className="two-buttons with-skip">
        <TouchButton onTap={onBack} className="side" testId="cancel">
          {t('gapPage.back')}
        </TouchButton>
        <TouchButton
          onTap={() => onSettle('dropped')}
          className="side"
          disabled={row.state !== 'open' || entry.busy}
          testId="drop"
        >
          <Fit text={t('gapPage.drop')} floor={0.6} maxLines={2} />
        </TouchButton>
        <TouchButton
          kind="main"
          onTap={() => onSettle('done')}
          className="confirm"
          disabled={row.state !== 'open' || entry.busy}
          testId="confirm"
        >
          {t('gapPage.done')}
        </TouchButton>
      </div>
    </>
  )
}

/** Versions, newest first: what is new in each. */
function actionLines(versions: readonly Version[], { t }: Pick<BoardView, 't'>): HistoryLine[] {
  const lines = versions.map(({ atMs, by, action }, index) => {
    const before = versions[index - 1]?.action
    const words = before === undefined ? [t('okr.made'), ...told(action, null, t)] : told(action, before, t)
    return { atMs, by, words: words.join('. ') }
  })
  return lines.reverse()
}

function told(action: Action, before: Action | null, t: BoardView['t']): string[] {
  const value = (of: Action, key: keyof typeof fields) =>
    key === 'state' ? t(`gapPage.states.${of.state}`) : (of[key] ?? '') || '\u2013'
  return (Object.keys(fields) as (keyof typeof fields)[])
    .filter((key) =>
      before === null ? Boolean(action[key]) && key !== 'state' : action[key] !== before[key],
    )
    .map((key) => {
      const to = value(action, key)
      const words = before === null ? to : t('touch.fromTo', { from: value(before, key), to })
      return `${t(fields[key])}: ${words}`
    })
}
