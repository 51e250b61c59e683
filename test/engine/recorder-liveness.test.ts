import { describe, expect, it } from 'vitest'
import { createFreshnessMonitor } from '../../electron/engine/freshness-monitor.ts'
import { lineMoment } from '../../electron/engine/views/moment.ts'
import { lineRules } from '../../shared/settings/line-rules.ts'
import { message, startRecording } from '../helpers/recording.ts'

const startMs = Date.parse('2026-03-02T08:00:00Z')
const minuteMs = 60_000

describe('what is known of a source beside its messages', () => {
  it('alive without a message: what it said holds, and no silence is noted', () => {
    const r = startRecording(startMs)
    const { recorder, clock } = r
    recorder.noteAlive('a')
    expect(recorder.model('a').lastSeen).toEqual({})
    recorder.record([message('a/state', { state: 'running' }, startMs)])
    clock.nowMs = startMs + 10 * minuteMs
    recorder.noteAlive('a')
    const { lastSeen } = recorder.model('a')
    expect(lastSeen.state).toEqual({ atMs: startMs, arrivedMs: startMs + 10 * minuteMs })
    expect(r.differences()).toEqual([])
    r.reopen()
    expect(r.recorder.model('a').facts.silences).toEqual([])
    r.recorder.noteSilence('a', startMs + 10 * minuteMs)
    clock.nowMs += minuteMs
    r.recorder.noteAlive('a')
    expect(r.recorder.model('a').facts.silences).toEqual([
      { startMs: startMs + 10 * minuteMs, endMs: startMs + 11 * minuteMs },
    ])
    expect(r.differences()).toEqual([])
    r.close()
  })

  it('lost: unknown since then whatever other sources say, one span, and stale at once', () => {
    const r = startRecording(startMs)
    const { recorder, clock, plant } = r
    let lostMs: number | null = null
    const monitor = createFreshnessMonitor({
      lines: plant.lines.slice(0, 1),
      model: recorder.model,
      noteSilence: recorder.noteSilence,
      noteLoss: recorder.noteLoss,
      lostSince: () => lostMs,
    })
    recorder.record([message('a/state', { state: 'running' }, startMs)])
    lostMs = startMs + 2_000
    for (let s = 3; s < 30; s++) {
      clock.nowMs = startMs + s * 1_000
      recorder.record([message('a/count', { good: 1 }, clock.nowMs)])
      monitor.check(clock.nowMs)
    }
    const { silences } = recorder.model('a').facts
    expect(silences).toEqual([{ startMs: startMs + 2_000, endMs: null }])
    expect(r.differences()).toEqual([])

    const settings = plant.lines[0]!
    const rules = lineRules(settings, plant.site.timeZone)
    const moment = (isLost: boolean) => lineMoment(settings, rules, recorder.model('a'), clock.nowMs, isLost)
    expect(moment(false).freshness).toBe('fresh')
    expect(moment(true)).toMatchObject({ freshness: 'stale', finishedFreshness: 'stale' })

    lostMs = null
    clock.nowMs += 1_000
    recorder.record([message('a/count', { good: 1 }, clock.nowMs)])
    monitor.check(clock.nowMs)
    expect(recorder.model('a').facts.silences).toEqual([
      { startMs: startMs + 2_000, endMs: startMs + 30_000 },
    ])
    expect(r.differences()).toEqual([])
    r.close()
  })

  it('a line that was never heard has nothing to lose', () => {
    const r = startRecording(startMs)
    r.recorder.noteLoss('a', startMs)
    expect(r.recorder.model('a').facts.silences).toEqual([])
    r.close()
  })
})
