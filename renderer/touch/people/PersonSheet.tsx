import { useState } from 'react'
import type { PersonView } from '../../../shared/contract/protocol.ts'
import { useBoard } from '../../board-view.tsx'
import { Fit } from '../../fit/Fit.tsx'
import { FormButtons } from '../FormButtons.tsx'
import { TouchButton } from '../TouchButton.tsx'
import type { Entry } from '../use-entry.ts'
import { useScanned } from '../use-scans.ts'
import { PinField } from './PinField.tsx'
import { RoleOptions } from './RoleOptions.tsx'

type Change = 'role' | 'pin' | 'badge' | 'retire'
const changes: readonly Change[] = ['role', 'pin', 'badge', 'retire']

/** One person: another role, PIN or badge, or none of it any more. */
export function PersonSheet(props: {
  person: PersonView
  entry: Entry
  onCancel: () => void
  onSaved: (text: string) => void
}) {
  const { t } = useBoard()
  const { person, entry, onCancel, onSaved } = props
  const { id: personId, name } = person
  const [change, setChange] = useState<Change | null>(null)
  const [role, setRole] = useState(person.role)
  const [newPin, setNewPin] = useState('')
  const [badge, setBadge] = useState('')
  useScanned((code) => {
    if (change === 'badge') setBadge(code)
    return change === 'badge'
  })
  if (change === null) {
    return (
      <>
        <div className="stop-facts">
          <Fit className="fact-name" text={name} floor={0.6} />
          <span>{t(`hands.roles.${person.role}`)}</span>
          <span className="push">
            {person.badge ? t('hands.people.hasBadge') : t('hands.people.noBadge')}
          </span>
        </div>
        <div className="person-changes">
          {changes.map((one) => (
            <TouchButton key={one} onTap={() => setChange(one)} testId={`change-${one}`}>
              {t(`hands.people.${one}`)}
            </TouchButton>
          ))}
        </div>
        <div className="two-buttons last">
          <TouchButton className="side" onTap={onCancel}>
            {t('touch.cancel')}
          </TouchButton>
        </div>
      </>
    )
  }
  const ways = {
    role: { missing: null, send: () => entry.send('setRole', { personId, role }) },
    pin: {
      missing: /^\d{4,6}$/.test(newPin) ? null : t('hands.people.pinFirst'),
      send: () => entry.send('resetPin', { personId, newPin }),
    },
    badge: {
      missing: badge === '' && !person.badge ? t('hands.people.scanFirst') : null,
      send: () => entry.send('setBadge', { personId, badge: badge === '' ? null : badge }),
    },
    retire: { missing: null, send: () => entry.send('retirePerson', { personId }) },
  }
  const { missing, send } = ways[change]
  const save = async () => {
    const words = t(`hands.people.${change}`)
    if (await send()) onSaved(`${name}: ${words}`)
  }
  const takesAway = change === 'badge' && badge === '' && person.badge
  return (
    <>
      <div className="stop-facts">
        <Fit className="fact-name" text={name} floor={0.6} />
        <span>{t(`hands.people.${change}`)}</span>
      </div>
      <div className="action-fields">
        {change === 'role' && <RoleOptions chosen={role} onChoose={setRole} />}
        {change === 'pin' && <PinField label={t('hands.people.pin')} value={newPin} onChange={setNewPin} />}
        {change === 'badge' && (
          <p className="touch-title" data-testid="badge-read">
            {badge === ''
              ? t('hands.people.scanNow')
              : t('hands.people.scanned', { digits: badge.slice(-4) })}
          </p>
        )}
        {change === 'retire' && <p className="touch-title">{t('hands.people.retireHint', { name })}</p>}
      </div>
      <FormButtons
        text={takesAway ? t('hands.people.takeBadge') : t(`hands.people.${change}`)}
        missing={missing}
        busy={entry.busy}
        onCancel={() => setChange(null)}
        onSave={() => void save()}
      />
    </>
  )
}
