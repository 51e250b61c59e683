import type { CallError, CallName } from '../../shared/contract/protocol.ts'
import { en } from '../i18n/en.ts'
import type { Words } from '../i18n/words.ts'

/** A call that the engine refused. */
export type Refusal = Pick<CallError, 'code' | 'message'> & { call: CallName }

type Keys = typeof en.refusal
type Call = keyof Keys
type Code<C extends Call> = Extract<keyof Keys[C], string>
type Key = { [C in Call]: `refusal.${C}.${Code<C>}` }[Call]

const known: Readonly<Record<string, object>> = en.refusal

/**
 * One sentence that says what to do: of this call and this refusal where the catalogues have one, else of the refusal. The
 * engine's own sentence is English; where there is no other of its kind it says more than the code does.
 */
export function refusalWords({ call, code, message }: Refusal, { language, t }: Words): string {
  if (Object.hasOwn(known, call) && Object.hasOwn(known[call]!, code))
    return t(`refusal.${call}.${code}` as Key)
  return language === 'en' ? message : t(`failure.${code}`)
}
