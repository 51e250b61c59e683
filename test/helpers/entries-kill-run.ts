import { randomUUID } from 'node:crypto'
import { databaseFile } from '../../db/data-dir.ts'
import type { ReadDb } from '../../db/handles.ts'
import { openReadonly } from '../../db/open-database.ts'
import { checkAudit, eachAudit } from '../../db/queries/audit.ts'
import { listEntries } from '../../db/queries/entries.ts'
import { compareWithRebuild } from '../../db/rebuild.ts'
import { recordingRules } from '../../electron/engine/model/line-setup.ts'
import type { CallMessage } from '../../shared/contract/protocol.ts'
import { killedLine, stopsOfYesterday } from './killed-line.ts'
import { killAmid, type KillableEngine, startKillableEngine } from './killable-engine.ts'
import { seededRandom } from './random.ts'
import { makeTempDir } from './temp-dir.ts'
import { until } from './until.ts'

/** Every call by which the hands at a line enter something. */
export const handCalls = [
  'logScrap',
  'setStopReason',
  'splitStop',
  'startChangeover',
  'changeoverStep',
  'endChangeover',
  'raiseCall',
  'answerCall',
  'enterSafety',
  'enterFigure',
  'addNote',
  'correctCount',
] as const
export type HandCall = (typeof handCalls)[number]
type Sent = { name: HandCall; input: object; state: 'answered' | 'cut off' | 'refused' }

export type EntriesKillRun = {
  kills: number
  answered: Readonly<Record<HandCall, number>>
  /** Of all that were under way when the engine was killed, those that were in the store and those that were not. */
  cutOff: { stored: number; gone: number }
  undone: number
  /** Answered, and not there; there twice; undone, and standing again. One sentence each. */
  faults: string[]
  /** Roll-ups and the audit trail against the entries. */
  differences: string[]
  integrity: string
}

const lineId = 'l1'
const together = 6

/** Kills a real engine amid entries of all kinds, `kills` times; what was cut off is sent again as a touch page does. */
export async function entriesKillRun(options: { kills: number; seed: number }): Promise<EntriesKillRun> {
  const dir = makeTempDir('entries-kill')
  const random = seededRandom(options.seed)
  const sent = new Map<string, Sent>()
  const undone = new Set<string>()
  const faults: string[] = []
  const cutOff = { stored: 0, gone: 0 }
  let engine: KillableEngine | null = null
  try {
    for (let kill = 0; kill < options.kills; kill++) {
      engine = await startKillableEngine(dir.path)
      await sendAgain(engine, sent)
      await burst(engine, { sent, undone, random, enough: 60 + Math.floor(random() * 60) })
      withStore(dir.path, (read) => {
        faults.push(...faultsOf(read, sent, undone, kill))
        const stored = storedIds(read)
        for (const [id, { state }] of sent) {
          if (state === 'cut off') cutOff[stored.includes(id) ? 'stored' : 'gone'] += 1
        }
      })
    }
    engine = await startKillableEngine(dir.path)
    await sendAgain(engine, sent)
    await engine.kill()
    return withStore(dir.path, (read) => {
      faults.push(...faultsOf(read, sent, undone, options.kills))
      const all = [...sent.values()]
      const counted = handCalls.map((name) => [
        name,
        all.filter((one) => one.name === name && one.state === 'answered').length,
      ])
      return {
        kills: options.kills,
        answered: Object.fromEntries(counted) as Record<HandCall, number>,
        cutOff,
        undone: undone.size,
        faults,
        differences: differencesOf(read),
        integrity: String(read.pragma('integrity_check', { simple: true })),
      }
    })
  } finally {
    await engine?.kill()
    dir.remove()
  }
}

async function enter(engine: KillableEngine, entryId: string, one: Sent): Promise<void> {
  const answer = await engine.call(one.name, { ...one.input, entryId } as CallMessage<HandCall>)
  one.state = answer === null ? 'cut off' : answer.ok ? 'answered' : 'refused'
}

async function sendAgain(engine: KillableEngine, sent: ReadonlyMap<string, Sent>): Promise<void> {
  for (const [entryId, one] of sent) if (one.state === 'cut off') await enter(engine, entryId, one)
}

type Burst = { sent: Map<string, Sent>; undone: Set<string>; random: () => number; enough: number }

