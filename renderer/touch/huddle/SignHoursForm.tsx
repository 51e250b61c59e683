import { useBoard } from '../../board-view.tsx'
import { Fit } from '../../fit/Fit.tsx'
import { hourStatus } from '../../screens/hours/hour-look.ts'
import { Shape } from '../../widgets/Shape.tsx'
import { FormButtons } from '../FormButtons.tsx'
import { type HuddleFormProps, Nothing } from './HuddlePage.tsx'

/** A lead signs the hours of the last shift that nobody has signed yet. */
export function SignHoursForm({ entry, onCancel, onSaved }: HuddleFormProps) {
  const { board, format, t } = useBoard()
  const { lineId } = board.site
  const hours = board.huddle.current?.report?.hours.filter(
    ({ phase, made }) => phase === 'past' && made !== null,
  )
  if (hours === undefined || hours.length === 0)
    return <Nothing text={t('huddle.noShift')} onCancel={onCancel} />
  const open = hours.filter(({ signed, made }) => signed === null || signed.made !== made)
  const sign = async () => {
    const startsMs = open.map(({ startMs }) => startMs).slice(0, 24)
    const signed = await entry.send('signHours', { lineId, startsMs })
    if (signed) onSaved(t('huddle.signed', { by: signed.by }))
  }
  return (
    <>
      <ul className="huddle-hours">
        {hours.map((row) => (
          <li key={row.startMs} data-hour={row.label}>
            <Shape status={hourStatus(row) ?? 'none'} size="4rem" />
            <b>{row.label}</b>
            <span>
              {row.plan === null
                ? format.pieces(row.made!)
                : t('huddle.madeOf', { made: format.pieces(row.made!), target: format.pieces(row.plan) })}
            </span>
            <Fit
              className="touch-label"
              text={
                row.signed === null
                  ? ''
                  : row.signed.made === row.made
                    ? t('huddle.signed', { by: row.signed.by })
                    : t('huddle.sinceSigned', { made: format.pieces(row.signed.made) })
              }
              floor={0.7}
            />
          </li>
        ))}
      </ul>
      <FormButtons
        text={t('huddle.signHours', { count: open.length })}
        missing={open.length === 0 ? t('huddle.allSigned') : null}
        busy={entry.busy}
        onCancel={onCancel}
        onSave={() => void sign()}
      />
    </>
  )
}
