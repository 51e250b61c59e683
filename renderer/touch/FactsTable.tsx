import { useState } from 'react'
import { useBoard } from '../board-view.tsx'
import { Fit } from '../fit/Fit.tsx'
import type { Status } from '../widgets/Shape.tsx'
import { Shape } from '../widgets/Shape.tsx'
import { TouchButton } from './TouchButton.tsx'

/** Rows that fit beside the groups, with sentences among them or without; a longer group has a next page. */
const wordyRows = 7
const plainRows = 11
const tapRows = 5

export type FactsRow = { key: string; status: Status; cells: readonly [string, string, string] }
export type FactsGroup = {
  id: string
  name: string
  /** At the end of its button: "12 / 12", or how many rows. */
  mark: string
  heads: readonly [string, string, string]
  rows: readonly FactsRow[]
  /** Instead of rows. */
  empty?: string
}

/** Facts in groups: the chosen one as a table, a second tap on its button shows its next page. */
export function FactsTable(props: {
  groups: readonly FactsGroup[]
  first: string
  testId: string
  /** Rows of this group are buttons. */
  onRow?: { group: string; tap: (key: string) => void }
  /** Cells may be sentences: they take as many lines as they need. */
  wordy?: boolean
}) {
  const { groups, testId, onRow, wordy = false } = props
  const { t } = useBoard()
  const [chosen, setChosen] = useState({ id: props.first, page: 0 })
  const group = groups.find(({ id }) => id === chosen.id) ?? groups[0]!
  const tap = onRow?.group === group.id ? onRow.tap : null
  const rowsPerPage = tap ? tapRows : wordy ? wordyRows : plainRows
  const pages = Math.max(1, Math.ceil(group.rows.length / rowsPerPage))
  const page = chosen.page % pages
  const shown = group.rows.slice(page * rowsPerPage, (page + 1) * rowsPerPage)
  return (
    <div className="facts">
      <div className="facts-groups">
        {groups.map(({ id, name, mark }) => (
          <TouchButton
            key={id}
            kind={id === group.id ? 'chosen' : 'plain'}
            onTap={() => setChosen({ id, page: id === chosen.id ? chosen.page + 1 : 0 })}
            testId={`${testId}-${id}`}
          >
            <Fit text={name} floor={0.7} maxLines={2} />
            <span className="push">{mark}</span>
          </TouchButton>
        ))}
      </div>
      <div className="facts-shown">
        {group.rows.length === 0 && group.empty !== undefined ? (
          <p className="touch-empty">{group.empty}</p>
        ) : tap ? (
          <TapRows rows={shown} onTap={tap} />
        ) : (
          <table className={wordy ? 'facts-rows wordy' : 'facts-rows'}>
            <thead>
              <tr>
                {group.heads.map((head) => (
                  <th key={head}>{head}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.map((row) => (
                <tr key={row.key} data-ok={row.status === 'ok' || row.status === 'none'}>
                  <td>
                    <div className="facts-name">
                      <Shape status={row.status} size="2.8rem" />
                      <Fit text={row.cells[0]} floor={0.7} maxLines={wordy ? 2 : 1} />
                    </div>
                  </td>
                  {wordy ? (
                    <WordyCells cells={row.cells} />
                  ) : (
                    row.cells.slice(1).map((cell, index) => (
                      <td key={index}>
                        <Fit text={cell} floor={0.7} maxLines={2} />
                      </td>
                    ))
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {pages > 1 && <p className="facts-page">{t('selfTest.of', { right: page + 1, all: pages })}</p>}
      </div>
    </div>
  )
}

function TapRows({ rows, onTap }: { rows: readonly FactsRow[]; onTap: (key: string) => void }) {
  return (
    <div className="key-list">
      {rows.map(({ key, status, cells: [name, now, more] }) => (
        <TouchButton key={key} className="key-choice" onTap={() => onTap(key)} testId={`row-${key}`}>
          <Shape status={status} size="4.4rem" />
          <span className="gap-choice-words">
            <Fit text={`${name} ${now}`} floor={0.6} maxLines={2} />
            <Fit className="touch-label" text={more} floor={0.7} />
          </span>
        </TouchButton>
      ))}
    </div>
  )
}

function WordyCells({ cells: [, now, more] }: { cells: FactsRow['cells'] }) {
  return more === '' ? (
    <td colSpan={2}>
      <Fit text={now} floor={0.7} maxLines={2} />
    </td>
  ) : (
    <>
      <td>
        <Fit text={now} floor={0.7} maxLines={2} />
      </td>
      <td>
        <Fit text={more} floor={0.7} maxLines={2} />
      </td>
    </>
  )
}
