import { afterEach, expect, test } from 'vitest'
import { openDatabase } from '../../db/open-database.ts'
import { readKpis } from '../../electron/engine/kpis/kpi-book.ts'
import { raiseTargets } from '../../electron/engine/kpis/raise-targets.ts'
import { saveKpi } from '../../electron/engine/kpis/save-kpi.ts'
import type { KpiDefinition } from '../../shared/domain/kpis/kpi-definition.ts'
import { makeTempDir } from '../helpers/temp-dir.ts'
import { yieldKpi } from '../helpers/yield-story.ts'

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0).reverse()) close()
})

/** Target and version of the KPI after 96 was locked in. */
function afterLockIn(kpi: KpiDefinition): [number | null, number] {
  const dir = makeTempDir('raise-targets')
  const { write, read, close } = openDatabase({ file: `${dir.path}/store.sqlite` })
  closers.push(dir.remove, close)
  const by = { by: 'Ana', device: 'd' }
  saveKpi(write, { lineId: 'l1', kpi, baseVersion: null, atMs: 1, ...by })
  const locked = { lineId: 'l1', isSame: (one: KpiDefinition) => one.unit === '%', target: 96 }
  raiseTargets(write, locked, { ...by, atMs: 2, action: 'lockIn', reason: 'locked in: Yield' })
  const stored = readKpis(read, 'l1')[0]!
  return [stored.kpi.target, stored.version]
}

test('a target that was locked in becomes that of the KPI, where it asks for more', () => {
  expect(afterLockIn({ ...yieldKpi, target: 94 })).toEqual([96, 2])
  expect(afterLockIn({ ...yieldKpi, target: null })).toEqual([96, 2])
  // One that asks for more still, or for the same, stays.
  expect(afterLockIn({ ...yieldKpi, target: 98 })).toEqual([98, 1])
  expect(afterLockIn({ ...yieldKpi, target: 96 })).toEqual([96, 1])
  const falling = { ...yieldKpi, direction: 'lower' as const, bands: null }
  expect(afterLockIn({ ...falling, target: 98 })).toEqual([96, 2])
  expect(afterLockIn({ ...falling, target: 94 })).toEqual([94, 1])
})

test('metrics and data, and numbers of another kind, have no target to raise', () => {
  expect(afterLockIn({ ...yieldKpi, use: 'metric', target: null })).toEqual([null, 1])
  expect(afterLockIn({ ...yieldKpi, unit: '' })).toEqual([94, 1])
})
