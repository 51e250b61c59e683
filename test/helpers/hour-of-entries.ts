import { afterEach } from 'vitest'
import { databaseFile } from '../../db/data-dir.ts'
import { openReadonly } from '../../db/open-database.ts'
import { readAudit, type AuditEntry } from '../../db/queries/audit.ts'
import { startEngineRig, type EngineRig } from './engine-rig.ts'
import type { PageClient } from './page-client.ts'
import { minute, six, testLine } from './view-input.ts'

/** The demo person's PIN on this board. */
export const pin = '864213'
const seed = {
  objectives: [
    {
      id: 'o1',
      line: 'l1',
      title: 'More',
      cycle: { name: 'Q4', start: '2026-11-16', end: '2026-12-18' },
      keyResults: [
        { id: 'live', name: 'Throughput', baseline: 850, target: 1_100, kpi: 'throughput' },
        { id: 'ideas', name: 'Ideas', baseline: 0, target: 10 },
      ],
    },
  ],
}

/** Minutes into the shift as epoch milliseconds. */
export const at = (minutes: number): number => six + minutes * minute

/** When the tests begin: an hour into the shift, and a bit. */
export const nowMs = at(60) + 1_000

/** To be called at the top of a test file: boards an hour into the shift (running, two stops, running), ended after each test. */
export function hourOfEntries(): () => Promise<{ rig: EngineRig; page: PageClient }> {
  const rigs: EngineRig[] = []
  afterEach(async () => {
    for (const rig of rigs.splice(0)) await rig.stop()
  })
  return async () => {
    const rig = await startEngineRig({ nowMs, lines: [testLine()], seed, demoPin: pin })
    rigs.push(rig)
    rig.replay([
      ['product', { product: 'cap', ts: at(0) }],
      ['state', { state: 'running', ts: at(0) }],
      ['count', { good: 900, scrap: 100, ts: at(10) }],
      ['state', { state: 'stopped', ts: at(20) }],
      ['state', { state: 'running', ts: at(25) }],
      ['state', { state: 'stopped', ts: at(40) }],
      ['state', { state: 'running', ts: at(50) }],
    ])
    rig.arrive([['count', { good: 0 }]])
    const page = rig.page()
    await page.hello()
    await page.until((b) => b.status.made === 900, 'the hour')
    return { rig, page }
  }
}

/** The newest entries of a board's audit trail first. */
export function audit(rig: EngineRig): AuditEntry[] {
  const store = openReadonly({ file: databaseFile(rig.dir) })
  try {
    return readAudit(store.read, 50).filter(({ action }) => action !== 'seed')
  } finally {
    store.close()
  }
}
