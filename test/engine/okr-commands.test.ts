import { afterEach, describe, expect, test } from 'vitest'
import { databaseFile } from '../../db/data-dir.ts'
import { openReadonly } from '../../db/open-database.ts'
import { readAudit } from '../../db/queries/audit.ts'
import type { PageClient } from '../helpers/page-client.ts'
import { startEngineRig, type EngineRig } from '../helpers/engine-rig.ts'
import { createInput, draft, testCycle } from '../helpers/okr-drafts.ts'
import { minute, six, testLine } from '../helpers/view-input.ts'

const rigs: EngineRig[] = []
afterEach(async () => {
  for (const rig of rigs.splice(0)) await rig.stop()
})

const pin = '4711'

async function start(): Promise<{ rig: EngineRig; page: PageClient }> {
  const rig = await startEngineRig({ nowMs: six + 60 * minute, lines: [testLine()], demoPin: pin })
  rigs.push(rig)
  const page = rig.page()
  await page.hello()
  return { rig, page }
}

function audit(rig: EngineRig) {
  const store = openReadonly({ file: databaseFile(rig.dir) })
  try {
    return readAudit(store.read, 50)
  } finally {
    store.close()
  }
}

/** The value of an answer that must not be a refusal. */
function value<T>(answer: { ok: true; value: T } | { ok: false; error: { message: string } }): T {
  if (!answer.ok) throw new Error(answer.error.message)
  return answer.value
}

async function created(
  page: PageClient,
  keyResults = [draft(), draft({ name: 'Scrap', baseline: 3, target: 1 })],
) {
  return value(await page.call('createObjective', createInput(pin, { keyResults })))
}

describe('an objective', () => {
  test('is made with its key results, shows on the board, and leaves an entry for each record', async () => {
    const { rig, page } = await start()
    const made = await created(page)
    expect(made).toMatchObject({ by: 'Demo', version: 1 })
    const board = await page.until((b) => b.keyResults.items.length === 2, 'the key results')
    expect(board.keyResults.objectives[0]?.title).toBe('Right first time')
    expect(board.keyResults.items.map(({ id }) => id)).toEqual(made.keyResultIds)
    const entries = audit(rig)
    expect(entries.map(({ subject }) => subject).sort()).toEqual(
      [made.objectiveId, ...made.keyResultIds].sort(),
    )
    expect(JSON.parse(entries[0]!.detail)).toMatchObject({ version: 1, before: null })
  })

  test('two people at once: the second is told who was first, and nothing is lost', async () => {
    const { page } = await start()
    const { objectiveId, version } = await created(page)
    const change = (title: string) =>
      page.call('editObjective', { objectiveId, version, pin, objective: { title, cycle: testCycle } })
    expect(value(await change('First'))).toMatchObject({ version: 2 })
    expect(await change('Second')).toEqual({
      ok: false,
      error: {
        code: 'conflict',
        message: 'Demo changed "First" in the meantime: look at it again, then repeat your change.',
      },
    })
    const { objectives } = value(await page.call('okrs', { lineId: 'l1' }))
    expect(objectives).toMatchObject([{ title: 'First', version: 2 }])
  })

  test('takes at most five key results, and no span of zero', async () => {
    const { page } = await start()
    const { objectiveId } = await created(
      page,
      [1, 2, 3, 4, 5].map((n) => draft({ name: `K${n}` })),
    )
    const sixth = await page.call('createKeyResult', { objectiveId, version: 1, pin, keyResult: draft() })
    expect(sixth).toMatchObject({ error: { code: 'not-allowed' } })
    const flat = await page.call('createObjective', createInput(pin, { keyResults: [draft({ target: 0 })] }))
    expect(flat).toMatchObject({ error: { code: 'bad-input', message: /must differ from the baseline/ } })
    const orphan = await page.call(
      'createObjective',
      createInput(pin, { keyResults: [draft({ parent: 'nobody' })] }),
    )
    expect(orphan).toMatchObject({ error: { code: 'bad-input', message: /"nobody" to serve/ } })
  })

  test('ends with grades and lessons, leaves the board, and takes no change any more', async () => {
    const { page } = await start()
    const { objectiveId, keyResultIds } = await created(page)
    const [ideas] = keyResultIds
    const say = { keyResultId: ideas!, value: 7, confidence: 'yes' as const, sentence: '', pin }
    value(await page.call('checkIn', say))
    const closed = value(
      await page.call('closeObjective', {
        objectiveId,
        version: 1,
        pin,
        lesson: 'Ask the night shift earlier',
        lessons: { [ideas!]: 'Small ones first' },
      }),
    )
    expect(Object.values(closed.grades)).toEqual([0.7, 0])
    await page.until((b) => b.keyResults.objectives.length === 0, 'an empty board')
    const { objectives } = value(await page.call('okrs', { lineId: 'l1' }))
    expect(objectives[0]).toMatchObject({
      ended: { why: 'closed', lesson: 'Ask the night shift earlier' },
      keyResults: [
        { ended: { grade: 0.7, lesson: 'Small ones first' } },
        { ended: { grade: 0, lesson: null } },
      ],
    })
    expect(await page.call('archiveObjective', { objectiveId, version: 2, pin, reason: 'x' })).toMatchObject({
      error: { code: 'not-allowed' },
    })
    expect(await page.call('checkIn', say)).toMatchObject({
      error: { message: 'This key result has ended.' },
    })
  })
})

