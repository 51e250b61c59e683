import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { databaseFile } from '../../db/data-dir.ts'
import type { ReadDb } from '../../db/handles.ts'
import { openReadonly } from '../../db/open-database.ts'
import { readObjectives } from '../../db/queries/objectives.ts'
import { type AuditRecord, recordsOf } from '../../electron/engine/okr/records.ts'
import type { OkrReceipt } from '../../shared/contract/okr-calls.ts'
import type { Answer, CallMessage, CallName } from '../../shared/contract/protocol.ts'
import { createInput, draft } from './okr-drafts.ts'
import type { OkrNews } from './okr-child.ts'
import { seededRandom } from './random.ts'
import { makeTempDir } from './temp-dir.ts'
import { until } from './until.ts'

export type OkrKillRun = {
  kills: number
  /** Changes that the engine had answered before it was killed. */
  answered: number
  /** Changes that were under way when it was killed. */
  cutOff: number
  refused: number
  /** Of the answered ones, those that the store lacks. */
  lost: string[]
  /** What the audit trail says otherwise than the tables, or than itself. */
  differences: string[]
  entries: number
  integrity: string
}

const pin = '864213'
/** Calls that wait at the same time. */
const together = 6

type Change = { action: string; subject: string; version: number | null }

/** Kills a real engine in the middle of bursts of changes, `kills` times, and compares its tables with its audit trail. */
export async function okrKillRun(options: { kills: number; seed: number }): Promise<OkrKillRun> {
  const random = seededRandom(options.seed)
  const dir = makeTempDir('okr-kill')
  const answered: Change[] = []
  const counts = { cutOff: 0, refused: 0 }
  let child: Child | null = null
  try {
    for (let kill = 0; kill < options.kills; kill++) {
      child = await startChild(dir.path)
      await burst(child, { kill, random, answered, counts, killAfterMs: 400 + random() * 900 })
    }
    child = await startChild(dir.path)
    await child.end('SIGKILL')
    return inspect(dir.path, options.kills, answered, counts)
  } finally {
    await child?.end('SIGKILL')
    dir.remove()
  }
}

type Child = {
  call: <N extends CallName>(name: N, input: CallMessage<N>) => Promise<Answer<unknown> | null>
  end: (signal: NodeJS.Signals) => Promise<void>
}

async function startChild(dataDir: string): Promise<Child> {
  const started: ChildProcess = fork(join(import.meta.dirname, 'okr-child.ts'), [dataDir, pin], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  const waiting = new Map<number, (answer: Answer<unknown> | null) => void>()
  let errors = ''
  let up = false
  let calls = 0
  started.stderr?.on('data', (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-4_000)))
  started.on('message', (news: OkrNews) => {
    if ('up' in news) up = true
    else {
      waiting.get(news.id)?.(news.answer as Answer<unknown>)
      waiting.delete(news.id)
    }
  })
  const gone = new Promise<void>((resolve) => started.once('exit', () => resolve()))
  void gone.then(() => {
    for (const resolve of waiting.values()) resolve(null)
    waiting.clear()
  })
  await until(
    'engine up',
    () => {
      if (started.exitCode !== null) throw new Error(`the engine ended by itself: ${errors}`)
      return up
    },
    30_000,
  )
  return {
    call: (name, input) =>
      new Promise((resolve) => {
        if (!started.connected) return resolve(null)
        const id = (calls += 1)
        waiting.set(id, resolve)
        started.send({ id, name, input }, (error) => {
          if (error) resolve(null)
        })
      }),
    end: async (signal) => {
      if (started.exitCode === null && started.signalCode === null) started.kill(signal)
      await gone
    },
  }
}

