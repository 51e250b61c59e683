import type { CallError } from '../../shared/contract/protocol.ts'

/** A refusal that the person at the screen may read; everything else that is thrown stays inside the engine. */
export class CallFailure extends Error {
  readonly code: CallError['code']
  readonly retryMs: number | undefined

  constructor(code: CallError['code'], message: string, retryMs?: number) {
    super(message)
    this.name = 'CallFailure'
    this.code = code
    this.retryMs = retryMs
  }

  toCallError(): CallError {
    const { code, message, retryMs } = this
    return retryMs === undefined ? { code, message } : { code, message, retryMs }
  }
}
