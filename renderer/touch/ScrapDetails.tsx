import { useBoard } from '../board-view.tsx'
import { ChoiceGrid } from './ChoiceGrid.tsx'
import { TouchButton } from './TouchButton.tsx'

/** Who found it. What a customer found is listed apart and changes no shift's counts. */
export const finders = ['operator', 'quality', 'nextStep', 'customer'] as const
export type Details = { cell: string | null; foundBy: (typeof finders)[number] | null }
export const noDetails: Details = { cell: null, foundBy: null }

/** As the engine takes them. */
export function detailFields({ cell, foundBy }: Details) {
  return {
    ...(cell !== null && { cell }),
    ...(foundBy !== null &&
      ({ foundBy, detected: foundBy === 'customer' ? 'customer' : 'internal' } as const)),
  }
}

/** Where rejects were found and by whom, for those who want to say. */
export function ScrapDetails(props: {
  details: Details
  onChange: (details: Details) => void
  onDone: () => void
}) {
  const { board, t } = useBoard()
  const { details, onChange } = props
  const { cells } = board.site
  return (
    <>
      <div className="scrap-more">
        {cells.length > 0 && (
          <div>
            <p className="touch-label">{t('touch.calls.where')}</p>
            <ChoiceGrid
              choices={cells.map((name) => ({ id: name, name }))}
              chosen={details.cell}
              onChoose={(cell) => onChange({ ...details, cell })}
              few
            />
          </div>
        )}
        <div>
          <p className="touch-label">{t('hands.scrap.foundBy')}</p>
          <ChoiceGrid
            choices={finders.map((id) => ({ id, name: t(`hands.scrap.${id}`) }))}
            chosen={details.foundBy}
            onChoose={(id) => onChange({ ...details, foundBy: finders.find((one) => one === id) ?? null })}
            few
          />
        </div>
      </div>
      <div className="two-buttons">
        <TouchButton className="side" onTap={() => (onChange(noDetails), props.onDone())} testId="no-details">
          {t('hands.scrap.without')}
        </TouchButton>
        <TouchButton kind="main" className="confirm" onTap={props.onDone} testId="details-done">
          {t('touch.ok')}
        </TouchButton>
      </div>
    </>
  )
}