describe('a key result', () => {
  test('keeps its earlier targets when one changes, with who and why', async () => {
    const { rig, page } = await start()
    const { keyResultIds } = await created(page)
    rig.clock.nowMs += minute
    const change = { keyResultId: keyResultIds[0]!, version: 1, pin, baseline: 0, target: 20, due: null }
    value(await page.call('changeTarget', { ...change, reason: 'Ten were too few' }))
    const board = await page.until((b) => b.keyResults.items[0]?.target === 20, 'the new target')
    expect(board.keyResults.items[0]?.targets).toMatchObject([
      { target: 10, by: 'Demo' },
      { target: 20, by: 'Demo', reason: 'Ten were too few' },
    ])
    expect(audit(rig)[0]).toMatchObject({ action: 'changeTarget' })
    const detail = JSON.parse(audit(rig).find(({ subject }) => subject === keyResultIds[0])!.detail) as object
    expect(detail).toMatchObject({
      before: { target: 10 },
      after: { target: 20 },
      reason: 'Ten were too few',
    })
  })

  test('a target is answered with a counter-proposal, and accepting it makes it the target', async () => {
    const { page } = await start()
    const { keyResultIds } = await created(page)
    const keyResultId = keyResultIds[0]!
    const proposal = { keyResultId, target: 8, due: null, reason: 'The new filler comes in March', pin }
    const { proposalId, version } = value(await page.call('proposeTarget', proposal))
    const answer = { proposalId, version, accept: true, reason: 'Agreed', pin }
    value(await page.call('answerProposal', answer))
    await page.until((b) => b.keyResults.items[0]?.target === 8, 'the proposed target')
    const { objectives } = value(await page.call('okrs', { lineId: 'l1' }))
    expect(objectives[0]?.keyResults[0]).toMatchObject({
      proposals: [{ answer: 'accepted', answeredBy: 'Demo', answerReason: 'Agreed' }],
      targets: [{ target: 10 }, { target: 8, reason: 'The new filler comes in March' }],
    })
    const twice = await page.call('answerProposal', { ...answer, version: version + 1 })
    expect(twice).toMatchObject({ error: { message: 'This proposal was answered already.' } })
  })

  test('made of milestones moves as they are done', async () => {
    const { page } = await start()
    const milestones = [{ name: 'Trial' }, { name: 'Training', weight: 3 }]
    const source = { kind: 'milestones' as const, milestones }
    const { keyResultIds } = await created(page, [draft({ unit: '%', target: 100, source })])
    const say = { keyResultId: keyResultIds[0]!, confidence: 'unsure' as const, sentence: '', pin }
    expect(await page.call('checkIn', { ...say, value: 50 })).toMatchObject({ error: { code: 'bad-input' } })
    expect(await page.call('checkIn', { ...say, value: null, milestones: [2] })).toMatchObject({
      error: { message: 'There is no such milestone.' },
    })
    value(await page.call('checkIn', { ...say, value: null, milestones: [1] }))
    const board = await page.until((b) => b.keyResults.items[0]?.value === 75, 'three quarters')
    expect(board.keyResults.items[0]).toMatchObject({ confidence: 'unsure', progress: { progress: 0.75 } })
  })

  test('a late check-in counts where it belongs, and none is of the future', async () => {
    const { rig, page } = await start()
    const { keyResultIds } = await created(page)
    const say = { keyResultId: keyResultIds[0]!, confidence: 'yes' as const, sentence: '', pin }
    value(await page.call('checkIn', { ...say, value: 4 }))
    rig.clock.nowMs += minute
    const late = { ...say, value: 2, sentence: 'of yesterday', forMs: six - 24 * 60 * minute }
    value(await page.call('checkIn', late))
    const board = await page.until((b) => b.keyResults.items[0]?.lastSentence === 'of yesterday', 'the words')
    expect(board.keyResults.items[0]).toMatchObject({ value: 4, sampleSize: 2 })
    const ahead = await page.call('checkIn', { ...say, value: 9, forMs: rig.clock.nowMs + 1 })
    expect(ahead).toMatchObject({ error: { code: 'bad-input' } })
  })

  test('everything is there after a restart', async () => {
    const { rig, page } = await start()
    const { objectiveId } = await created(page)
    const keyResult = draft({ name: 'OEE', source: { kind: 'kpi', kpi: 'oee', window: { kind: 'week' } } })
    value(await page.call('createKeyResult', { objectiveId, version: 1, pin, keyResult }))
    const before = value(await page.call('okrs', { lineId: 'l1' }))
    await rig.restart()
    const again = rig.page()
    await again.hello()
    expect(value(await again.call('okrs', { lineId: 'l1' }))).toEqual(before)
    expect(before.objectives[0]?.keyResults[2]?.source).toEqual(keyResult.source)
  })
})

