import { personRoles, type PersonRole } from '../../../shared/contract/rights.ts'
import { useBoard } from '../../board-view.tsx'
import { TouchButton } from '../TouchButton.tsx'

export function RoleOptions(props: { chosen: PersonRole; onChoose: (role: PersonRole) => void }) {
  const { t } = useBoard()
  return (
    <div className="four">
      {personRoles.map((role) => (
        <TouchButton
          key={role}
          kind={role === props.chosen ? 'chosen' : 'plain'}
          onTap={() => props.onChoose(role)}
          testId={`role-${role}`}
        >
          {t(`hands.roles.${role}`)}
        </TouchButton>
      ))}
    </div>
  )
}
