import { resolve } from 'node:path'
import { databaseFile } from '../../../db/data-dir.ts'
import { openReadonly } from '../../../db/open-database.ts'
import { readTallies } from '../../../db/queries/line-state.ts'
import { readRejects } from '../../../db/queries/rejects.ts'
import { rejectTallies } from '../../engine/model/reject-tallies.ts'
import { rejectsAnswer } from '../../engine/rejects-answer.ts'
import type { RejectsAnswer, RejectView } from '../../../shared/contract/protocol.ts'
import { printOut } from '../print-out.ts'
import { storeFailure } from '../store-failure.ts'
import { isoTime } from '../time-argument.ts'

export type RejectsOptions = { data: string; limit: number; json?: boolean }

/** `lineside rejects`: what was not counted and why, also while a board runs. */
export async function rejects(options: RejectsOptions): Promise<void> {
  const dataDir = resolve(options.data)
  try {
    const nativeBinding = process.env.LINESIDE_SQLITE_BINDING || undefined
    const { read, close } = openReadonly({ file: databaseFile(dataDir), nativeBinding })
    try {
      const answer = rejectsAnswer(rejectTallies(readTallies(read)), readRejects(read, options.limit))
      await printOut(`${options.json ? JSON.stringify(answer, null, 2) : table(answer)}\n`)
    } finally {
      close()
    }
  } catch (error) {
    throw storeFailure(error, dataDir)
  }
}

function table({ rejected, quarantined, byCode, forgotten, newest }: RejectsAnswer): string {
  const codes = Object.entries(byCode).sort((a, b) => b[1] - a[1])
  return [
    `${rejected} messages not counted, ${quarantined} of them quarantined; ${forgotten} no longer kept`,
    ...codes.map(([code, count]) => `  ${code.padEnd(12)}${count}`),
    ...newest.flatMap(lines),
  ].join('\n')
}

function lines({ seq, atMs, topic, code, reason, settled, bytes, head, ...rest }: RejectView): string[] {
  const { quarantined, headBytes } = rest
  const shown = head.replace(/\p{Cc}/gu, ' ')
  const of = headBytes < bytes ? ` (${headBytes} of ${bytes} bytes)` : ''
  return [
    `${isoTime(atMs)}  ${quarantined ? (settled ?? `quarantined ${seq}`) : 'rejected'}  ${code}  ${topic}`,
    `  ${reason}`,
    `  ${shown}${of}`,
  ]
}
