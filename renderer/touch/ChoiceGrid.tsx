import { useState } from 'react'
import { useBoard } from '../board-view.tsx'
import { TouchButton } from './TouchButton.tsx'
import { useScanned } from './use-scans.ts'

/** Tiles of one page; with more choices the last tile turns the page. */
const tiles = 9
const fewTiles = 6

export type Choice = { id: string; name: string }

/** Choices in a fixed order, nine at a time. No swiping: a tile turns the page. */
export function ChoiceGrid(props: {
  choices: readonly Choice[]
  chosen: string | null
  onChoose: (id: string) => void
  /** A short list may have larger tiles, two in a row. */
  few?: boolean
}) {
  const { board, t } = useBoard()
  const { choices, chosen, onChoose } = props
  const [page, setPage] = useState(0)
  useScanned((code) => {
    const name = board.site.reasonCodes[code] ?? code
    const choice = choices.find((one) => one.name === name)
    if (choice) onChoose(choice.id)
    return choice !== undefined
  })
  const paged = choices.length > tiles
  const size = paged ? tiles - 1 : tiles
  const shown = choices.slice(page * size, page * size + size)
  const pages = Math.ceil(choices.length / size)
  return (
    <div className={props.few && choices.length <= fewTiles ? 'choices few' : 'choices'}>
      {shown.map(({ id, name }) => (
        <TouchButton key={id} kind={id === chosen ? 'chosen' : 'plain'} onTap={() => onChoose(id)}>
          {name}
        </TouchButton>
      ))}
      {paged && (
        <TouchButton onTap={() => setPage((page + 1) % pages)} className="more">
          {t('touch.moreReasons')}
        </TouchButton>
      )}
    </div>
  )
}