/** Several hands at a time, each after its own last answer; the process is killed soon after there are `enough` answers. */
async function burst(engine: KillableEngine, { sent, undone, random, enough }: Burst): Promise<void> {
  let dead = false
  let underWay = 0
  let answers = 0
  const hand = async () => {
    while (!dead) {
      const entryId = randomUUID()
      const one: Sent = { ...entryOf(random), state: 'cut off' }
      sent.set(entryId, one)
      underWay += 1
      await enter(engine, entryId, one)
      underWay -= 1
      if (one.state === 'answered') answers += 1
      if (one.state === 'answered' && random() < 0.1) {
        const answer = await engine.call('undo', { lineId, entryId })
        if (answer?.ok) undone.add(entryId)
      }
    }
  }
  const hands = Array.from({ length: together }, hand)
  await until(`${enough} entries`, () => answers >= enough, 60_000)
  await killAmid(engine, random() * 40, () => underWay > 0)
  dead = true
  await Promise.all(hands)
}

function entryOf(random: () => number): { name: HandCall; input: object } {
  const any = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  const name = any(handCalls)
  const nowMs = Date.now()
  const day = new Date(nowMs).toISOString().slice(0, 10)
  const startMs = any(stopsOfYesterday(nowMs))
  const category = any(['maintenance', 'quality', 'material'])
  const inputs: Record<HandCall, object> = {
    logScrap: { reason: any(['Cap', 'Label']), qty: 1 + Math.floor(random() * 5) },
    setStopReason: { startMs, reason: any(['Jam', 'Sensor']) },
    splitStop: { startMs, atMs: startMs + 1_000 * (1 + Math.floor(random() * 250)) },
    startChangeover: { to: 'lid' },
    changeoverStep: { step: 'Clean' },
    endChangeover: {},
    raiseCall: { category, cell: null, text: null },
    answerCall: { call: category, event: any(['ack', 'resolve', 'cancel']), who: null, text: null },
    enterSafety: { what: 'nearMiss', day, text: '' },
    enterFigure: { figure: 'present', day, value: Math.floor(random() * 9) },
    addNote: { text: `note ${Math.floor(random() * 1_000)}` },
    correctCount: { atMs: nowMs, good: 1 + Math.floor(random() * 9), scrap: 0, reason: 'Recount' },
  }
  return { name, input: { lineId, ...inputs[name] } }
}

function withStore<T>(dir: string, look: (read: ReadDb) => T): T {
  const store = openReadonly({ file: databaseFile(dir) })
  try {
    return look(store.read)
  } finally {
    store.close()
  }
}

const everything = { startMs: 0, endMs: Number.MAX_SAFE_INTEGER }
const storedIds = (read: ReadDb) => listEntries(read, lineId, everything).map(({ id }) => id)

function faultsOf(
  read: ReadDb,
  sent: ReadonlyMap<string, Sent>,
  undone: ReadonlySet<string>,
  kill: number,
): string[] {
  const entries = listEntries(read, lineId, everything)
  const ids = entries.map(({ id }) => id)
  const known = new Set(ids)
  const after = `after kill ${kill + 1}`
  const lost = [...sent].filter(([id, { state }]) => state === 'answered' && !known.has(id))
  const standing = entries.filter(({ id, voidedMs }) => undone.has(id) && voidedMs === null)
  return [
    ...lost.map(([, { name }]) => `${name} was answered and is gone ${after}`),
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `${id} is there twice ${after}`),
    ...ids.filter((id) => sent.get(id)?.state === 'refused').map((id) => `${id} was refused and is there`),
    ...standing.map(({ kind }) => `${kind} was undone and stands again ${after}`),
  ]
}

/** Every entry has left one line in an unbroken trail, and roll-ups made anew are those that are stored. */
function differencesOf(read: ReadDb): string[] {
  const told = [...eachAudit(read)].filter(({ action }) => (handCalls as readonly string[]).includes(action))
  const trail = told.map(({ detail }) => (JSON.parse(detail) as { entryId: string }).entryId).sort()
  const { brokenAt } = checkAudit(read, null)
  const { rows, differences } = compareWithRebuild(read, lineId, recordingRules(killedLine, 'UTC'))
  return [
    ...(brokenAt === null ? [] : [`the audit trail's chain breaks at ${brokenAt}`]),
    ...(JSON.stringify(trail) === JSON.stringify(storedIds(read).sort()) ? [] : ['trail and entries differ']),
    ...(rows > 0 ? [] : ['no roll-ups']),
    ...differences,
  ]
}
