import type { EntryReceipt } from '../../shared/contract/protocol.ts'
import { daysBetween } from '../../shared/domain/daily-letters.ts'
import { CallFailure } from './call-failure.ts'
import type { Caller } from './caller.ts'
import type { Entry } from './recorder.ts'
import type { Commands } from './session.ts'

/** Safety entries and figures are taken this many days after the day they belong to. */
export const entryDays = 31

export type DailyCommandsOptions = {
  /** Local date of the plant. */
  today: () => string
  /** Figures that plant.yaml has for the line. */
  figures: (lineId: string) => readonly { id: string }[]
  enter: (
    to: { lineId: string; entryId?: string },
    caller: Caller,
    action: string,
    entryOf: () => Entry,
  ) => EntryReceipt
}

/** What the crew enters for the daily board: safety, figures, notes. */
export function createDailyCommands(
  options: DailyCommandsOptions,
): Pick<Commands, 'enterSafety' | 'enterFigure' | 'addNote'> {
  const { enter } = options

  function dayInReach(day: string): void {
    const ago = daysBetween(day, options.today())
    if (ago < 0) throw new CallFailure('bad-input', 'This day has not come yet: choose another one.')
    if (ago > entryDays) {
      throw new CallFailure('too-late', `Entries are taken for the last ${entryDays} days.`)
    }
  }

  return {
    async enterSafety(input, caller) {
      return enter(input, caller, 'enterSafety', () => {
        const { what, day, text } = input
        dayInReach(day)
        return { kind: 'safety', what, day, text }
      })
    },

    async enterFigure(input, caller) {
      return enter(input, caller, 'enterFigure', () => {
        const { lineId, figure, day, value } = input
        if (!options.figures(lineId).some(({ id }) => id === figure)) {
          throw new CallFailure('not-found', `No figure called "${figure}" is set up for this line.`)
        }
        dayInReach(day)
        return { kind: 'figure', figure, day, value }
      })
    },

    async addNote(input, caller) {
      return enter(input, caller, 'addNote', () => ({ kind: 'note', text: input.text }))
    },
  }
}
