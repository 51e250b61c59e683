import { afterEach, describe, expect, it, vi } from 'vitest'
import { backOffMs } from '../../../../electron/engine/ingest/back-off.ts'
import { batchLimit, createGroupCommit, queueLimit } from '../../../../electron/engine/ingest/group-commit.ts'
import { gatherBelow, gatherMs } from '../../../../electron/engine/ingest/ack-after-sync.ts'
import type { AckStream } from '../../../../electron/engine/ingest/ack-after-sync.ts'
import type { IncomingMessage } from '../../../../electron/engine/recorder.ts'
import { until } from '../../../helpers/until.ts'

const message = (packetId: number | null): IncomingMessage => ({
  topic: 't',
  payload: new Uint8Array(1),
  arrivedMs: 0,
  dup: false,
  retain: false,
  packetId,
})

function socket(): AckStream & { written: Buffer[] } {
  const written: Buffer[] = []
  return { written, destroyed: false, write: (chunk) => written.push(chunk) }
}

function setUp() {
  const stream = socket()
  const batches: number[][] = []
  const problems: (string | null)[] = []
  const up = { stream: stream as AckStream | null, fails: false, sync: () => Promise.resolve() }
  const commit = createGroupCommit({
    record: (batch) => {
      if (up.fails) throw Object.assign(new Error('full'), { code: 'SQLITE_FULL' })
      batches.push(batch.map(({ packetId }) => packetId ?? 0))
    },
    sync: () => up.sync(),
    paceMs: () => 10,
    stream: () => up.stream,
    onProblem: (problem) => problems.push(problem && `${problem.kind}: ${problem.text}`),
  })
  return { commit, stream, batches, problems, up }
}

afterEach(() => {
  vi.useRealTimers()
})

describe('createGroupCommit', () => {
  it('commits what came together and acknowledges it in one write, QoS 0 not at all', async () => {
    const { commit, stream, batches } = setUp()
    for (const packetId of [1, 2, 258]) commit.push(message(packetId), stream)
    commit.push(message(null), null)
    expect(batches).toEqual([])
    await until('acknowledged', () => stream.written.length === 1)
    expect(batches).toEqual([[1, 2, 258, 0]])
    expect(stream.written.map((chunk) => chunk.toString('hex'))).toEqual(['400200014002000240020102'])
  })

  it('commits at once when a batch is full', () => {
    const { commit, stream, batches } = setUp()
    for (let n = 1; n <= batchLimit; n++) commit.push(message(n), stream)
    expect(batches.map((batch) => batch.length)).toEqual([batchLimit])
    commit.close()
  })

  it('acknowledges nothing on a connection that the message did not come from', async () => {
    const { commit, stream, batches, up } = setUp()
    const next = socket()
    commit.push(message(1), stream)
    up.stream = next
    commit.push(message(2), next)
    await until('acknowledged', () => next.written.length === 1)
    expect(batches).toEqual([[1, 2]])
    expect(stream.written).toEqual([])
    expect(next.written.map((chunk) => chunk.toString('hex'))).toEqual(['40020002'])
  })

  it('keeps the batch while the store refuses, holds the broker back when full, and goes on by itself', async () => {
    const { commit, stream, batches, problems, up } = setUp()
    up.fails = true
    for (let n = 1; n < queueLimit; n++) commit.push(message(n % 65_536), stream)
    expect(commit.isFull()).toBe(false)
    commit.push(message(1), stream)
    expect(commit.isFull()).toBe(true)
    let resumed = 0
    commit.whenRoom(() => resumed++)
    expect([stream.written.length, batches.length, resumed]).toEqual([0, 0, 0])
    up.fails = false
    const acknowledged = (): number => stream.written.reduce((sum, chunk) => sum + chunk.length, 0) / 4
    await until('all acknowledged', () => acknowledged() === queueLimit)
    expect(batches.reduce((sum, batch) => sum + batch.length, 0)).toBe(queueLimit)
    expect(resumed).toBe(1)
    expect(problems[0]).toMatch(/^full: The disk is full/)
    expect(problems[problems.length - 1]).toBeNull()
  })

  it('acknowledges when the disk has it: what is committed meanwhile shares the next sync', async () => {
    const { commit, stream, batches, up } = setUp()
    const syncs: (() => void)[] = []
    up.sync = () => new Promise((resolve) => syncs.push(resolve))
    for (const packetId of [1, 2, 3]) {
      commit.push(message(packetId), stream)
      await until('committed', () => batches.length === packetId)
    }
    expect([syncs.length, stream.written.length]).toEqual([1, 0])
    syncs[0]!()
    await until('the second sync', () => syncs.length === 2)
    expect(stream.written.map((chunk) => chunk.toString('hex'))).toEqual(['40020001'])
    syncs[1]!()
    await commit.flushAll()
    expect(stream.written.map((chunk) => chunk.toString('hex'))).toEqual(['40020001', '40020002', '40020003'])
    commit.close()
  })

  it('lets a lone message wait for its sync a little, so that it is on the screens first; not many, nor the next', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const turn = async () => {
      for (let n = 0; n < 4; n++) await new Promise(setImmediate)
    }
    for (const messages of [1, gatherBelow]) {
      const { commit, stream, batches, up } = setUp()
      let syncs = 0
      up.sync = () => Promise.resolve(void syncs++)
      for (let packetId = 1; packetId <= messages; packetId++) commit.push(message(packetId), stream)
      await turn()
      expect([batches.length, syncs]).toEqual([1, messages === 1 ? 0 : 1])
      vi.advanceTimersByTime(gatherMs)
      await turn()
      expect([syncs, stream.written.length]).toEqual([1, 1])
      commit.push(message(20), stream)
      await turn()
      // Only the pace of the commits may hold it up.
      if (batches.length === 1) vi.advanceTimersToNextTimer()
      await turn()
      expect([batches.length, syncs, stream.written.length]).toEqual([2, 2, 2])
      commit.close()
    }
  })

  it('acknowledges nothing while the disk refuses, holds the broker back when that is too much, and goes on by itself', async () => {
    const { commit, stream, batches, problems, up } = setUp()
    up.sync = () => Promise.reject(Object.assign(new Error('EIO: i/o error, fdatasync'), { code: 'EIO' }))
    for (let n = 1; n <= queueLimit; n++) commit.push(message(n % 65_536), stream)
    await until('told', () => problems.length > 0)
    expect(problems[0]).toMatch(/^failing: Storing fails \(EIO: i\/o error, fdatasync\): check the disk/)
    expect([batches.length, commit.queued(), commit.isFull()]).toEqual([queueLimit / batchLimit, 0, true])
    let resumed = 0
    commit.whenRoom(() => resumed++)
    up.sync = () => Promise.resolve()
    await until('acknowledged', () => resumed === 1)
    expect(stream.written.reduce((sum, chunk) => sum + chunk.length, 0)).toBe(queueLimit * 4)
    expect(problems[problems.length - 1]).toBeNull()
    commit.close()
  })
})

describe('backOffMs', () => {
  it('tries again quickly once, then from about 1 s doubling to 30 s', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 50].map((failures) => backOffMs(failures, 1))).toEqual([
      400, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000,
    ])
    expect([1, 2, 50].map((failures) => backOffMs(failures, 0))).toEqual([200, 1_000, 15_000])
  })
})
