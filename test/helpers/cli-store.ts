import { mkdirSync } from 'node:fs'
import { expect } from 'vitest'
import { databaseFile } from '../../db/data-dir.ts'
import { openDatabase } from '../../db/open-database.ts'
import { openRecorder } from '../../electron/engine/recorder.ts'
import { rememberPlant } from '../../electron/host/plant-file.ts'
import { plantSchema } from '../../shared/settings/plant.ts'

export const storePlant = plantSchema.parse({
  site: { name: 'Works', timeZone: 'Europe/Berlin' },
  broker: { url: 'mqtt://127.0.0.1:9' },
  lines: [{ id: 'l1', name: 'Line 1', shifts: [{ name: 'Day', start: '06:00', end: '14:00' }] }],
})

/** A store with these messages of line l1, made an hour after the last of them. */
export async function makeStore(
  data: string,
  messages: readonly [kind: string, body: Record<string, unknown>][],
): Promise<void> {
  mkdirSync(data, { recursive: true })
  await rememberPlant(data, storePlant)
  const database = openDatabase({ file: databaseFile(data) })
  const recorder = openRecorder({ database, plant: storePlant, now: Date.now })
  recorder.record(
    messages.map(([kind, body]) => ({
      topic: `lineside/v1/l1/${kind}`,
      payload: Buffer.from(JSON.stringify(body)),
      arrivedMs: Date.now(),
      dup: false,
      retain: false,
      packetId: null,
    })),
    { replay: true },
  )
  recorder.enter('l1', { kind: 'scrap', reason: '=1+1', qty: 2 }, 'touch')
  database.close()
}

/** A failure for the person at the keyboard: the code, one sentence, no stack. */
export function expectSentence(
  run: { code: number; stderr: string },
  code: number,
  text: string | RegExp,
): void {
  expect(
    run.stderr
      .trim()
      .split('\n')
      .filter((line) => !line.startsWith('(')),
  ).toHaveLength(1)
  expect(run.stderr).toMatch(text)
  expect(run.stderr).not.toMatch(/\n\s+at /)
  expect(run.code).toBe(code)
}
