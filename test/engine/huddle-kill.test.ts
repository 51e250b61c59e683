import { expect, test } from 'vitest'
import { databaseFile } from '../../db/data-dir.ts'
import { openReadonly } from '../../db/open-database.ts'
import { checkAudit } from '../../db/queries/audit.ts'
import { createHuddleBook } from '../../electron/engine/huddle/huddle-book.ts'
import { killAmid, startKillableEngine } from '../helpers/killable-engine.ts'
import { makeTempDir } from '../helpers/temp-dir.ts'

const lineId = 'l1'
const kills = 4

function stored(dir: string) {
  const store = openReadonly({ file: databaseFile(dir) })
  try {
    return { ...createHuddleBook(store.read).of(lineId), brokenAt: checkAudit(store.read, null).brokenAt }
  } finally {
    store.close()
  }
}

test(`${kills} times kill -9 amid a huddle: it goes on where it was answered to be, and ends once`, async () => {
  const dir = makeTempDir('huddle-kill')
  let child = await startKillableEngine(dir.path)
  try {
    const begun = (await child.call('startHuddle', { lineId })) as { value: { huddle: string } }
    const { huddle } = begun.value
    let answered = { present: 0 }
    for (let kill = 0; kill < kills; kill++) {
      let dead = false
      const busy = (async () => {
        for (let count = answered.present; !dead; count = (count + 1) % 90) {
          const answer = await child.call('countPresent', { lineId, huddle, present: count })
          if (answer !== null) answered = { present: count }
          await child.call('stepHuddle', { lineId, huddle, step: count % 7 })
        }
      })()
      await killAmid(child, 300 + 100 * kill)
      dead = true
      await busy
      const { current, brokenAt } = stored(dir.path)
      expect(brokenAt).toBeNull()
      expect(current?.id).toBe(huddle)
      // What was answered is kept; what was cut off may have been stored too.
      expect([answered.present, (answered.present + 1) % 90]).toContain(current?.present)
      answered = { present: current!.present ?? 0 }
      child = await startKillableEngine(dir.path)
      expect(await child.call('startHuddle', { lineId })).toMatchObject({ value: { huddle } })
    }
    expect(await child.call('finishHuddle', { lineId, huddle })).toMatchObject({ ok: true })
    await child.kill()
    expect(stored(dir.path)).toMatchObject({ current: null, last: { id: huddle, outcome: 'finished' } })
  } finally {
    await child.kill()
    dir.remove()
  }
}, 120_000)
