import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { connectAsync } from 'mqtt'
import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'
import { databaseFile } from '../../db/data-dir.ts'
import { openReadonly } from '../../db/open-database.ts'
import { listEntries } from '../../db/queries/entries.ts'
import { startAedes } from './aedes.ts'
import { startBoard } from './lineside.ts'
import { startLossyProxy } from './lossy-proxy.ts'
import { chromiumArgs } from './parts.ts'
import { makeTempDir } from './temp-dir.ts'
import { openHand, panels, type Confirmed, type TouchHand } from './touch-hand.ts'
import { until } from './until.ts'

/** Two touch screens and a TV, each a real Chromium, at one served board. Milliseconds where nothing else is said. */
export type HandsLoad = {
  /** What the hands did, and how many a second. */
  actions: number
  perSecond: number
  cuts: number
  /** Ids that were sent and are not in the store, ids of the store that no screen sent, actions without an id of their own. */
  lost: string[]
  twice: string[]
  /** What a page said it could not do. */
  refused: string[]
  /** Rejects that the screens entered, that the store has, and that the TV shows. */
  scrapEntered: number
  scrapStored: number
  scrapShown: number
  /** From the tap to the words that say it is saved, of entries whose connection held. */
  p50Ms: number
  p99Ms: number
  /** Entries that a page had to keep until its connection was back. */
  kept: number
}

const scrapReasons = ['Cap', 'Label', 'Underfill']
/** A connection of one screen is cut so often. */
const cutEveryMs = 4_000
const cutMs = 400

function plantFile(folder: string, brokerUrl: string): string {
  const file = join(folder, 'plant.yaml')
  writeFileSync(
    file,
    `site: { name: Works, timeZone: UTC }
broker: { url: '${brokerUrl}' }
lines:
  - id: l1
    name: Line 1
    products:
      - { id: still, name: Still, idealCycleS: 1 }
      - { id: sparkling, name: Sparkling, idealCycleS: 1 }
    defaultProduct: still
    shifts: [{ name: Day, start: '00:00', end: '00:00' }]
    scrapReasons: [${scrapReasons.join(', ')}]
`,
  )
  return file
}

/** One action of a hand, up to the tap that enters it; then back to where the next one begins. */
type Action = { qty: number; enter: () => Promise<void>; leave?: () => Promise<void> }

/** Mostly rejects, between them calls, and changeovers at the first screen. Two screens call for different help. */
function actionOf(hand: TouchHand, screen: number, index: number): Action {
  const { tap } = hand
  const id = (name: string) => `[data-testid="${name}"]`
  const call = `call-${screen === 0 ? 'quality' : 'material'}`
  const home = () => tap(id('page-home'))
  switch (index % 10) {
    case 1:
      if (screen > 0) break
      return {
        qty: 0,
        enter: async () => {
          await tap(id('page-changeover'))
          await tap('.choices button')
        },
        leave: home,
      }
    case 3:
      return {
        qty: 0,
        enter: async () => {
          await tap(`${id(call)}:not(.called, .answered)`)
          await tap(`.call-details ~ * ${id('confirm')}`)
        },
      }
    case 5:
    case 7:
      return {
        qty: 0,
        enter: async () => {
          await tap(`${id(call)}${index % 10 === 5 ? '.called' : '.answered'}`)
          await tap(id(index % 10 === 5 ? 'say-ack' : 'say-resolve'))
        },
      }
    case 9:
      if (screen > 0) break
      return {
        qty: 0,
        enter: async () => {
          await tap(id('page-changeover'))
          await tap(`.running-changeover ~ * ${id('confirm')}`)
        },
        leave: home,
      }
  }
  return {
    qty: 1,
    enter: async () => {
      await tap('.home-scrap .choices button', scrapReasons[index % 3])
      await tap(`.home-scrap ${id('confirm')}`)
    },
  }
}

