import { useState } from 'react'
import { useBoard } from '../../board-view.tsx'
import { ChoiceGrid } from '../ChoiceGrid.tsx'
import { FormButtons } from '../FormButtons.tsx'
import { newId } from '../gaps/new-id.ts'
import { TextField } from '../objectives/TextField.tsx'
import type { HuddleFormProps } from './HuddlePage.tsx'

const longest = 120

/** What cannot be solved here: an open action, or a sentence. */
export function RaiseForm({ entry, onCancel, onSaved }: HuddleFormProps) {
  const { board, t } = useBoard()
  const { lineId } = board.site
  const { nextTier } = board.huddle
  const [what, setWhat] = useState('')
  const [action, setAction] = useState<string | null>(null)
  const actions = board.actions?.items ?? []
  const chosen = actions.find(({ id }) => id === action)
  const save = async () => {
    const words = chosen?.what ?? what.trim()
    const saved = await entry.send('raiseToTier', { lineId, id: newId(), what: words, action })
    if (saved) onSaved(t('touch.saved', { by: saved.by }))
  }
  return (
    <>
      <TextField
        id="raise"
        label={t('huddle.raiseWhat')}
        value={chosen?.what ?? what}
        max={longest}
        onChange={(text) => {
          setAction(null)
          setWhat(text)
        }}
      />
      <ChoiceGrid
        choices={actions.map(({ id, what: name }) => ({ id, name }))}
        chosen={action}
        onChoose={(id) => setAction(id === action ? null : id)}
        few
      />
      <FormButtons
        text={t('huddle.askTier', { tier: nextTier ?? t('huddle.tier') })}
        missing={chosen === undefined && what.trim() === '' ? t('gapPage.sayFirst') : null}
        busy={entry.busy}
        onCancel={onCancel}
        onSave={() => void save()}
      />
    </>
  )
}
