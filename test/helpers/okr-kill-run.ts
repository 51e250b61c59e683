import { databaseFile } from '../../db/data-dir.ts'
import { checkAudit } from '../../db/queries/audit.ts'
import { openReadonly } from '../../db/open-database.ts'
import type { CallResult } from '../../shared/contract/protocol.ts'
import { compareAudit } from './compare-audit.ts'
import { killAmid, type KillableEngine, startKillableEngine } from './killable-engine.ts'
import { seededRandom } from './random.ts'
import { moves, type TeamChange, teamChanges, type TeamNow } from './team-moves.ts'
import { makeTempDir } from './temp-dir.ts'
import { until } from './until.ts'

export type OkrKillRun = {
  kills: number
  /** Changes that the engine had answered before it was killed, by their call. */
  answered: Readonly<Record<TeamChange, number>>
  /** Changes that were under way when it was killed. */
  cutOff: number
  /** Changes that the engine refused, most of them because another one came in between. */
  refused: number
  /** Of the answered ones, those that the trail lacks. */
  lost: string[]
  /** What the audit trail says otherwise than the tables, or than itself. */
  differences: string[]
  entries: number
  integrity: string
}

/** Calls that wait at the same time. */
const together = 6

/** `mark`: a text or an id that only this change leaves in the trail. */
type Change = { action: TeamChange; mark: string }
type Run = {
  random: () => number
  answered: Change[]
  checkIns: Map<string, number>
  asked: number
  cutOff: number
  refused: number
}

/** Kills a real engine in the middle of bursts of changes, `kills` times, and compares its tables with its audit trail. */
export async function okrKillRun(options: { kills: number; seed: number }): Promise<OkrKillRun> {
  const dir = makeTempDir('okr-kill')
  const counts = { asked: 0, cutOff: 0, refused: 0 }
  const run: Run = { random: seededRandom(options.seed), answered: [], checkIns: new Map(), ...counts }
  let child: KillableEngine | null = null
  try {
    for (let kill = 0; kill < options.kills; kill++) {
      child = await startKillableEngine(dir.path)
      await burst(child, run, 50 + Math.floor(run.random() * 40))
    }
    child = await startKillableEngine(dir.path)
    await child.kill()
    return inspect(dir.path, options.kills, run)
  } finally {
    await child?.kill()
    dir.remove()
  }
}

/** Changes of every kind, several at a time; soon after the one that makes them `enough` the process is killed. */
async function burst(child: KillableEngine, run: Run, enough: number): Promise<void> {
  let dead = false
  let underWay = 0
  const before = run.answered.length
  const look = async (): Promise<TeamNow | null> => {
    const [okrs, kpis, actions] = await Promise.all([
      child.call('okrs', { lineId: 'l1' }),
      child.call('kpis', { lineId: 'l1' }),
      child.call('actions', { lineId: 'l1' }),
    ])
    if (!okrs?.ok || !kpis?.ok || !actions?.ok) return null
    return {
      objectives: (okrs.value as CallResult['okrs']).objectives,
      kpis: (kpis.value as CallResult['kpis']).kpis,
      actions: actions.value as CallResult['actions'],
      checkIns: run.checkIns,
    }
  }
  const change = async (team: TeamNow, action: TeamChange): Promise<void> => {
    const mark = `m${(run.asked += 1)}`
    const input = moves[action](team, mark, run.random)
    // What nobody can lock in yet needs check-ins first.
    if (input === null) return action === 'lockIn' ? change(team, 'checkIn') : undefined
    underWay++
    const answer = await child.call(action, input)
    underWay--
    if (answer === null) run.cutOff++
    else if (!answer.ok) run.refused++
    else {
      const { keyResultId } = answer.value as { keyResultId?: string }
      if ('keyResultId' in input && action === 'checkIn') {
        run.checkIns.set(input.keyResultId, (run.checkIns.get(input.keyResultId) ?? 0) + 1)
      }
      run.answered.push({ action, mark: action === 'makeKeyResult' ? keyResultId! : mark })
    }
  }
  const worker = async (): Promise<void> => {
    while (!dead) {
      const team = await look()
      if (team === null) return
      await change(team, nextChange(run))
    }
  }
  const workers = Array.from({ length: together }, worker)
  await until(`${enough} changes`, () => run.answered.length - before >= enough, 60_000)
  await killAmid(child, run.random() * 40, () => underWay > 0)
  dead = true
  await Promise.all(workers)
}

/** Any of them, every other time one of those that were answered least. */
function nextChange({ answered, random }: Run): TeamChange {
  const any = () => Math.floor(random() * teamChanges.length)
  if (random() < 0.5) return teamChanges[any()]!
  const times = (name: TeamChange) => answered.filter(({ action }) => action === name).length
  const least = Math.min(...teamChanges.map(times))
  const from = any()
  const rest = [...teamChanges.slice(from), ...teamChanges.slice(0, from)]
  return rest.find((name) => times(name) <= least + 1)!
}

function inspect(dir: string, kills: number, { answered, cutOff, refused }: Run): OkrKillRun {
  const store = openReadonly({ file: databaseFile(dir) })
  try {
    const { entries, differences } = compareAudit(store.read)
    const { brokenAt } = checkAudit(store.read, null)
    if (brokenAt !== null) differences.push(`the audit trail's chain breaks at ${brokenAt}`)
    const told = new Map<string, string[]>()
    for (const { action, detail, subject } of entries) {
      const marks = [subject, ...(detail.match(/"m\d+"/g) ?? []).map((mark) => mark.slice(1, -1))]
      for (const mark of marks) told.set(mark, [...(told.get(mark) ?? []), action])
    }
    // What makes a key result is told as what it does: an objective or a key result that is created.
    const made = ['createObjective', 'createKeyResult']
    const isTold = ({ action, mark }: Change) =>
      told.get(mark)?.some((by) => (action === 'makeKeyResult' ? made.includes(by) : by === action)) === true
    const lost = answered.filter((one) => !isTold(one)).map(({ action, mark }) => `${action} ${mark}`)
    const counted = teamChanges.map((name) => [name, answered.filter(({ action }) => action === name).length])
    return {
      kills,
      answered: Object.fromEntries(counted) as Record<TeamChange, number>,
      cutOff,
      refused,
      lost,
      differences,
      entries: entries.length,
      integrity: String(store.read.pragma('integrity_check', { simple: true })),
    }
  } finally {
    store.close()
  }
}
