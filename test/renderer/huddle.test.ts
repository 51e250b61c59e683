import { describe, expect, test } from 'vitest'
import type { BoardView } from '../../renderer/board-view.tsx'
import { createFormat } from '../../renderer/i18n/format.ts'
import { english } from '../../renderer/i18n/words.ts'
import { huddleStroke } from '../../renderer/rotation/use-huddle-clicker.ts'
import { stepFacts } from '../../renderer/screens/huddle/step-facts.ts'
import type { HuddleTopic } from '../../shared/domain/huddle/agenda.ts'
import { atStep } from '../fixtures/board-huddle.ts'
import { fixtureNowMs, makeBoard } from '../fixtures/board.ts'

describe('the clicker', () => {
  const at = (step: number, asked = false) => ({ step, steps: 7, asked })

  test('goes on and back, and stays at the first step', () => {
    expect(huddleStroke(at(0), 'next')).toEqual({ to: 'step', step: 1 })
    expect(huddleStroke(at(3), 'previous')).toEqual({ to: 'step', step: 2 })
    expect(huddleStroke(at(0), 'previous')).toBeNull()
  })

  test('asks at the last step before it ends the huddle', () => {
    expect(huddleStroke(at(6), 'next')).toEqual({ to: 'ask' })
    expect(huddleStroke(at(6, true), 'next')).toEqual({ to: 'finish' })
    expect(huddleStroke(at(6, true), 'previous')).toEqual({ to: 'step', step: 5 })
  })

  test('never leaves the huddle by a key for home or for the pause', () => {
    expect(huddleStroke(at(2), 'home')).toBeNull()
    expect(huddleStroke(at(2), 'pause')).toBeNull()
  })
})

describe('the facts of a step', () => {
  const board = atStep(makeBoard(), 0)
  const view = {
    board,
    nowMs: fixtureNowMs,
    trust: 'live',
    linkLost: false,
    format: createFormat('en', 'Europe/Berlin'),
    t: english.t,
  } as BoardView
  const facts = (topic: HuddleTopic, max = 5) => stepFacts(topic, board.huddle.current!, view, max)

  test('are the values of the shift, not of their texts', () => {
    const { pace, scrap } = board.huddle.current!.report!
    expect(facts('delivery').hero).toMatchObject({ id: 'huddle-gap', raw: pace!.gap })
    expect(facts('quality').hero).toMatchObject({ id: 'huddle-scrap-ratio', raw: scrap.ratio })
    expect(facts('quality').rows.reduce((sum, { raw }) => sum + Number(raw), 0)).toBe(
      scrap.reasons.reduce((sum, { qty }) => sum + qty, 0),
    )
  })

  test('keep room for short stops, and for one question to the next tier', () => {
    expect(facts('delivery', 4).rows.map(({ id }) => id)).toEqual([
      'huddle-oee',
      'huddle-stop-0',
      'huddle-stop-1',
      'huddle-micro',
    ])
    expect(facts('actions', 4).rows.at(-1)).toMatchObject({ id: 'huddle-raised-t1', status: 'warn' })
  })

  test('that nobody knows are words, never a zero', () => {
    const bare = { ...board.huddle.current!, report: null, next: null, keyResultId: null }
    for (const topic of ['quality', 'delivery', 'changeovers', 'calls', 'plan', 'keys'] as const) {
      const { hero, words } = stepFacts(topic, bare, view, 5)
      expect([topic, hero, words === '' || words === undefined]).toEqual([topic, null, false])
    }
  })
})
