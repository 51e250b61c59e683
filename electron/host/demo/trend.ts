/** How well the simulated line runs in a shift. */
export type Performance = {
  /** Mean of a changeover, minutes. */
  changeoverMin: number
  /** Share of planned time lost in stops. */
  stopShare: number
  /** Ideal cycle over real cycle while running. */
  speed: number
  /** Shares of all pieces. */
  scrapShare: number
  reworkShare: number
}

/** Before the cycle: OEE 66 %, 850 good pieces a shift, 87 % right first time. */
export const atBaseline: Performance = {
  changeoverMin: 45,
  stopShare: 0.105,
  speed: 0.875,
  scrapShare: 0.05,
  reworkShare: 0.08,
}

/** With every key result met: OEE 85 %, 1,100 good pieces a shift, 96 % right first time. */
export const atTarget: Performance = {
  changeoverMin: 20,
  stopShare: 0.045,
  speed: 0.95,
  scrapShare: 0.015,
  reworkShare: 0.025,
}

/** Progress of each kind of improvement for each unit of elapsed cycle: changeovers are ahead of plan, yield is behind. */
const paceOf = { changeover: 1.25, flow: 1.06, yield: 0.82 } as const

/** No improvement goes further than this share of the way to its target. */
const bestShare = 1.05

/** How the line runs at an instant, given the start and end of the improvement cycle. Steady before and after it. */
export function performanceAt(atMs: number, cycle: { startMs: number; endMs: number }): Performance {
  const elapsed = Math.min(1, Math.max(0, (atMs - cycle.startMs) / (cycle.endMs - cycle.startMs)))
  const between = (key: keyof Performance, pace: number) =>
    atBaseline[key] + (atTarget[key] - atBaseline[key]) * Math.min(bestShare, elapsed * pace)
  return {
    changeoverMin: between('changeoverMin', paceOf.changeover),
    stopShare: between('stopShare', paceOf.flow),
    speed: between('speed', paceOf.flow),
    scrapShare: between('scrapShare', paceOf.yield),
    reworkShare: between('reworkShare', paceOf.yield),
  }
}
