import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { BoardRig } from '../helpers/board-rig.ts'
import { isAlive } from '../helpers/electron-rig.ts'
import { until } from '../helpers/until.ts'
import { kill } from './scenario.ts'
import type { Scenario } from './scenario.ts'

/** What may happen to the kiosk's processes. All of them run one after the other on one board. */

/** Ends whatever takes the place of a process until the kiosk has had enough, and waits for its words. */
async function untilWords(rig: BoardRig, part: 'renderer' | 'engine'): Promise<void> {
  let last = 0
  const had = { renderer: 'The board keeps failing', engine: 'The engine keeps failing' }[part]
  await until(
    'the loop breaker',
    async () => {
      if (rig.kiosk.output().includes(had)) return true
      const pid = (await rig.kiosk.pids())[part]
      if (pid === 0 || pid === last || !isAlive(pid)) return false
      last = pid
      await kill(pid, 'SIGKILL')
      return false
    },
    60_000,
  )
  await until('the words', async () => (await rig.text()).includes('No board at the moment'))
}

async function logged(rig: BoardRig, text: string): Promise<void> {
  await until(`"${text}" in the log`, () => rig.kiosk.output().includes(text), 5_000)
}

const killed = (part: 'renderer' | 'engine' | 'gpu', signal: NodeJS.Signals) => async (rig: BoardRig) =>
  kill(await until(`the ${part}`, async () => (await rig.kiosk.pids())[part] || null), signal)

/** A stopped process is as good as one in an endless loop, and can be had in every build. */
const hung = (part: 'renderer' | 'engine') => async (rig: BoardRig) => {
  const pid = (await rig.kiosk.pids())[part]
  process.kill(pid, 'SIGSTOP')
  await until(`the hung ${part} to be ended`, () => !isAlive(pid), 60_000)
}

export const processScenarios: readonly Scenario[] = [
  {
    name: 'page-killed',
    what: 'the renderer is killed',
    limitMs: 5_000,
    cause: killed('renderer', 'SIGKILL'),
  },
  {
    name: 'page-crashed',
    what: 'the renderer crashes; its dump is kept, and no more than ten are',
    limitMs: 5_000,
    cause: killed('renderer', 'SIGSEGV'),
    after: async (rig) => {
      const folder = join(rig.args.at(-1) ?? '', 'kiosk', 'Crashpad')
      const dumps = () =>
        readdirSync(folder, { recursive: true }).filter((name) => String(name).endsWith('.dmp')).length
      await until('the dump', () => dumps() > 0 && dumps() <= 10)
    },
  },
  {
    name: 'page-hung',
    what: 'the renderer does not answer',
    limitMs: 15_000,
    cause: hung('renderer'),
    after: (rig) => logged(rig, 'page-hang'),
  },
  {
    name: 'page-empty',
    what: 'the page has lost its content',
    limitMs: 12_000,
    cause: async (rig) => {
      await rig.kiosk.inPage('document.getElementById("root").replaceChildren(); 1')
    },
    after: (rig) => logged(rig, 'it shows nothing'),
  },
  {
    name: 'page-white',
    what: 'the page answers and is white (seen by its pixels)',
    limitMs: 45_000,
    cause: async (rig) => {
      await rig.kiosk.inPage(whiteLayer)
      await until('the white page to be seen', () => rig.kiosk.output().includes('it is blank'), 40_000)
    },
  },
  {
    name: 'page-memory',
    what: 'the page grows over its limit of memory',
    limitMs: 60_000,
    cause: async (rig) => {
      await rig.kiosk.inPage(
        'window.hog = []; setInterval(() => hog.length < 60 && hog.push(new Uint8Array(2e7).fill(1)), 200); 1',
      )
      await until('the page to be loaded anew', () => rig.kiosk.output().includes('MB (memory)'), 55_000)
    },
  },
  { name: 'engine-killed', what: 'the engine is killed', limitMs: 6_000, cause: killed('engine', 'SIGKILL') },
  { name: 'engine-crashed', what: 'the engine crashes', limitMs: 6_000, cause: killed('engine', 'SIGSEGV') },
  {
    name: 'engine-exit',
    what: 'the engine ends by itself with code 0',
    limitMs: 6_000,
    cause: killed('engine', 'SIGTERM'),
  },
  {
    name: 'engine-hung',
    what: 'the engine does not answer',
    limitMs: 35_000,
    cause: hung('engine'),
    after: (rig) => logged(rig, 'engine-hang'),
  },
  {
    name: 'graphics-killed',
    what: 'the graphics process is killed; the board still paints',
    limitMs: 5_000,
    cause: killed('gpu', 'SIGKILL'),
    after: async (rig) => {
      const colours = await until('a picture', () => paintedColours(rig))
      if (colours < 5) throw new Error(`The picture has ${colours} colours`)
    },
  },
  {
    name: 'page-burst',
    what: 'the renderer is killed again and again until words take the board’s place; then it is left alone',
    limitMs: 60_000,
    cause: (rig) => untilWords(rig, 'renderer'),
  },
  {
    name: 'engine-burst',
    what: 'the engine is killed again and again until words take the board’s place; then it is left alone',
    limitMs: 90_000,
    cause: (rig) => untilWords(rig, 'engine'),
  },
]

export function processScenario(name: string): Scenario {
  const found = processScenarios.find((one) => one.name === name)
  if (!found) throw new Error(`There is no scenario ${name}`)
  return found
}

const whiteLayer = `(() => {
  const layer = document.createElement('div')
  layer.style.cssText = 'position:fixed;inset:0;background:#fff;z-index:99999'
  document.body.append(layer)
  return 1
})()`

function paintedColours(rig: BoardRig): Promise<number> {
  return rig.kiosk.app.evaluate(async ({ BrowserWindow }) => {
    const image = await BrowserWindow.getAllWindows()[0]?.webContents.capturePage()
    const bitmap = image?.resize({ width: 64, height: 36 }).toBitmap() ?? Buffer.alloc(0)
    const colours = new Set<number>()
    for (let at = 0; at < bitmap.length; at += 4) colours.add(bitmap.readUInt32LE(at))
    return colours.size
  })
}
