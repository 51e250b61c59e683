import { onTestFinished } from 'vitest'
import { keepEqualParts, type CountedBoard } from '../../electron/engine/board-diff.ts'
import { CallFailure } from '../../electron/engine/call-failure.ts'
import { createFeed, type Feed } from '../../electron/engine/feed.ts'
import type { Guard } from '../../electron/engine/guard.ts'
import type { Commands } from '../../electron/engine/session.ts'
import type { Board } from '../../shared/contract/board.ts'
import { connectPage, type PageClient } from './page-client.ts'
import { sampleBoard } from './sample-board.ts'

export type FeedRig = {
  feed: Feed
  page: () => PageClient
  make: (lineId: string, made: number) => void
  log: string[]
  release: () => void
}

/** A feed of two lines whose boards the test sets, over real MessagePorts; to be called in a test, with whose end it closes. */
export function feedRig(
  options: {
    board?: (lineId: string) => Board | null
    numbers?: (lineId: string) => CountedBoard | null
  } = {},
): FeedRig {
  const boards = new Map([
    ['a', sampleBoard('a')],
    ['b', sampleBoard('b')],
  ])
  const log: string[] = []
  let release = (): void => undefined
  const held = new Promise<void>((resolve) => (release = resolve))
  const unused = () => Promise.reject(new Error('disk on fire, PIN 1234'))
  const commands: Commands = {
    logScrap: async ({ qty }, { device }) => ({ entryId: `${device}/${qty}`, atMs: 1 }),
    openStops: async () => {
      await held
      return []
    },
    selfTest: unused,
    leaveBoard: unused,
    setStopReason: unused,
    splitStop: unused,
    mergeStops: unused,
    startChangeover: unused,
    endChangeover: async () => {
      throw new CallFailure('not-found', 'No changeover is running.')
    },
    undo: unused,
    correctCount: unused,
    enterSafety: unused,
    enterFigure: unused,
    addNote: unused,
    rejects: unused,
    quarantined: unused,
    settleQuarantined: unused,
    health: unused,
    sources: unused,
    okrs: unused,
    okrHistory: unused,
    createObjective: unused,
    editObjective: unused,
    archiveObjective: unused,
    createKeyResult: unused,
    editKeyResult: unused,
    changeTarget: unused,
    archiveKeyResult: unused,
    proposeTarget: unused,
    answerProposal: unused,
    closeObjective: unused,
    lockIn: unused,
    kpis: unused,
    kpiHistory: unused,
    saveKpi: unused,
    actions: unused,
    actionHistory: unused,
    saveAction: unused,
    answerRed: unused,
    saveBarrier: unused,
    saveReview: unused,
    candidate: unused,
    makeKeyResult: unused,
    startHuddle: unused,
    stepHuddle: unused,
    countPresent: unused,
    finishHuddle: unused,
    signHours: unused,
    raiseToTier: unused,
    answerTier: unused,
    huddles: unused,
    paper: unused,
    reportShifts: unused,
    checkIn: async () => {
      throw new CallFailure('locked', 'Wait.', 60_000)
    },
    raiseCall: unused,
    answerCall: unused,
    callTimes: unused,
    changeoverStep: unused,
    people: unused,
    addPerson: unused,
    addFirstAdmin: unused,
    setRole: unused,
    resetPin: unused,
    setBadge: unused,
    retirePerson: unused,
    changePin: unused,
    auditTrail: unused,
  }
  /** Lets everybody do everything; who may do what is guard.test.ts' subject. */
  const guard: Guard = {
    admit: async (_name, _pin, device) => ({ device, by: 'Somebody', personId: 'p', role: 'admin' }),
    signIn: unused,
    signInBadge: unused,
    signOut: () => {},
    refused: () => 0,
  }
  const feed = createFeed({
    version: '1.2.3',
    now: () => 42,
    defaultLineId: 'a',
    commands,
    guard,
    board: options.board ?? ((lineId) => boards.get(lineId) ?? null),
    numbers: options.numbers ?? (() => null),
    log: (level, message) => log.push(`${level} ${message}`),
  })
  onTestFinished(feed.close)
  return {
    feed,
    log,
    release,
    page: () => {
      const page = connectPage(feed.attach)
      onTestFinished(page.close)
      return page
    },
    make: (lineId, made) => {
      boards.set(lineId, keepEqualParts(boards.get(lineId) ?? null, sampleBoard(lineId, made)))
      feed.changed(new Set([lineId]))
    },
  }
}
