import { useState } from 'react'
import type { PersonRole } from '../../../shared/contract/rights.ts'
import { useBoard } from '../../board-view.tsx'
import { FormButtons } from '../FormButtons.tsx'
import type { Entry } from '../use-entry.ts'
import { PinField } from './PinField.tsx'
import { RoleOptions } from './RoleOptions.tsx'

const pinPattern = /^\d{4,6}$/

/** Somebody new, with a role and a PIN. `first`: the admin of a board that knows nobody yet. */
export function NewPerson(props: {
  entry: Entry
  first: boolean
  onCancel: () => void
  onSaved: (text: string) => void
}) {
  const { t } = useBoard()
  const { entry, first, onCancel, onSaved } = props
  const [name, setName] = useState('')
  const [role, setRole] = useState<PersonRole>('operator')
  const [newPin, setNewPin] = useState('')
  const missing =
    name.trim() === ''
      ? t('hands.people.nameFirst')
      : pinPattern.test(newPin)
        ? null
        : t('hands.people.pinFirst')
  const save = async () => {
    const person = first
      ? await entry.send('addFirstAdmin', { name, newPin })
      : await entry.send('addPerson', { name, role, newPin })
    if (person) onSaved(t('hands.people.added', { name: person.name }))
  }
  return (
    <>
      <div className="action-fields">
        <label className="touch-label">
          <span>{t('hands.people.name')}</span>
          <input
            className="sentence"
            value={name}
            maxLength={40}
            autoComplete="off"
            data-testid="person-name"
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        <PinField label={t('hands.people.pin')} value={newPin} onChange={setNewPin} />
        {!first && <RoleOptions chosen={role} onChoose={setRole} />}
      </div>
      <FormButtons
        text={t('hands.people.add')}
        missing={missing}
        busy={entry.busy}
        onCancel={onCancel}
        onSave={() => void save()}
      />
    </>
  )
}
