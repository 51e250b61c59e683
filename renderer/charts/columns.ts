import type { Chart, ChartConfiguration } from 'chart.js'
import type { Paint } from './ChartCanvas.tsx'
import { bareOptions } from './ChartCanvas.tsx'

/** One column: how much there is, how much there should be, and how it is judged. */
export type Column = {
  value: number | null
  /** The notch; null: none. */
  notch: number | null
  /** Dotted line below the notch: where the running hour should be by now. */
  soFar: number | null
  fill: 'bar' | 'warn-fill' | 'stop-fill'
  future: boolean
}

export const columnShare = 0.78
const notchShare = 0.92

/** Less of a bar than this above its notch is only noise. u. */
const sliver = 4

/** Room above the highest mark, as a share of it. */
const headroom = 0.05

/** Value at the upper edge of the chart. */
export function columnTop(columns: readonly Column[]): number {
  return Math.max(1, ...columns.map((c) => Math.max(c.value ?? 0, c.notch ?? 0))) * (1 + headroom)
}

/** Columns with a plan notch on each. */
export function columnChart(columns: readonly Column[], { colour, u }: Paint): ChartConfiguration {
  const fills = columns.map((c) => colour(c.fill))
  const edged = columns.map((c) => c.fill === 'warn-fill' && colour('warn-edge') !== 'transparent')
  return {
    type: 'bar',
    data: {
      labels: columns.map((_, index) => index),
      datasets: [
        {
          data: columns.map((c) => c.value),
          backgroundColor: fills,
          borderColor: columns.map((_, i) => (edged[i] ? colour('warn-edge') : (fills[i] ?? ''))),
          borderWidth: edged.map((edge) => (edge ? 3 * u : 0)),
          barPercentage: columnShare,
          categoryPercentage: 1,
        },
      ],
    },
    options: {
      ...bareOptions,
      scales: { x: { display: false }, y: { display: false, min: 0, max: columnTop(columns) } },
    },
    plugins: [
      {
        id: 'plan',
        beforeDatasetsDraw: (chart) => drawGhosts(chart, columns, { colour, u }),
        afterDatasetsDraw: (chart) => drawNotches(chart, columns, { colour, u }),
      },
    ],
  }
}

function drawGhosts(chart: Chart, columns: readonly Column[], { colour, u }: Paint): void {
  const { ctx, chartArea: area, scales } = chart
  const width = area.width / columns.length
  ctx.save()
  ctx.fillStyle = colour('line')
  ctx.fillRect(area.left, area.bottom - 3 * u, area.width, 3 * u)
  ctx.fillStyle = colour('panel')
  columns.forEach((column, index) => {
    if (column.notch === null || (column.value !== null && column.soFar === null)) return
    const y = scales.y!.getPixelForValue(column.notch)
    ctx.fillRect(area.left + width * (index + (1 - columnShare) / 2), y, width * columnShare, area.bottom - y)
  })
  ctx.restore()
}

function drawNotches(chart: Chart, columns: readonly Column[], { colour, u }: Paint): void {
  const { ctx, chartArea: area, scales } = chart
  const width = area.width / columns.length
  const across = (index: number, share: number) =>
    [area.left + width * (index + (1 - share) / 2), width * share] as const
  ctx.save()
  columns.forEach((column, index) => {
    if (column.notch !== null) {
      const y = scales.y!.getPixelForValue(column.notch)
      const [x, w] = across(index, notchShare)
      const filled = column.value !== null && column.value >= column.notch
      ctx.fillStyle = colour('bg')
      if (filled) {
        const [bx, bw] = across(index, columnShare)
        const top = scales.y!.getPixelForValue(column.value ?? 0)
        const from = y - 8 * u - top < sliver * u ? Math.min(top, y - 8 * u) : y - 8 * u
        ctx.fillRect(bx, from - (from === top ? 1 : 0), bw, y + 8 * u - from + (from === top ? 1 : 0))
      } else {
        ctx.fillRect(x, y - 8 * u, w, 16 * u)
      }
      ctx.fillStyle = colour(column.future ? 'ink3' : 'notch')
      ctx.fillRect(x, y - 4 * u, w, 8 * u)
    }
    if (column.soFar !== null) drawDashes(chart, column.soFar, { colour, u }, across(index, columnShare))
  })
  ctx.restore()
}

function drawDashes(
  { ctx, scales }: Chart,
  value: number,
  { colour, u }: Paint,
  [x, width]: readonly [number, number],
): void {
  const dashes = 6
  const y = scales.y!.getPixelForValue(value)
  ctx.fillStyle = colour('bg')
  ctx.fillRect(x, y - 7 * u, width, 14 * u)
  ctx.fillStyle = colour('notch')
  for (let dash = 0; dash < dashes; dash++) {
    ctx.fillRect(x + (dash + 0.19) * (width / dashes), y - 3 * u, (width / dashes) * 0.62, 6 * u)
  }
}
