import type { LetterTheme } from '../../../shared/domain/letters.ts'

/** A place of one day in a letter. */
export type Cell = { column: number; row: number }

/** Letters of exactly 31 cells, in reading order; safety is the cross. */
const p = ['#####.', '##..##', '##..##', '##..##', '#####.', '###...', '##....', '##....', '##....']

const pictures: Record<LetterTheme, readonly string[]> = {
  safety: ['..###..', '..###..', '#######', '#######', '#######', '..###..', '...#...'],
  quality: ['.####.', '#...##', '#...##', '#...##', '#...##', '#...##', '#...##', '#..###', '.#####'],
  delivery: ['#####.', '##...#', '##...#', '##...#', '##...#', '##...#', '##...#', '##...#', '#####.'],
  cost: ['.#####', '##...#', '###...', '###...', '###...', '###...', '###...', '##...#', '.#####'],
  people: p,
  productivity: p,
  morale: ['##...##', '###.###', '##.#.##', '##...##', '##...##', '##...##', '##...##'],
  inventory: ['#####', '.###.', '.###.', '.###.', '.###.', '.###.', '.###.', '.###.', '#####'],
}

export const mostDays = 31
/** Rows of the tallest letter; the others stand in the middle of as many. */
export const letterRows = 9

/** Cells of a theme's letter, the first day's first, with the letter's size in cells. */
export function letterCells(theme: LetterTheme): { cells: readonly Cell[]; columns: number; rows: number } {
  const picture = pictures[theme]
  const cells = picture.flatMap((line, row) =>
    [...line].flatMap((mark, column) => (mark === '#' ? [{ column, row }] : [])),
  )
  return { cells, columns: picture[0]!.length, rows: picture.length }
}
