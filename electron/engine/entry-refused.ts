/** An entry was refused. `code` is one of the contract's CallError codes, `message` one sentence for the person. */
export class EntryRefused extends Error {
  readonly code: 'not-found' | 'not-allowed' | 'too-late' | 'bad-input'
  constructor(code: 'not-found' | 'not-allowed' | 'too-late' | 'bad-input', message: string) {
    super(message)
    this.name = 'EntryRefused'
    this.code = code
  }
}