describe('a cycle', () => {
  test('takes at most five objectives: the sixth is refused in one sentence, in another cycle it is not', async () => {
    const { page } = await start()
    for (const title of ['A', 'B', 'C', 'D', 'E'])
      value(await page.call('createObjective', createInput(pin, { objective: { title, cycle: testCycle } })))
    const sixth = await page.call('createObjective', createInput(pin))
    expect(sixth).toMatchObject({
      error: {
        code: 'not-allowed',
        message:
          'There are 5 objectives in this cycle already: close one of them, or add a key result to one.',
      },
    })
    const later = { kind: 'quarter' as const, name: 'Q1', startDate: '2027-01-01', endDate: '2027-03-31' }
    const planned = { objective: { title: 'F', cycle: later } }
    const made = value(await page.call('createObjective', createInput(pin, planned)))
    const moved = {
      objectiveId: made.objectiveId,
      version: 1,
      pin,
      objective: { title: 'F', cycle: testCycle },
    }
    expect(await page.call('editObjective', moved)).toMatchObject({ error: { code: 'not-allowed' } })
    expect(page.board().keyResults.items).toHaveLength(5)
  })

  test('that is over is graded by what was reached, though another one runs already', async () => {
    const { rig, page } = await start()
    const { objectiveId, keyResultIds } = await created(page, [draft()])
    const say = { keyResultId: keyResultIds[0]!, value: 9, confidence: 'yes' as const, sentence: '', pin }
    value(await page.call('checkIn', say))
    rig.clock.nowMs = Date.parse('2027-01-04T08:00:00Z')
    const next = { kind: 'quarter' as const, name: 'Q1', startDate: '2027-01-01', endDate: '2027-03-31' }
    value(await page.call('createObjective', createInput(pin, { objective: { title: 'Next', cycle: next } })))
    await page.until((b) => b.keyResults.objectives[0]?.title === 'Next', 'the next cycle')
    const { views } = value(await page.call('okrs', { lineId: 'l1' }))
    expect(views.map(({ value: reached }) => reached)).toEqual([9, null])
    const close = { objectiveId, version: 1, pin, lesson: 'Start earlier' }
    expect(Object.values(value(await page.call('closeObjective', close)).grades)).toEqual([0.9])
  })
})

test('the history of an objective says who changed what, when, and how it was before', async () => {
  const { rig, page } = await start()
  const { objectiveId, keyResultIds } = await created(page, [draft()])
  rig.clock.nowMs += minute
  const objective = { title: 'Fewer stops', owner: 'Ana', cycle: testCycle }
  value(await page.call('editObjective', { objectiveId, version: 1, pin, objective }))
  const change = { keyResultId: keyResultIds[0]!, version: 2, pin, baseline: 0, target: 20, due: null }
  value(await page.call('changeTarget', { ...change, reason: 'Ten were too few' }))
  const history = value(await page.call('okrHistory', { objectiveId }))
  const about = (subject: string) => history.filter((one) => one.subject === subject)
  expect(about(keyResultIds[0]!)).toMatchObject([
    {
      action: 'changeTarget',
      by: 'Demo',
      before: { target: 10 },
      after: { target: 20 },
      reason: 'Ten were too few',
    },
    { action: 'createObjective', before: null },
  ])
  expect(about(objectiveId).find(({ action }) => action === 'editObjective')).toMatchObject({
    atMs: rig.clock.nowMs,
    before: { title: 'Right first time', owner: null },
    after: { title: 'Fewer stops', owner: 'Ana' },
  })
  expect(await page.call('okrHistory', { objectiveId: 'nobody' })).toMatchObject({
    error: { code: 'not-found' },
  })
})
