import { memo } from 'react'
import type { DayMark, SqdcpLetter } from '../../../shared/contract/board-team.ts'
import { letterCells, letterRows } from './masks.ts'

/** Units of one cell in the picture, with its gap, and of the cell itself. */
const pitch = 10
const side = 8.8
/** A day without work is a smaller cell. */
const offInset = 1.5

type Props = Pick<SqdcpLetter, 'theme' | 'marks'> & { days: number; today: number; label: string }

/** One month as a letter, a cell a day: its position is the date. Hit, near, missed and off differ in shape too. */
export const Letter = memo(function Letter({ theme, marks, days, today, label }: Props) {
  const { cells, columns, rows } = letterCells(theme)
  return (
    <svg
      className="letter"
      viewBox={`0 ${((rows - letterRows) / 2) * pitch} ${columns * pitch} ${letterRows * pitch}`}
      role="img"
      aria-label={label}
      data-theme-letter={theme}
    >
      {cells.slice(0, days).map(({ column, row }, index) => {
        const day = index + 1
        const mark = day > today ? 'future' : (marks[index] ?? 'unknown')
        return (
          <g
            key={day}
            className={day === today ? `day ${mark} today` : `day ${mark}`}
            transform={`translate(${column * pitch + 0.6} ${row * pitch + 0.6})`}
          >
            <DayCell mark={mark} />
          </g>
        )
      })}
    </svg>
  )
})

function DayCell({ mark }: { mark: DayMark | 'future' }) {
  if (mark === 'off')
    return <rect x={offInset} y={offInset} width={side - 2 * offInset} height={side - 2 * offInset} />
  return (
    <>
      <rect width={side} height={side} />
      {mark === 'miss' && <path d="M2.3 2.3l4.2 4.2M6.5 2.3l-4.2 4.2" />}
      {mark === 'near' && <path d="M4.4 1.7v3.3M4.4 6v1.3" />}
      {mark === 'unknown' && <path d="M2.4 4.4h4" />}
    </>
  )
}
