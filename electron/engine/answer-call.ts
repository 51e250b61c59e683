import {
  calls,
  type Answer,
  type CallInput,
  type CallName,
  type CallResult,
} from '../../shared/contract/protocol.ts'
import { CallFailure } from './call-failure.ts'

/** What answers a page's calls: one function for each name of the contract. Throws CallFailure for refusals. */
export type CallTable = { [N in CallName]: (input: CallInput<N>) => Promise<CallResult[N]> | CallResult[N] }

/**
 * Answers one call in the contract's envelope: only names of the contract, only input that fits its schema. What is thrown
 * besides refusals goes to the log and not to the page.
 */
export async function answerCall(
  table: CallTable,
  name: string,
  input: unknown,
  log: (level: 'error', message: string) => void,
): Promise<Answer<unknown>> {
  try {
    if (!Object.hasOwn(calls, name)) throw new CallFailure('not-allowed', 'There is no such call.')
    const call = name as CallName
    const parsed = calls[call].safeParse(input)
    if (!parsed.success) {
      const issue = parsed.error.issues[0]
      const where = issue && issue.path.length > 0 ? `${issue.path.join('.')}: ` : ''
      throw new CallFailure('bad-input', `${where}${issue?.message ?? 'This is not valid.'}`)
    }
    const run = table[call] as (value: unknown) => unknown
    return { ok: true, value: await run(parsed.data) }
  } catch (error) {
    if (error instanceof CallFailure) return { ok: false, error: error.toCallError() }
    log(
      'error',
      `Call ${name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    )
    const message = 'This could not be stored. Try again; if it stays, look at the log of the engine.'
    return { ok: false, error: { code: 'store', message } }
  }
}
