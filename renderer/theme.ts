import type { LinePart } from '../shared/contract/board-line.ts'
import type { DisplaySettings } from '../shared/settings/display.ts'
import type { Format } from './i18n/format.ts'

export type Theme = 'dark' | 'light'

/** Local times between which the middle of a shift makes it a day shift. */
const day = { from: '07:00', until: '19:00' } as const

/** `auto` follows the shift calendar: light for day shifts, dark for night shifts and outside every shift. */
export function themeAt(
  wanted: DisplaySettings['theme'],
  shift: LinePart['shift'],
  format: Pick<Format, 'clock'>,
): Theme {
  if (wanted !== 'auto') return wanted
  if (shift === null) return 'dark'
  const middle = format.clock((shift.startMs + shift.endMs) / 2)
  return day.from <= middle && middle < day.until ? 'light' : 'dark'
}
