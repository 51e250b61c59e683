import type { Person } from '../../../db/queries/team.ts'
import { CallFailure } from '../call-failure.ts'
import type { Commands } from '../session.ts'
import type { OkrCallName, OkrCommands } from './okr-commands.ts'

/** Calls that operators may make too; everything else is for team leads and above. */
const everybody: readonly OkrCallName[] = ['okrs', 'checkIn', 'proposeTarget']

/** Commands that first ask whose PIN it is. */
export function signOkr(
  commands: OkrCommands,
  person: (deviceId: string, pin: string) => Promise<Person>,
): Pick<Commands, OkrCallName> {
  const signed: Record<string, unknown> = {}
  for (const [name, run] of Object.entries(commands)) {
    signed[name] = async ({ pin, ...input }: { pin?: string }, device: string) => {
      const station = { device, by: 'station', personId: null, role: null }
      const command = run as (input: unknown, caller: object) => Promise<unknown>
      if (pin === undefined) return command(input, station)
      const { id, name: by, role } = await person(device, pin)
      if (role === 'operator' && !everybody.includes(name as OkrCallName)) {
        throw new CallFailure('not-allowed', 'This needs a team lead.')
      }
      return command(input, { device, by, personId: id, role })
    }
  }
  return signed as Pick<Commands, OkrCallName>
}
