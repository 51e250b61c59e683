import type { ChartConfiguration, ScriptableContext } from 'chart.js'
import type { ScrapPart } from '../../shared/contract/board-line.ts'
import type { Paint } from './ChartCanvas.tsx'
import { bareOptions } from './ChartCanvas.tsx'

/** Closer together than this the points run into each other: the line alone says it. u. */
const pointRoom = 18

export type XmrData = Pick<ScrapPart, 'segments' | 'target' | 'signal'> & { values: readonly number[] }

/**
 * Individuals chart: points joined, mean line, band of natural limits, target dashed, newest point by its signal. Limits of an
 * earlier stretch stay where they were, so that a change of the process is a step.
 */
export function xmrChart(
  { values, segments, target, signal }: XmrData,
  { colour, u }: Paint,
): ChartConfiguration {
  const limits = segments.flatMap((segment) =>
    segment.limits ? [segment.limits.ucl, segment.limits.lcl] : [],
  )
  const marks = [...values, ...limits, ...(target === null ? [] : [target])]
  const low = Math.min(...marks)
  const high = Math.max(...marks)
  const pad = (high - low || high || 1) * 0.12
  const newest = values.length - 1
  const newestColour = { better: 'ok', worse: 'warn-fill', none: 'notch', collecting: 'notch' }[signal]
  const [first, last] = [-0.6, Math.max(5, newest) + 0.8]
  const pointRadius = ({ chart }: ScriptableContext<'line'>) =>
    chart.width / (last - first) < pointRoom * u ? 0 : 7 * u
  return {
    type: 'line',
    data: {
      datasets: [
        {
          data: values.map((y, x) => ({ x, y })),
          borderColor: colour('ink2'),
          borderWidth: 5 * u,
          pointRadius,
          pointBackgroundColor: colour('ink'),
          pointBorderWidth: 0,
        },
      ],
    },
    options: {
      ...bareOptions,
      // Room for the points at the edges; limits and target reach from edge to edge.
      layout: { padding: { left: 8 * u, right: 16 * u } },
      parsing: false,
      normalized: true,
      scales: {
        x: { type: 'linear', display: false, min: first, max: last },
        y: { display: false, min: low - pad, max: high + pad },
      },
    },
    plugins: [
      {
        id: 'limits',
        beforeDatasetsDraw: ({ ctx, scales, width: right }) => {
          const y = (value: number) => scales.y!.getPixelForValue(value)
          ctx.save()
          // Between two points, so that a step lies where the new stretch begins.
          const x = (index: number) => scales.x!.getPixelForValue(index - 0.5)
          for (const { from, to, limits } of segments) {
            if (!limits) continue
            const left = from === 0 ? 0 : x(from)
            const width = (to === values.length ? right : x(to)) - left
            ctx.fillStyle = colour('panel')
            ctx.fillRect(left, y(limits.ucl), width, y(limits.lcl) - y(limits.ucl))
            ctx.fillStyle = colour('axis')
            ctx.fillRect(left, y(limits.ucl) - 1.5 * u, width, 3 * u)
            ctx.fillRect(left, y(limits.lcl) - 1.5 * u, width, 3 * u)
            ctx.fillStyle = colour('ink3')
            ctx.fillRect(left, y(limits.mean) - 2 * u, width, 4 * u)
          }
          if (target !== null) {
            ctx.setLineDash([14 * u, 10 * u])
            ctx.strokeStyle = colour('ink2')
            ctx.lineWidth = 4 * u
            ctx.beginPath()
            ctx.moveTo(0, y(target))
            ctx.lineTo(right, y(target))
            ctx.stroke()
          }
          ctx.restore()
        },
        afterDatasetsDraw: ({ ctx, scales }) => {
          const value = values[newest]
          if (value === undefined) return
          const at = [scales.x!.getPixelForValue(newest), scales.y!.getPixelForValue(value)] as const
          drawDot(ctx, at, colour(newestColour), colour, u, newestColour === 'warn-fill')
        },
      },
    ],
  }
}

/** The dot for "now", with a halo in the ground colour and, for amber on a light ground, an edge. */
export function drawDot(
  ctx: CanvasRenderingContext2D,
  [x, y]: readonly [number, number],
  fill: string,
  colour: Paint['colour'],
  u: number,
  edged: boolean,
): void {
  ctx.save()
  ctx.beginPath()
  ctx.arc(x, y, 19 * u, 0, 7)
  ctx.fillStyle = colour('bg')
  ctx.fill()
  ctx.beginPath()
  ctx.arc(x, y, 14 * u, 0, 7)
  ctx.fillStyle = fill
  ctx.fill()
  if (edged && colour('warn-edge') !== 'transparent') {
    ctx.lineWidth = 3 * u
    ctx.strokeStyle = colour('warn-edge')
    ctx.stroke()
  }
  ctx.restore()
}
