import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
} from 'chart.js'
import type { ChartConfiguration } from 'chart.js'
import { useEffect, useRef, useState } from 'react'
import { useBoard } from '../board-view.tsx'

Chart.register(
  BarController,
  BarElement,
  LineController,
  LineElement,
  PointElement,
  CategoryScale,
  LinearScale,
)

/** A chart is drawn anew at most this often. Milliseconds. */
export const redrawMs = 1_000

/** What a chart paints with: colours of the theme around the canvas, and pixels per `u`. */
export type Paint = { colour: (token: string) => string; u: number }

/** Common options: no animation, no events, no text; HTML draws the words. */
export const bareOptions = {
  animation: false,
  responsive: true,
  maintainAspectRatio: false,
  events: [],
  layout: { padding: 0 },
} as const satisfies ChartConfiguration['options']

/**
 * One Chart.js chart, made when shown or when `data` changes, and destroyed with the screen. `data-charts` on the root
 * element counts the living ones: a forgotten chart costs 13 MB.
 */
export function ChartCanvas<T>(props: {
  data: T
  build: (data: T, paint: Paint) => ChartConfiguration
  label: string
}) {
  const ref = useRef<HTMLCanvasElement>(null)
  const { theme, trust } = useBoard()
  const u = useUnit()
  const wanted = JSON.stringify(props.data)
  const signature = useCalm(wanted)
  const look = `${theme} ${trust}`
  const { build, data } = props

  const latest = useRef({ build, data })
  useEffect(() => {
    latest.current = { build, data }
  })
  useEffect(() => {
    const canvas = ref.current
    if (!canvas) return
    const style = getComputedStyle(canvas)
    const paint: Paint = { u, colour: (token) => style.getPropertyValue(`--${token}`).trim() }
    const chart = new Chart(canvas, latest.current.build(latest.current.data, paint))
    countCharts()
    return () => {
      chart.destroy()
      countCharts()
    }
  }, [signature, look, u])

  return <canvas ref={ref} role="img" aria-label={props.label} data-current={signature === wanted} />
}

function countCharts(): void {
  document.documentElement.dataset.charts = String(Object.keys(Chart.instances).length)
}

/** The value, but changing at most once per `redrawMs`. */
function useCalm(value: string): string {
  const [calm, setCalm] = useState({ value, atMs: 0 })
  useEffect(() => {
    if (value === calm.value) return
    const wait = Math.max(0, redrawMs - (performance.now() - calm.atMs))
    const timer = setTimeout(() => setCalm({ value, atMs: performance.now() }), wait)
    return () => clearTimeout(timer)
  }, [value, calm])
  return calm.value
}

/** Pixels per u: a tenth of the root font size. */
export function useUnit(): number {
  const read = () => parseFloat(getComputedStyle(document.documentElement).fontSize) / 10
  const [u, setU] = useState(read)
  useEffect(() => {
    const look = () => setU(read())
    window.addEventListener('resize', look)
    return () => window.removeEventListener('resize', look)
  }, [])
  return u
}
