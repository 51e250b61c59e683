import { expect, test } from 'vitest'
import { answerWithinS, openCalls } from '../../../../electron/engine/views/open-calls.ts'
import type { CallFact } from '../../../../shared/domain/facts.ts'

const raised = (call: string, category: string): CallFact => ({
  seq: 1,
  call,
  event: 'raise',
  atMs: 1_000,
  category,
})

test('a call is overdue by the limit of its category, else by the default one of the plant, else by ours', () => {
  const calls = [raised('a', 'safety'), raised('b', 'quality'), raised('c', 'toString')]
  const limits = (given?: Record<string, number>) =>
    openCalls(calls, { calls: [], callAnswerS: given ?? {} }, 1_000).map(
      ({ answerByMs }) => (answerByMs - 1_000) / 1_000,
    )
  expect(limits({ safety: 60, default: 120 })).toEqual([60, 120, 120])
  expect(limits({ safety: 60 })).toEqual([60, answerWithinS, answerWithinS])
  expect(limits()).toEqual([answerWithinS, answerWithinS, answerWithinS])
})