/** Runs `perSecond` actions a second over both screens by real taps, with connections cut between; then compares. */
export async function handsLoad(options: {
  seconds: number
  perSecond: number
  executablePath: string
}): Promise<HandsLoad> {
  const { seconds, perSecond, executablePath } = options
  const cleanUp: (() => unknown)[] = []
  try {
    const folder = makeTempDir('hands')
    cleanUp.push(folder.remove)
    const broker = await startAedes()
    cleanUp.push(broker.stop)
    const data = join(folder.path, 'data')
    mkdirSync(data)
    const plant = plantFile(folder.path, broker.url)
    const subscribed = new Promise<void>((resolve) => broker.aedes.once('subscribe', () => resolve()))
    const board = await startBoard(['serve', '--port', '0', '--plant', plant, '--data', data])
    cleanUp.push(() => board.end())
    await subscribed
    const publisher = await connectAsync(broker.url)
    cleanUp.push(() => publisher.endAsync(true))
    const say = (kind: string, body: object) =>
      publisher.publishAsync(`lineside/v1/l1/${kind}`, JSON.stringify(body), { qos: 1 })
    await say('state', { state: 'running' })
    const alive = setInterval(() => void say('count', { good: 1 }), 5_000)
    cleanUp.push(() => clearInterval(alive))

    const port = Number(new URL(board.url).port)
    const browse = async (more: string[]): Promise<Browser> => {
      const browser = await chromium.launch({ executablePath, args: [...chromiumArgs, ...more] })
      cleanUp.push(() => browser.close())
      return browser
    }
    const tv = await (await browse([])).newPage({ viewport: { width: 1920, height: 1080 } })
    await tv.goto(`${board.url}?screen=scrap`)
    const proxies: Awaited<ReturnType<typeof startLossyProxy>>[] = []
    const hands: TouchHand[] = []
    for (const panel of panels) {
      const proxy = await startLossyProxy(port)
      cleanUp.push(proxy.close)
      proxies.push(proxy)
      // The board answers only on its own address: the way there is what is bent.
      const browser = await browse([`--host-resolver-rules=MAP localhost:${port} 127.0.0.1:${proxy.port}`])
      hands.push(await openHand(browser, `http://localhost:${port}/`, panel))
    }

    let cuts = 0
    const cutting = setInterval(() => {
      const proxy = proxies[cuts % proxies.length]!
      cuts += 1
      if (cuts % 3 === 0) proxy.cut()
      else proxy.loseNextAnswer()
      setTimeout(proxy.mend, cutMs)
    }, cutEveryMs)
    cleanUp.push(() => clearInterval(cutting))
    const startMs = performance.now()
    const done = await Promise.all(
      hands.map((hand, screen) => work(hand, screen, { startMs, seconds, everyMs: 2_000 / perSecond })),
    )
    const spentS = (performance.now() - startMs) / 1_000
    clearInterval(cutting)
    await new Promise((resolve) => setTimeout(resolve, cutMs))
    proxies.forEach((proxy) => proxy.mend())
    for (const hand of hands) await until('nothing is kept', async () => (await hand.kept()) === 0, 30_000)

    const all = done.flatMap((one) => one.confirmed)
    const scrapEntered = done.reduce((sum, { qty }) => sum + qty, 0)
    const scrapShown = async () => {
      const rows = await tv.locator('.pareto .row-value').all()
      const values = await Promise.all(rows.map((row) => row.getAttribute('data-value')))
      return values.reduce((sum, value) => sum + Number(value), 0)
    }
    const shown = async () => (await scrapShown()) === scrapEntered
    await until(`the TV shows ${scrapEntered}`, shown, 5_000).catch(() => undefined)

    const store = openReadonly({ file: databaseFile(data) })
    const entries = listEntries(store.read, 'l1', { startMs: 0, endMs: Number.MAX_SAFE_INTEGER })
    store.close()
    const ids = new Set(entries.map(({ id }) => id))
    const sent = new Set(hands.flatMap((hand) => [...hand.sent]))
    const held = all.filter(({ kept }) => !kept).map(({ ms }) => ms)
    held.sort((a, b) => a - b)
    return {
      actions: all.length,
      perSecond: all.length / spentS,
      cuts,
      lost: [...sent].filter((id) => !ids.has(id)),
      twice: [
        ...[...ids].filter((id) => !sent.has(id)),
        ...(sent.size === all.length ? [] : [`${all.length} actions sent ${sent.size} entries`]),
      ],
      refused: (await Promise.all(hands.map((hand) => hand.failures()))).flat(),
      scrapEntered,
      scrapStored: entries.reduce(
        (sum, { kind, what }) => sum + (kind === 'scrap' ? (what as { qty: number }).qty : 0),
        0,
      ),
      scrapShown: await scrapShown(),
      p50Ms: held[Math.floor(held.length * 0.5)] ?? NaN,
      p99Ms: held[Math.floor(held.length * 0.99)] ?? NaN,
      kept: all.length - held.length,
    }
  } finally {
    for (const step of cleanUp.reverse()) await step()
  }
}

type Pace = { startMs: number; seconds: number; everyMs: number }

/** One hand's actions, each at its time or as soon as the one before it is done. */
async function work(hand: TouchHand, screen: number, { startMs, seconds, everyMs }: Pace) {
  const confirmed: Confirmed[] = []
  let qty = 0
  for (let index = 0; index * everyMs < seconds * 1_000; index += 1) {
    const dueMs = startMs + index * everyMs
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, dueMs - performance.now())))
    const action = actionOf(hand, screen, index)
    await action.enter()
    confirmed.push(await hand.saved())
    qty += action.qty
    await action.leave?.()
  }
  return { confirmed, qty }
}

/** One line for a person. */
export function handsLoadWords(run: HandsLoad): string {
  const ms = (value: number) => value.toFixed(1)
  return `${run.actions} actions by touch, ${run.perSecond.toFixed(1)} a second, ${run.cuts} cut connections: ${run.lost.length} lost, ${run.twice.length} double, ${run.refused.length} refused, ${run.kept} kept over a cut; rejects entered ${run.scrapEntered}, stored ${run.scrapStored}, shown ${run.scrapShown}; tap to confirmed p50 ${ms(run.p50Ms)} ms, p99 ${ms(run.p99Ms)} ms`
}
