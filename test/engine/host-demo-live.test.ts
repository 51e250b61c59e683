import { connectAsync } from 'mqtt'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openReadonly } from '../../db/open-database.ts'
import { databaseFile } from '../../db/data-dir.ts'
import { readRawReadings } from '../../db/queries/raw-readings.ts'
import { startHost } from '../../electron/host/start-host.ts'
import type { Host } from '../../electron/host/start-host.ts'
import { makeTempDir } from '../helpers/temp-dir.ts'
import { until } from '../helpers/until.ts'

let dir: ReturnType<typeof makeTempDir>
let host: Host
beforeEach(async () => {
  dir = makeTempDir('demo-live')
  host = await startHost({ demo: true, dataDir: dir.path, log: () => {} })
}, 90_000)
afterEach(async () => {
  await host.stop()
  dir.remove()
})

test('the live line joins its history without a gap, over a broker that lets nobody else in', async () => {
  const startMs = Date.now()
  const { read, close } = openReadonly({ file: databaseFile(dir.path) })
  const stamps = () => {
    const window = { startMs: startMs - 120_000, endMs: Date.now() }
    const counts = [...readRawReadings(read, 'line3', window)].filter(({ kind }) => kind === 'count')
    return counts.map(({ atMs }) => atMs)
  }
  await until('three live counts', () => stamps().filter((atMs) => atMs > startMs).length >= 3, 30_000)
  const all = stamps()
  close()
  const steps = all.slice(1).map((atMs, index) => atMs - (all[index] ?? 0))
  expect([...new Set(steps)]).toEqual([5_000])
  expect(host.engine.recorder.counters()).toMatchObject({ rejected: 0, duplicates: 0 })

  const { url } = host.plant.broker
  expect(url).toMatch(/^mqtt:\/\/127\.0\.0\.1:\d+$/)
  const strangers = [{}, { username: 'lineside-demo' }, { username: 'lineside-demo', password: 'guess' }]
  for (const stranger of strangers) {
    await expect(connectAsync(url, { ...stranger, reconnectPeriod: 0 })).rejects.toThrow(
      /Bad username or password/,
    )
  }
}, 60_000)

test('stopping twice is fine', async () => {
  await Promise.all([host.stop(), host.stop()])
  await host.stop()
  const again = await startHost({ demo: true, dataDir: dir.path, log: () => {} })
  await again.stop()
}, 60_000)
