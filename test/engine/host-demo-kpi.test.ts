import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseFile } from '../../db/data-dir.ts'
import { openReadonly } from '../../db/open-database.ts'
import type { OpenReadonly } from '../../db/open-database.ts'
import { cycleAround } from '../../electron/host/demo/demo-cycle.ts'
import { writeDemoHistory } from '../../electron/host/demo/demo-history.ts'
import { demoLineOf, demoSettings } from '../../electron/host/demo/demo-plant.ts'
import { kpiReport } from '../../electron/host/kpi-report.ts'
import { makeTempDir } from '../helpers/temp-dir.ts'

/** The demo's story as the product itself computes it, out of the store. */

const nowMs = Date.parse('2026-11-22T13:07:21.500Z')
const settings = demoSettings()
const line = settings.lines[0]!
const dir = makeTempDir('demo-kpi')
let database: OpenReadonly
beforeAll(async () => {
  const cycle = cycleAround(settings.site.timeZone, nowMs)
  const demo = demoLineOf(settings, cycle)
  const topic = 'lineside/v1/line3'
  await writeDemoHistory({
    dataDir: dir.path,
    plant: settings,
    line: demo,
    topic,
    now: () => nowMs,
    log: () => {},
  })
  database = openReadonly({ file: databaseFile(dir.path) })
}, 120_000)
afterAll(() => {
  database.close()
  dir.remove()
})

const report = (from: string, to: string) =>
  kpiReport({
    read: database.read,
    line,
    timeZone: settings.site.timeZone,
    window: { startMs: Date.parse(from), endMs: Date.parse(to) },
    nowMs,
  })

describe('ten days before the cycle, and the last five', () => {
  test.each([
    {
      from: '2026-09-11T04:00:00Z',
      to: '2026-09-21T04:00:00Z',
      oee: 0.66,
      good: 850,
      changeoverMin: 45,
      slots: 3,
    },
    {
      from: '2026-11-17T05:00:00Z',
      to: '2026-11-22T05:00:00Z',
      oee: 0.78,
      good: 1010,
      changeoverMin: 27,
      slots: 2,
    },
  ])('$from: OEE $oee, $good pieces a shift, changeovers of $changeoverMin min', (story) => {
    const kpi = report(story.from, story.to)
    const shifts = (Date.parse(story.to) - Date.parse(story.from)) / (8 * 3_600_000)
    // 8 h less 45 min of breaks each, and 20 min of planned cleaning on Wednesdays and Fridays.
    expect(kpi.planned_s).toBe((shifts * 435 - story.slots * 20) * 60)
    expect(kpi.unknown_s).toBe(0)
    expect(Math.abs(kpi.oee! - story.oee)).toBeLessThan(0.02)
    expect(Math.abs(kpi.good / shifts - story.good)).toBeLessThan(30)
    expect(kpi.changeovers).toHaveLength(shifts)
    expect(Math.abs(kpi.changeover_s / shifts / 60 - story.changeoverMin)).toBeLessThan(2.5)
    // Believable: stops take their share, most of them short, the longer ones mostly explained.
    expect(kpi.stop_s / kpi.planned_s).toBeGreaterThan(0.05)
    expect(kpi.stops.length / shifts).toBeGreaterThan(25)
    const long = kpi.stops.filter((stop) => !stop.micro)
    expect(long.length / shifts).toBeGreaterThan(3)
    expect(long.filter((stop) => stop.reason !== null).length / long.length).toBeGreaterThan(0.8)
    expect(kpi.performance).toBeLessThan(1)
  })
})
