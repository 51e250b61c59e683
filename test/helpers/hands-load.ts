import { databaseFile } from '../../db/data-dir.ts'
import { openReadonly } from '../../db/open-database.ts'
import { listEntries } from '../../db/queries/entries.ts'
import { serveBoard } from '../../electron/host/serve-board.ts'
import type { KeptCall } from '../../renderer/link/outbox.ts'
import { startEngineRig } from './engine-rig.ts'
import { startLossyProxy } from './lossy-proxy.ts'
import { openOutboxPage, type OutboxPage } from './outbox-page.ts'
import { until } from './until.ts'

/** Two touch screens and a TV at one engine. Milliseconds where nothing else is said. */
export type HandsLoad = {
  actions: number
  cuts: number
  /** Ids that were sent and are not in the store, are there twice, or were refused. */
  lost: string[]
  twice: string[]
  refused: string[]
  /** Rejects that the screens entered, that the store has, and that the TV shows. */
  scrapEntered: number
  scrapStored: number
  scrapShown: number
  /** From the tap to the engine's answer, of entries whose connection held. */
  p50Ms: number
  p99Ms: number
  /** Slowest one whose connection was cut meanwhile. */
  slowestCutMs: number
}

const line = {
  id: 'l1',
  name: 'Filler 7',
  products: [{ id: 'p1', name: 'Still', idealCycleS: 1 }],
  defaultProduct: 'p1',
  shifts: [
    { name: 'Day', start: '06:00', end: '18:00' },
    { name: 'Night', start: '18:00', end: '06:00' },
  ],
  scrapReasons: ['Cap', 'Label', 'Underfill'],
  stopReasons: ['Jam'],
}
const screens = 2
/** A connection of one screen is cut so often. */
const cutEveryMs = 4_000
const cutMs = 400

type Action = { name: KeptCall; input: object; qty: number }

/** What a screen does one after the other: mostly rejects, between them calls and changeovers. */
function actionOf(screen: number, index: number): Action {
  const lineId = 'l1'
  const category = screen === 0 ? 'quality' : 'material'
  const step = index % 10
  if (step === 3) return { name: 'raiseCall', input: { lineId, category, cell: null, text: null }, qty: 0 }
  if (step === 5 || step === 7) {
    const event = step === 5 ? 'ack' : 'resolve'
    return { name: 'answerCall', input: { lineId, call: category, event, who: null, text: null }, qty: 0 }
  }
  if (screen === 0 && step === 1) return { name: 'startChangeover', input: { lineId, to: 'p1' }, qty: 0 }
  if (screen === 0 && step === 9) return { name: 'endChangeover', input: { lineId }, qty: 0 }
  const qty = 1 + (index % 7)
  return { name: 'logScrap', input: { lineId, reason: line.scrapReasons[index % 3], qty }, qty }
}

