import { Undo2 } from 'lucide-react'
import { useBoard } from '../board-view.tsx'
import { Fit } from '../fit/Fit.tsx'
import { useWords } from '../i18n/language.tsx'
import { useKept, useLink } from '../link/live.tsx'
import type { Kept } from '../link/outbox.ts'
import { Shape } from '../widgets/Shape.tsx'
import type { Saved } from './pages.ts'
import { undoMs } from './pages.ts'
import { refusalWords } from './refusal-words.ts'
import { TouchButton } from './TouchButton.tsx'
import type { Entry } from './use-entry.ts'

/** The reserved place for what was saved, with undo, for what waits for the connection, and for what went wrong. */
export function LastEntry(props: {
  entry: Entry
  saved: Saved | null
  done: string | null
  onUndone: () => void
}) {
  const { entry, saved, done, onUndone } = props
  const { board, format, nowMs, t } = useBoard()
  const words = useWords()
  const { outbox } = useLink()
  const kept = useKept()
  const { failure } = entry
  const refused = kept.find(({ state }) => state === 'refused')
  const waiting = kept.filter(({ state }) => state !== 'refused')
  const own = waiting.find(({ entryId }) => entryId === saved?.entryId)
  const open = saved !== null && nowMs - saved.atMs < undoMs && !own?.sent
  const undo = async () => {
    if (!saved) return
    if (outbox.drop(saved.entryId)) return onUndone()
    const receipt = await entry.send('undo', { lineId: board.site.lineId, entryId: saved.entryId })
    if (receipt) onUndone()
  }
  if (failure && failure.code !== 'locked') {
    return (
      <div className="last-entry">
        <Alert text={refusalWords(failure, words)} code={failure.code} />
      </div>
    )
  }
  if (refused?.refusal) {
    const why = refusalWords({ call: refused.name, ...refused.refusal }, words)
    return (
      <div className="last-entry">
        <Alert
          text={t('hands.notEntered', { text: refused.text, time: format.clock(refused.madeMs), why })}
          code={refused.refusal.code}
        />
        <TouchButton onTap={() => void outbox.drop(refused.entryId)} testId="refused-read">
          {t('touch.ok')}
        </TouchButton>
      </div>
    )
  }
  return (
    <div className="last-entry">
      <p role="status" data-testid="saved">
        {saved ? `${format.clock(saved.atMs)}\u2002${saved.text}` : done}
      </p>
      {waiting.length > 0 && !entry.busy && <Waiting waiting={waiting} />}
      {open && (
        <TouchButton onTap={undo} disabled={entry.busy} testId="undo">
          <Undo2 aria-hidden />
          {t('touch.undo')}
        </TouchButton>
      )}
    </div>
  )
}

function Alert({ text, code }: { text: string; code: string }) {
  return (
    <p className="touch-alert" role="alert" data-testid="failure" data-value={code}>
      <Shape status="warn" size="4.4rem" />
      <Fit text={text} floor={0.7} maxLines={2} />
    </p>
  )
}

/** Entries that the engine does not have yet, as far as this page knows. */
function Waiting({ waiting }: { waiting: readonly Kept[] }) {
  const { t } = useBoard()
  const count = waiting.length
  const wanted = waiting.some(({ state }) => state === 'pin')
  return (
    <p className="touch-alert" role="status" data-testid="kept" data-value={count}>
      <Shape status="none" size="4.4rem" />
      <Fit text={t(wanted ? 'hands.wantPin' : 'hands.kept', { count })} floor={0.7} maxLines={2} />
    </p>
  )
}
