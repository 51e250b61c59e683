import { createWriteStream, existsSync } from 'node:fs'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { finished } from 'node:stream/promises'
import { signalKinds } from '../../../shared/domain/line-model.ts'
import { namespace } from '../../engine/ingest/sparkplug/sparkplug-topic.ts'
import { listen } from '../../engine/ingest/listen.ts'
import type { Heard } from '../../engine/ingest/listen.ts'
import { brokerPassword } from '../broker-password.ts'
import { privateUmask } from '../data-dir.ts'
import { HostError, reasonOf } from '../host-error.ts'
import { readPlantFile } from '../plant-file.ts'
import { recordedLine } from '../recorded-message.ts'
import { untilTold } from '../until-told.ts'

export type RecordOptions = { plant: string; topic?: string[]; maxMb: number; seconds?: number }

/** `lineside record`: what the broker sends, one JSON object a line, until Ctrl-C or a bound. */
export async function record(given: string, options: RecordOptions): Promise<void> {
  process.umask(privateUmask)
  const { broker, topics } = await readPlantFile(options.plant)
  const password = await brokerPassword(broker)
  const file = resolve(given)
  if (existsSync(file)) throw new HostError(`${file} is there already: name another file.`)
  const native = signalKinds.map((kind) => `${broker.prefix}/+/${kind}`)
  const filters = options.topic ?? [
    ...native,
    ...(topics.some(({ sparkplug }) => sparkplug !== undefined) ? [`${namespace}/#`] : []),
  ]
  const told = untilTold()
  const full = new AbortController()
  const out = createWriteStream(file, { flags: 'wx', mode: 0o600 })
  const failed = once(out, 'error').then(([error]) => {
    throw new HostError(
      `${file} cannot be written (${reasonOf(error)}): free some space, or name another file.`,
    )
  })
  failed.catch(() => {})
  const tally = { messages: 0, bytes: 0 }

  const onMessage = (message: Heard, next: () => void): void => {
    const line = Buffer.from(recordedLine(message))
    if (tally.bytes + line.length > options.maxMb * 1e6) return full.abort()
    tally.messages += 1
    tally.bytes += line.length
    if (out.write(line)) next()
    else out.once('drain', next)
  }
  const listener = listen({
    broker,
    password,
    filters,
    onMessage,
    log: (_level, text) => console.error(text),
  })
  try {
    await Promise.race([
      failed,
      listener.ready.catch((error: unknown) => {
        throw new HostError(reasonOf(error))
      }),
    ])
    console.error(`Recording ${filters.join(', ')} to ${file} (Ctrl-C ends it).`)
    const limitMs = options.seconds === undefined ? null : options.seconds * 1_000
    const timeUp = new Promise<void>((up) => {
      if (limitMs !== null) setTimeout(up, limitMs).unref()
    })
    await Promise.race([failed, told.signal, once(full.signal, 'abort'), timeUp])
  } finally {
    await listener.close().catch(() => {})
    out.end()
    await finished(out).catch(() => {})
    told.release()
  }
  const bound = full.signal.aborted ? `, ended at --max-mb ${options.maxMb}` : ''
  console.log(`${tally.messages} messages (${(tally.bytes / 1e6).toFixed(1)} MB) in ${file}${bound}.`)
}