/** Runs `perSecond` actions a second over both screens, for a while, with connections cut between; then compares. */
export async function handsLoad(options: { seconds: number; perSecond: number }): Promise<HandsLoad> {
  const rig = await startEngineRig({ nowMs: Date.now(), lines: [line] })
  Object.defineProperty(rig.clock, 'nowMs', { get: () => Date.now() })
  const server = await serveBoard({ engine: rig.engine, port: 0, host: '127.0.0.1', folder: rig.dir })
  const proxies = await Promise.all(Array.from({ length: screens }, () => startLossyProxy(server.port)))
  const open = (through?: number) =>
    openOutboxPage({ port: server.port, through, nowMs: () => Date.now(), memory: new Map() })
  const tv = open()
  const touch = proxies.map(({ port }) => open(port))
  const timers: ReturnType<typeof setInterval>[] = []
  try {
    await rig.publish('state', { state: 'running' })
    await until('all are connected', () => [tv, ...touch].every(({ link }) => link.connected()))
    const sent = new Map<string, Action>()
    const refused: string[] = []
    const held: number[] = []
    const cutOff: number[] = []
    const tap = async (page: OutboxPage, screen: number, index: number) => {
      const action = actionOf(screen, index)
      const entryId = crypto.randomUUID()
      sent.set(entryId, action)
      const startMs = performance.now()
      const made = { entryId, name: action.name, input: action.input, text: entryId, madeMs: Date.now() }
      try {
        const sending = await page.outbox.enter(made)
        if ('receipt' in sending) held.push(performance.now() - startMs)
        else {
          await until(`${entryId} went out`, () => !page.outbox.get().some((one) => one.entryId === entryId))
          cutOff.push(performance.now() - startMs)
        }
      } catch (error) {
        refused.push(`${action.name}: ${String(error)}`)
      }
    }
    let cuts = 0
    timers.push(
      setInterval(() => {
        const proxy = proxies[cuts % screens]!
        cuts += 1
        if (cuts % 3 === 0) proxy.cut()
        else proxy.loseNextAnswer()
        setTimeout(proxy.mend, cutMs)
      }, cutEveryMs),
    )
    const taps: Promise<void>[] = []
    const startMs = performance.now()
    const perScreen = (options.seconds * options.perSecond) / screens
    for (let index = 0; index < perScreen; index += 1) {
      const dueMs = startMs + (index * screens * 1_000) / options.perSecond
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, dueMs - performance.now())))
      touch.forEach((page, screen) => taps.push(tap(page, screen, index)))
    }
    for (const timer of timers.splice(0)) clearInterval(timer)
    await Promise.all(taps)
    const scrapEntered = [...sent.values()].reduce((sum, { qty }) => sum + qty, 0)
    const shown = () => tv.store.get().board?.scrap.scrap ?? 0
    await until(`the TV shows ${scrapEntered}`, () => shown() === scrapEntered, 5_000).catch(() => undefined)

    const store = openReadonly({ file: databaseFile(rig.dir) })
    const entries = listEntries(store.read, 'l1', { startMs: 0, endMs: Number.MAX_SAFE_INTEGER })
    store.close()
    const ids = entries.map(({ id }) => id)
    held.sort((a, b) => a - b)
    return {
      actions: sent.size,
      cuts,
      lost: [...sent.keys()].filter((id) => !ids.includes(id)),
      twice: ids.filter((id, index) => ids.indexOf(id) !== index || !sent.has(id)),
      refused: [
        ...refused,
        ...touch.flatMap(({ outbox }) =>
          outbox.get().map(({ name, refusal }) => `${name}: ${refusal?.message ?? 'waits'}`),
        ),
      ],
      scrapEntered,
      scrapStored: entries.reduce(
        (sum, { kind, what }) => sum + (kind === 'scrap' ? (what as { qty: number }).qty : 0),
        0,
      ),
      scrapShown: shown(),
      p50Ms: held[Math.floor(held.length * 0.5)] ?? NaN,
      p99Ms: held[Math.floor(held.length * 0.99)] ?? NaN,
      slowestCutMs: Math.max(0, ...cutOff),
    }
  } finally {
    for (const timer of timers) clearInterval(timer)
    for (const { link } of [tv, ...touch]) link.stop()
    for (const proxy of proxies) await proxy.close()
    await server.close()
    await rig.stop()
  }
}

/** One line for a person. */
export function handsLoadWords(run: HandsLoad): string {
  const ms = (value: number) => value.toFixed(1)
  return `${run.actions} actions, ${run.cuts} cut connections: ${run.lost.length} lost, ${run.twice.length} double, ${run.refused.length} refused; rejects entered ${run.scrapEntered}, stored ${run.scrapStored}, shown ${run.scrapShown}; tap to confirmed p50 ${ms(run.p50Ms)} ms, p99 ${ms(run.p99Ms)} ms, slowest over a cut ${ms(run.slowestCutMs)} ms`
}
