import { rmSync, statSync, writeFileSync } from 'node:fs'
import { openDatabase } from '../../../db/open-database.ts'

// Commits while the disk refuses to sync, for log-sync.test.ts. Argument: store file. Prints what happened as JSON.
const [file = ''] = process.argv.slice(2)
const mark = process.env.REFUSE_SYNC!
const { log, read, write, close } = openDatabase({ file })
const codeOf = (work: Promise<void>): Promise<string> =>
  work.then(
    () => 'done',
    (error: { code?: string }) => error.code ?? String(error),
  )
const note = (name: string): void => {
  const put = write.transaction(() => write.prepare('INSERT INTO memo VALUES (?, ?)').run(name, 'x'))
  log.unsynced(() => put.immediate())
}

note('before')
const before = await codeOf(log.sync())
writeFileSync(mark, '')
note('refused')
const refused = await codeOf(log.sync())
const again = await codeOf(log.sync())
const logged = statSync(`${file}-wal`).size > 0
rmSync(mark)
const after = await codeOf(log.sync())
const emptied = statSync(`${file}-wal`).size === 0
note('after')
const last = await codeOf(log.sync())
const kept = read.prepare("SELECT name FROM memo WHERE value = 'x' ORDER BY name").pluck().all()
const synchronous = write.pragma('synchronous', { simple: true })
close()
process.stdout.write(
  JSON.stringify({ before, refused, again, logged, after, emptied, last, kept, synchronous }),
)