/** Changes of every kind, several at a time, until the process is dead. */
async function burst(
  child: Child,
  run: {
    kill: number
    random: () => number
    answered: Change[]
    counts: { cutOff: number; refused: number }
    killAfterMs: number
  },
): Promise<void> {
  const { random, answered, counts } = run
  let dead = false
  const known: { objectiveId: string; keyResultId: string; version: number }[] = []
  const ask = async <N extends CallName>(name: N, subject: string | null, input: CallMessage<N>) => {
    const answer = await child.call(name, input)
    if (answer === null) counts.cutOff++
    else if (!answer.ok) counts.refused++
    else {
      const value = answer.value as Partial<OkrReceipt> & { keyResultIds?: string[] }
      const about = subject ?? value.objectiveId ?? ''
      answered.push({ action: name, subject: about, version: value.version ?? null })
      return value
    }
    return null
  }
  const worker = async (): Promise<void> => {
    for (let n = 0; !dead; n++) {
      const one = known[Math.floor(random() * known.length)]
      if (one === undefined || random() < 0.15) {
        const made = await ask('createObjective', null, createInput(pin, { keyResults: [draft(), draft()] }))
        const keyResultId = made?.keyResultIds?.[0]
        if (made && keyResultId) known.push({ objectiveId: made.objectiveId!, keyResultId, version: 1 })
        continue
      }
      const { keyResultId, objectiveId, version } = one
      const target = { baseline: 0, target: 11 + n, due: null, reason: `kill ${run.kill}, change ${n}` }
      const kind = random()
      const done =
        kind < 0.4
          ? await ask('changeTarget', keyResultId, { keyResultId, version, pin, ...target })
          : kind < 0.6
            ? await ask('proposeTarget', objectiveId, {
                keyResultId,
                target: 5 + n,
                due: null,
                reason: 'x',
                pin,
              })
            : kind < 0.7
              ? await ask('createKeyResult', objectiveId, { objectiveId, version, pin, keyResult: draft() })
              : await ask('checkIn', keyResultId, {
                  keyResultId,
                  value: n,
                  confidence: 'yes',
                  sentence: `n${n}`,
                  pin,
                })
      if (done?.version !== undefined) one.version = Math.max(one.version, done.version)
    }
  }
  const workers = Array.from({ length: together }, worker)
  await new Promise((resolve) => setTimeout(resolve, run.killAfterMs))
  dead = true
  await child.end('SIGKILL')
  await Promise.all(workers)
}

function inspect(
  dir: string,
  kills: number,
  answered: readonly Change[],
  counts: { cutOff: number; refused: number },
): OkrKillRun {
  const store = openReadonly({ file: databaseFile(dir) })
  try {
    const { entries, differences } = compareAudit(store.read)
    const kept = new Set(entries.map(({ action, subject }) => `${action} ${subject}`))
    const lost = answered
      .filter(({ action, subject }) => !kept.has(`${action} ${subject}`))
      .map(({ action, subject }) => `${action} ${subject}`)
    const versions = new Map(readObjectives(store.read, 'l1').map(({ id, version }) => [id, version]))
    for (const { action, subject, version } of answered) {
      const now = versions.get(subject)
      if (version !== null && now !== undefined && now < version)
        lost.push(`${action} ${subject} v${version}`)
    }
    const integrity = String(store.read.pragma('integrity_check', { simple: true }))
    return {
      kills,
      answered: answered.length,
      ...counts,
      lost,
      differences,
      entries: entries.length,
      integrity,
    }
  } finally {
    store.close()
  }
}

type Entry = { action: string; subject: string; detail: string }

/** Plays the audit trail from its beginning: each entry must go on from what the ones before it said, up to the tables. */
export function compareAudit(read: ReadDb): { entries: Entry[]; differences: string[] } {
  const entries = read.prepare('SELECT action, subject, detail FROM audit ORDER BY seq').all() as Entry[]
  const differences: string[] = []
  const played = new Map<string, AuditRecord>()
  const notes = new Set<string>()
  const proposals = new Set<string>()
  for (const { action, subject, detail } of entries) {
    const { before, after, proposal } = JSON.parse(detail) as {
      before?: AuditRecord | null
      after?: AuditRecord
      proposal?: { id: string }
    }
    if (after === undefined) continue
    if (proposal) proposals.add(proposal.id)
    if (action === 'checkIn') {
      notes.add(String(after.id))
      continue
    }
    const known = played.get(subject)
    for (const [key, value] of Object.entries(before ?? {})) {
      if (JSON.stringify(known?.[key]) !== JSON.stringify(value))
        differences.push(`${action} ${subject}: ${key} before`)
    }
    if (before === null && known) differences.push(`${action} ${subject}: made twice`)
    played.set(subject, { ...known, ...after })
  }
  const stored = new Map(
    ['', 'l1'].flatMap((lineId) => readObjectives(read, lineId)).flatMap((one) => [...recordsOf(one)]),
  )
  for (const [id, record] of stored) {
    if (JSON.stringify(sorted(played.get(id))) !== JSON.stringify(sorted(record)))
      differences.push(`state of ${id}`)
  }
  for (const id of played.keys()) if (!stored.has(id)) differences.push(`no row of ${id}`)
  const rows = (sql: string) => read.prepare(sql).pluck().all() as string[]
  const same = (what: string, told: Set<string>, kept: string[]) => {
    if (kept.length !== told.size || kept.some((id) => !told.has(id))) differences.push(what)
  }
  same('check-ins', notes, rows('SELECT id FROM check_in'))
  same('proposals', proposals, rows('SELECT id FROM counter_proposal'))
  return { entries, differences }
}

function sorted(record: AuditRecord | undefined): [string, unknown][] {
  return Object.entries(record ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))
}
