import type { ChartConfiguration } from 'chart.js'
import type { KeyResultView } from '../../shared/domain/key-results.ts'
import type { KeyResultLook } from '../key-results/look.ts'
import type { Paint } from './ChartCanvas.tsx'
import { bareOptions } from './ChartCanvas.tsx'
import { drawDot } from './xmr.ts'

/** Readings before a straight continuation may be drawn. */
const forecastReadings = 4

export type KeyResultLine = {
  baseline: number
  target: number
  weeks: number
  /** Weeks passed, by working days. */
  nowWeek: number
  value: number | null
  shouldBe: number | null
  history: readonly { x: number; y: number }[]
  status: KeyResultLook['status']
  old: boolean
}

export function keyResultLine(item: KeyResultView, look: KeyResultLook, weeks: number): KeyResultLine {
  const nowWeek = (item.progress?.expected ?? 0) * weeks
  return {
    baseline: item.baseline,
    target: item.target,
    weeks,
    nowWeek,
    value: look.value,
    shouldBe: look.progress?.shouldBe ?? null,
    history: item.history.filter((point) => point.x <= nowWeek),
    status: look.status,
    old: look.old,
  }
}

function forecastEnd({ baseline, value, nowWeek, weeks, history }: KeyResultLine): number | null {
  if (value === null || nowWeek <= 0 || history.length < forecastReadings) return null
  return baseline + ((value - baseline) / nowWeek) * weeks
}

/** Lowest and highest value of the chart, with room for the marks. */
export function keyResultScale(line: KeyResultLine): { min: number; max: number } {
  const span = Math.abs(line.target - line.baseline)
  const bound = (value: number) =>
    Math.max(
      Math.min(line.baseline, line.target) - span,
      Math.min(Math.max(line.baseline, line.target) + span, value),
    )
  const end = forecastEnd(line)
  const marks = [line.baseline, line.target, ...line.history.map((point) => point.y)]
  if (line.value !== null) marks.push(line.value)
  if (end !== null) marks.push(bound(end))
  const min = Math.min(...marks)
  const max = Math.max(...marks)
  const pad = (max - min) * 0.14
  return { min: min - pad, max: max + pad }
}

/** History solid, pace dashed from baseline to target, notch where it should be, dot where it is, continuation dotted. */
export function keyResultChart(line: KeyResultLine, { colour, u }: Paint): ChartConfiguration {
  const { baseline, target, weeks, nowWeek, value, shouldBe, history, status } = line
  const end = forecastEnd(line)
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
  return {
    type: 'line',
    data: {
      datasets: [
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
      layout: { padding: { left: 8 * u, right: 14 * u } },
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
