import { openDatabase } from '../../db/open-database.ts'
import { createIngest } from '../../electron/engine/ingest/ingest.ts'
import { openRecorder } from '../../electron/engine/recorder.ts'
import { testPlant } from '../helpers/recording.ts'

// The real ingest and recorder in a process of their own, for kill.test.ts to kill. Arguments: store file, broker address.
const [file = '', url = ''] = process.argv.slice(2)
const plant = testPlant(url)
plant.broker.clientId = 'kill-test'
const database = openDatabase({ file })
const log = (level: string, text: string): void => {
  if (level === 'error') process.stderr.write(`${text}\n`)
}
const recorder = openRecorder({ database, plant, now: Date.now, log })
const ingest = createIngest({
  plant,
  recorder,
  now: Date.now,
  password: undefined,
  version: 'test',
  auditHead: () => '',
  log,
})
let told = false
ingest.onChange(() => {
  if (told || ingest.broker().state !== 'connected') return
  told = true
  process.stdout.write('connected\n')
})
ingest.start()
process.once('SIGTERM', () => {
  void ingest.stop().then(() => {
    database.close()
    process.exit(0)
  })
})
