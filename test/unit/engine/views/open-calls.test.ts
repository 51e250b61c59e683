import { expect, test } from 'vitest'
import { openCalls } from '../../../../electron/engine/views/open-calls.ts'
import type { CallFact } from '../../../../shared/domain/facts.ts'
import { answerWithinS, callsSchema } from '../../../../shared/settings/calls.ts'

const raised = (call: string, category: string): CallFact => ({
  seq: 1,
  call,
  event: 'raise',
  atMs: 1_000,
  category,
})

test('a call is overdue by the limit of its kind of help, also where plant.yaml does not know the kind', () => {
  const calls = [raised('a', 'safety'), raised('b', 'quality'), raised('c', 'toString')]
  const rules = { calls: callsSchema.parse([{ id: 'safety', answerWithinS: 60 }, { id: 'quality' }]) }
  expect(openCalls(calls, rules, 1_000).map(({ answerByMs }) => (answerByMs - 1_000) / 1_000)).toEqual([
    60,
    answerWithinS,
    answerWithinS,
  ])
})
