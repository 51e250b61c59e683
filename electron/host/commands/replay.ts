import { createReadStream } from 'node:fs'
import { resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { databaseFile } from '../../../db/data-dir.ts'
import { openDatabase } from '../../../db/open-database.ts'
import { createReplay } from '../../engine/replay.ts'
import type { Replay } from '../../engine/replay.ts'
import { prepareDataDir, privateUmask } from '../data-dir.ts'
import { HostError, reasonOf } from '../host-error.ts'
import { lockWithoutBoard } from '../lock-without-board.ts'
import { readPlantFile, rememberPlant } from '../plant-file.ts'
import { readLines } from '../read-lines.ts'
import { parseRecorded } from '../recorded-message.ts'
import { storeFailure } from '../store-failure.ts'
import { isoTime } from '../time-argument.ts'
import { untilTold } from '../until-told.ts'

export type ReplayOptions = { plant: string; data: string; speed: number }

/** Skipped lines that are named one by one; all are counted. */
const namedLines = 5
/** At full speed others get their turn after so many lines. */
const linesAtOnce = 500

type Tally = { messages: number; skipped: number; firstMs: number; lastMs: number }

/** `lineside replay`: a recording, through the whole pipeline at its own times, into a data folder. */
export async function replay(file: string, options: ReplayOptions): Promise<void> {
  process.umask(privateUmask)
  const plant = await readPlantFile(options.plant)
  const dataDir = resolve(options.data)
  await prepareDataDir(dataDir, false)
  try {
    const lock = lockWithoutBoard(dataDir, 'replay the recording')
    try {
      await rememberPlant(dataDir, plant)
      const nativeBinding = process.env.LINESIDE_SQLITE_BINDING || undefined
      const database = openDatabase({ file: databaseFile(dataDir), nativeBinding })
      try {
        await feed(file, createReplay({ database, plant }), options.speed)
      } finally {
        database.close()
      }
    } finally {
      lock.release()
    }
  } catch (error) {
    throw storeFailure(error, dataDir)
  }
}

async function feed(file: string, into: Replay, speed: number): Promise<void> {
  const told = untilTold()
  let ended = false
  void told.signal.then(() => (ended = true))
  const pace = pacer(speed, told.signal)
  const tally: Tally = { messages: 0, skipped: 0, firstMs: Infinity, lastMs: -Infinity }
  let number = 0
  for await (const line of readLines(chunksOf(file))) {
    number += 1
    if (ended) break
    if (line !== null && line.every((byte) => byte <= 32)) continue
    const message = line === null ? { problem: 'is too long' } : parseRecorded(line)
    if ('problem' in message) {
      tally.skipped += 1
      if (tally.skipped <= namedLines) console.error(`Line ${number} ${message.problem}: skipped.`)
    } else {
      await pace(message.arrivedMs)
      into.push(message)
      tally.messages += 1
      tally.firstMs = Math.min(tally.firstMs, message.arrivedMs)
      tally.lastMs = Math.max(tally.lastMs, message.arrivedMs)
    }
    if (number % linesAtOnce === 0) await new Promise((next) => setImmediate(next))
  }
  told.release()
  if (tally.messages === 0) {
    throw new HostError(
      `${file} holds no recorded messages (${number} lines): expected one JSON object a line with topic, payload and timestamp.`,
    )
  }
  report(tally, into, ended)
}

function report({ messages, skipped, firstMs, lastMs }: Tally, into: Replay, ended: boolean): void {
  const { stored, duplicates, rejected, retainedDropped, lastReject, unborn } = into.finish()
  console.log(
    `${messages} messages from ${isoTime(firstMs)} to ${isoTime(lastMs)}${ended ? ', ended early' : ''}.`,
  )
  console.log(
    `The store now has ${stored} stored, ${duplicates} repeated, ${rejected} rejected, ${retainedDropped} retained counts left out.`,
  )
  if (lastReject) console.log(`Last rejected: ${lastReject.topic}: ${lastReject.reason}`)
  if (unborn > 0)
    console.log(`${unborn} Sparkplug messages came before the birth of their node: they can't be read.`)
  console.log(`${skipped} lines skipped.`)
}

/** Waits until a message is due. `speed`: seconds of the recording in one second; Infinity: as fast as it goes. */
function pacer(speed: number, told: Promise<unknown>): (atMs: number) => Promise<void> {
  let firstMs: number | null = null
  const startedMs = performance.now()
  return async (atMs) => {
    if (speed === Infinity) return
    firstMs ??= atMs
    const dueMs = (atMs - firstMs) / speed - (performance.now() - startedMs)
    if (dueMs > 1) await Promise.race([wait(dueMs, undefined, { ref: true }), told])
  }
}

/** `-` is standard input. */
async function* chunksOf(file: string): AsyncGenerator<Buffer> {
  try {
    yield* (file === '-' ? process.stdin : createReadStream(file)) as AsyncIterable<Buffer>
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT') throw new HostError(`There is no recording ${file}: check the path.`)
    throw new HostError(`The recording ${file} cannot be read (${code ?? reasonOf(error)}): check it.`)
  }
}
