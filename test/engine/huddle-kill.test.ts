import { fork } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { databaseFile } from '../../db/data-dir.ts'
import { openReadonly } from '../../db/open-database.ts'
import { checkAudit } from '../../db/queries/audit.ts'
import { createHuddleBook } from '../../electron/engine/huddle/huddle-book.ts'
import type { CallMessage, CallName } from '../../shared/contract/protocol.ts'
import type { OkrNews } from '../helpers/okr-child.ts'
import { makeTempDir } from '../helpers/temp-dir.ts'
import { until } from '../helpers/until.ts'

const lineId = 'l1'
const pin = '864213'
const kills = 4

type Child = {
  call: <N extends CallName>(name: N, input: CallMessage<N>) => Promise<unknown>
  kill: () => Promise<void>
}

/** A real engine in a process of its own. A call that the kill cut off answers null. */
async function startChild(dir: string): Promise<Child> {
  const child = fork(join(import.meta.dirname, '../helpers/okr-child.ts'), [dir, pin], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const waiting = new Map<number, (answer: unknown) => void>()
  let up = false
  let calls = 0
  child.on('message', (news: OkrNews) => {
    if ('up' in news) up = true
    else waiting.get(news.id)?.(news.answer)
  })
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  void gone.then(() => [...waiting.values()].forEach((resolve) => resolve(null)))
  await until('the engine', () => up, 30_000)
  return {
    call: (name, input) =>
      new Promise((resolve) => {
        if (!child.connected) return resolve(null)
        const id = (calls += 1)
        waiting.set(id, resolve)
        child.send({ id, name, input }, (error) => error && resolve(null))
      }),
    kill: async () => {
      child.kill('SIGKILL')
      await gone
    },
  }
}

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
  let child = await startChild(dir.path)
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
      await new Promise((resolve) => setTimeout(resolve, 300 + 100 * kill))
      await child.kill()
      dead = true
      await busy
      const { current, brokenAt } = stored(dir.path)
      expect(brokenAt).toBeNull()
      expect(current?.id).toBe(huddle)
      // What was answered is kept; what was cut off may have been stored too.
      expect([answered.present, (answered.present + 1) % 90]).toContain(current?.present)
      answered = { present: current!.present ?? 0 }
      child = await startChild(dir.path)
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
