import type { SqdcpPart } from '../../shared/contract/board-team.ts'
import type { SafetyKind } from '../../shared/domain/daily-letters.ts'
import { dayMs, localDateAt } from '../../shared/domain/local-time.ts'
import type { LineSettings } from '../../shared/settings/line.ts'
import { readStanding } from '../../db/queries/entries.ts'
import type { ReadDb } from '../../db/handles.ts'
import type { ShiftResult } from './shift-result.ts'
import { sqdcpView } from './views/sqdcp.ts'

/** Safety entries are looked back at this long for the days since the last incident. Days. */
export const safetyLookbackDays = 3_660
/** Figures and notes of this many days are read. */
const figureDays = 40

export type DailyBoard = {
  of: (
    line: LineSettings,
    timeZone: string,
    nowMs: number,
    history: readonly ShiftResult[],
  ) => SqdcpPart | null
  /** Something was entered or taken back: the next look reads anew. */
  changed: (lineId: string) => void
}

/** The daily letters of each line, made anew when a day or a shift ends and when somebody enters something. */
export function createDailyBoard(read: ReadDb): DailyBoard {
  const known = new Map<string, { today: string; history: readonly ShiftResult[]; part: SqdcpPart | null }>()

  function make(
    line: LineSettings,
    today: string,
    timeZone: string,
    nowMs: number,
    history: readonly ShiftResult[],
  ) {
    const of = <T>(kind: 'safety' | 'figure' | 'note', days: number) =>
      readStanding<T>(read, line.id, kind, { startMs: nowMs - days * dayMs, endMs: nowMs + dayMs })
    const notes = of<{ text: string }>('note', 2).filter(({ atMs }) => localDateAt(timeZone, atMs) === today)
    return sqdcpView({
      today,
      history,
      safety: of<{ day: string; what: SafetyKind }>('safety', safetyLookbackDays).map(({ body }) => body),
      figures: of<{ day: string; figure: string; value: number }>('figure', figureDays).map(
        ({ body }) => body,
      ),
      notes: notes.map(({ body }) => body.text),
      settings: { scrapTarget: line.scrapTarget, figures: line.figures },
    })
  }

  return {
    of(line, timeZone, nowMs, history) {
      const today = localDateAt(timeZone, nowMs)
      const last = known.get(line.id)
      if (last?.today === today && last.history === history) return last.part
      const part = make(line, today, timeZone, nowMs, history)
      known.set(line.id, { today, history, part })
      return part
    },
    changed: (lineId) => void known.delete(lineId),
  }
}
