import { useCallback, useEffect, useState } from 'react'
import type { CallResult } from '../../../shared/contract/protocol.ts'
import { useBoard } from '../../board-view.tsx'
import { Fit } from '../../fit/Fit.tsx'
import { listed } from '../../i18n/listed.ts'
import { effectProof, effectStatus, effectWords } from '../../screens/gaps/effect-words.ts'
import { dueWords } from '../../screens/calls/due.ts'
import { Shape } from '../../widgets/Shape.tsx'
import type { PageProps } from '../pages.ts'
import { TouchButton } from '../TouchButton.tsx'
import { ActionDetail } from './ActionDetail.tsx'

type Row = CallResult['actions'][number]
/** Rows of one page; more take turns. */
const rows = 4

/** Open actions, each of which opens with what can be done about it, and below them what the closed ones did. */
export function ActionList(props: {
  entry: PageProps['entry']
  onDone: PageProps['onDone']
  onBack: () => void
}) {
  const { entry, onDone, onBack } = props
  const { board, t } = useBoard()
  const { lineId } = board.site
  const { send } = entry
  const [list, setList] = useState<readonly Row[]>([])
  const [page, setPage] = useState(0)
  const load = useCallback(async () => {
    setList((await send('actions', { lineId })) ?? [])
  }, [send, lineId])
  useEffect(() => {
    void Promise.resolve().then(load)
  }, [load])
  const [shown, setShown] = useState<string | null>(null)
  const settle = async (
    state: 'done' | 'dropped',
    { effect: _effect, version, createdMs: _created, closedMs: _closed, ...action }: Row,
  ) => {
    const saved = await send('saveAction', { lineId, action: { ...action, state }, version })
    setShown(null)
    if (saved) onDone(t('touch.saved', { by: saved.by }))
    await load()
  }
  const open = list.find(({ id }) => id === shown)
  if (open)
    return (
      <ActionDetail
        entry={entry}
        row={open}
        onBack={() => setShown(null)}
        onSettle={(state) => void settle(state, open)}
      />
    )
  const pages = Math.max(1, Math.ceil(list.length / rows))
  return (
    <>
      {list.length === 0 && <p className="touch-empty">{t('noActions')}</p>}
      <div className="key-list">
        {list.slice((page % pages) * rows, (page % pages) * rows + rows).map((row) => (
          <ActionLine key={row.id} row={row} onOpen={() => setShown(row.id)} />
        ))}
      </div>
      <div className="two-buttons">
        <TouchButton onTap={onBack} className="side">
          {t('gapPage.back')}
        </TouchButton>
        <TouchButton onTap={() => setPage(page + 1)} className="confirm" disabled={pages < 2}>
          {t('touch.moreReasons')}
        </TouchButton>
      </div>
    </>
  )
}

function ActionLine({ row, onOpen }: { row: Row; onOpen: () => void }) {
  const view = useBoard()
  const decimals = view.board.kpis?.items.find(({ id }) => id === row.kpi)?.decimals ?? 1
  const more =
    row.effect === null
      ? listed([row.owner, row.due === null ? '' : dueWords(row.due, view)], view.t)
      : `${effectWords(row.effect, view, decimals)}. ${effectProof(row.effect, view)}`
  return (
    <TouchButton className="key-choice" onTap={onOpen} testId={`action-${row.id}`}>
      {row.effect !== null && <Shape status={effectStatus(row.effect)} size="4.4rem" />}
      <span className="gap-choice-words">
        <Fit text={row.what} floor={0.7} />
        <Fit className="touch-label" text={more} floor={0.7} />
      </span>
    </TouchButton>
  )
}
