import { resolve } from 'node:path'
import { databaseFile } from '../../../db/data-dir.ts'
import { openReadonly } from '../../../db/open-database.ts'
import { checkAudit as check } from '../../../db/queries/audit.ts'
import { HostError } from '../host-error.ts'
import { printOut } from '../print-out.ts'
import { storeFailure } from '../store-failure.ts'

/** A shortened hash, as on paper, must still be hard to hit by chance. Hexadecimal digits. */
const fewestDigits = 16

export type CheckAuditOptions = { data: string; anchor?: string }

/** `lineside check-audit`: computes the chain of the audit trail anew, also while a board runs. Exit code 1: it was edited. */
export async function checkAudit(options: CheckAuditOptions): Promise<void> {
  const dataDir = resolve(options.data)
  const anchor = options.anchor === undefined ? null : anchorOf(options.anchor)
  try {
    const nativeBinding = process.env.LINESIDE_SQLITE_BINDING || undefined
    const { read, close } = openReadonly({ file: databaseFile(dataDir), nativeBinding })
    try {
      const { entries, head, brokenAt, anchorHolds } = check(read, anchor)
      const sentences = [
        brokenAt === null
          ? `The chain of ${entries} entries holds.`
          : `Entry ${brokenAt} is not what was written, or one before it is missing.`,
        ...(anchorHolds === null
          ? ['Without --anchor an edit that computed all later hashes anew stays unseen.']
          : [
              anchorHolds
                ? `Up to entry ${anchor?.seq} all is as it was when the anchor was published.`
                : `The anchor does not fit: an entry up to ${anchor?.seq} was edited or taken away since.`,
            ]),
        `Head: ${head}`,
      ]
      await printOut(`${sentences.join('\n')}\n`)
      if (brokenAt !== null || anchorHolds === false) process.exitCode = 1
    } finally {
      close()
    }
  } catch (error) {
    throw storeFailure(error, dataDir)
  }
}

function anchorOf(text: string): { seq: number; hash: string } {
  const [, seq, hash] = /^(\d{1,12}):([0-9a-f]{4,64})$/i.exec(text.trim()) ?? []
  if (seq === undefined || hash === undefined || hash.length < fewestDigits) {
    throw new HostError(
      `--anchor ${text} is none: give the head as it was printed or published, such as 1234:0f3a... with at least ${fewestDigits} digits.`,
    )
  }
  return { seq: Number(seq), hash: hash.toLowerCase() }
}
