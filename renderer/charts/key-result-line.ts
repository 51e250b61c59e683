import type { ChartConfiguration } from 'chart.js'
import type { KeyResultView } from '../../shared/domain/key-results.ts'
import { cycleWeeks } from '../../shared/domain/okr/cycle.ts'
import type { TargetStretch } from '../../shared/domain/okr/target-steps.ts'
import type { KeyResultLook } from '../key-results/look.ts'
import type { Paint } from './ChartCanvas.tsx'
import { bareOptions } from './ChartCanvas.tsx'
import { drawDot } from './xmr.ts'

export type KeyResultLine = {
  baseline: number
  target: number
  weeks: number
  /** Weeks passed, by working days. */
  nowWeek: number
  value: number | null
  shouldBe: number | null
  history: readonly { x: number; y: number }[]
  /** Where it leads by its end; null: not known, there already, or of no use because the value is old. */
  end: number | null
  /** Baselines and targets as steps; empty: only the pace. */
  steps: readonly TargetStretch[]
  status: KeyResultLook['status']
  old: boolean
}

/** `withSteps`: the target is drawn as a step also where it was never changed. */
export function keyResultLine(item: KeyResultView, look: KeyResultLook, withSteps = false): KeyResultLine {
  const weeks = cycleWeeks(item.span)
  const nowWeek = (item.progress?.expected ?? 0) * weeks
  // Where it leads is no question any more once it is there.
  const isOpen = look.value !== null && !look.old && item.held.inRow === 0
  return {
    baseline: item.baseline,
    target: item.target,
    weeks,
    nowWeek,
    value: look.value,
    shouldBe: look.progress?.shouldBe ?? null,
    history: item.history.filter((point) => point.x <= nowWeek),
    end: isOpen && nowWeek < weeks ? (item.predicted?.value ?? null) : null,
    steps: withSteps || item.targets.length > 1 ? item.targets : [],
    status: look.status,
    old: look.old,
  }
}

/** Lowest and highest value of the chart, with room for the marks. */
export function keyResultScale(line: KeyResultLine): { min: number; max: number } {
  const span = Math.abs(line.target - line.baseline)
  const bound = (value: number) =>
    Math.max(
      Math.min(line.baseline, line.target) - span,
      Math.min(Math.max(line.baseline, line.target) + span, value),
    )
  const steps = line.steps.flatMap(({ baseline, target }) => [baseline, target])
  const marks = [line.baseline, line.target, ...steps, ...line.history.map((point) => point.y)]
  if (line.value !== null) marks.push(line.value)
  if (line.end !== null) marks.push(bound(line.end))
  const min = Math.min(...marks)
  const max = Math.max(...marks)
  const pad = (max - min) * 0.14
  return { min: min - pad, max: max + pad }
}

/**
 * History solid, pace dashed from baseline to target, notch where it should be, dot where it is, dotted where it leads; baselines
 * and targets of earlier times stay as steps.
 */
export function keyResultChart(line: KeyResultLine, { colour, u }: Paint): ChartConfiguration {
  const { baseline, target, weeks, nowWeek, value, shouldBe, history, status } = line
  const { end, steps } = line
  const points = value === null ? history : [...history, { x: nowWeek, y: value }]
  const dashed = (data: { x: number; y: number }[], dash: number[], token: string) => ({
    data,
    borderColor: colour(token),
    borderWidth: 4 * u,
    borderDash: dash.map((part) => part * u),
    pointRadius: 0,
  })
  const pace = [
    { x: 0, y: baseline },
    { x: weeks, y: target },
  ]
  const forecast =
    value === null || end === null
      ? []
      : [
          { x: nowWeek, y: value },
          { x: weeks, y: end },
        ]
  const { min, max } = keyResultScale(line)
  const step = (of: 'baseline' | 'target', token: string) => ({
    ...dashed(
      steps.flatMap((one) => [
        { x: one.fromWeek, y: one[of] },
        { x: one.toWeek, y: one[of] },
      ]),
      [],
      token,
    ),
    borderJoinStyle: 'miter' as const,
  })
  return {
    type: 'line',
    data: {
      datasets: [
        step('baseline', 'axis'),
        step('target', 'ink2'),
        dashed(pace, [14, 10], 'ink3'),
        dashed(forecast, [3, 9], 'ink2'),
        {
          ...dashed([...points], [], line.old ? 'ink3' : 'ink'),
          borderWidth: 8 * u,
          borderJoinStyle: 'round',
          borderCapStyle: 'round',
        },
      ],
    },
    options: {
      ...bareOptions,
      layout: { padding: { left: 20 * u, right: 14 * u } },
      parsing: false,
      normalized: true,
      scales: { x: { type: 'linear', display: false, min: 0, max: weeks }, y: { display: false, min, max } },
    },
    plugins: [
      {
        id: 'marks',
        afterDatasetsDraw: ({ ctx, scales }) => {
          const x = (week: number) => scales.x!.getPixelForValue(week)
          const y = (v: number) => scales.y!.getPixelForValue(v)
          ctx.save()
          if (shouldBe !== null) {
            ctx.fillStyle = colour('bg')
            ctx.fillRect(x(nowWeek) - 38 * u, y(shouldBe) - 9 * u, 76 * u, 18 * u)
            ctx.fillStyle = colour('notch')
            ctx.fillRect(x(nowWeek) - 34 * u, y(shouldBe) - 4.5 * u, 68 * u, 9 * u)
          }
          ctx.fillStyle = colour('notch')
          ctx.fillRect(x(weeks) - 20 * u, y(target) - 4.5 * u, 28 * u, 9 * u)
          ctx.restore()
          if (value === null) return
          const token = status === 'none' ? 'ink3' : status === 'warn' ? 'warn-fill' : status
          drawDot(ctx, [x(nowWeek), y(value)], colour(token), colour, u, status === 'warn')
        },
      },
    ],
  }
}
