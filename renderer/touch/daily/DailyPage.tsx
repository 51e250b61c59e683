import { useState } from 'react'
import { useBoard } from '../../board-view.tsx'
import type { PageProps } from '../pages.ts'
import { TouchButton } from '../TouchButton.tsx'
import { CallTimesForm } from './CallTimesForm.tsx'
import { CorrectionForm } from './CorrectionForm.tsx'
import { FigureForm } from './FigureForm.tsx'
import { NoteForm } from './NoteForm.tsx'
import { SafetyForm } from './SafetyForm.tsx'

const forms = {
  safety: SafetyForm,
  figure: FigureForm,
  note: NoteForm,
  correction: CorrectionForm,
  callTimes: CallTimesForm,
}
type FormName = keyof typeof forms

export type DailyFormProps = PageProps & { onLeave: () => void }

/** What a day leaves beside counts and stops: the safety cross, figures of the letters, notes, corrections. All by PIN. */
export function DailyPage(props: PageProps) {
  const { board, t } = useBoard()
  const [open, setOpen] = useState<FormName | null>(null)
  const leave = () => {
    props.entry.clear()
    setOpen(null)
  }
  if (open !== null) {
    const Form = forms[open]
    return <Form {...props} onLeave={leave} />
  }
  const names = (Object.keys(forms) as FormName[]).filter(
    (name) => name !== 'figure' || board.site.figures.length > 0,
  )
  return (
    <div className="person-changes">
      {names.map((name) => (
        <TouchButton key={name} onTap={() => setOpen(name)} testId={`daily-${name}`}>
          {t(`hands.daily.${name}`)}
        </TouchButton>
      ))}
    </div>
  )
}
