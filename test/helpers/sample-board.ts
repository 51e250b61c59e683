import type { Board } from '../../shared/contract/board.ts'

/** A small, valid board. `made` is what tests change. */
export function sampleBoard(lineId: string, made = 0): Board {
  return {
    site: {
      siteName: 'Plant',
      timeZone: 'UTC',
      locale: 'en',
      demo: false,
      demoPin: null,
      lineId,
      lineName: lineId,
      unit: 'pieces',
      lines: [{ id: lineId, name: lineId }],
      display: { diagonalIn: 55, distanceM: 5, theme: 'dark', dwellS: 25, screens: ['status'] },
      scrapReasons: [],
      stopReasons: [],
      products: [],
    },
    health: {
      broker: { state: 'connected', sinceMs: 0, address: 'localhost:1883' },
      rejected: 0,
      lastReject: null,
      storeProblem: null,
      version: '0.0.0',
    },
    line: {
      word: 'running',
      sinceMs: 0,
      reason: null,
      cell: null,
      product: null,
      shift: null,
      nextShift: null,
      breakEndsMs: null,
      freshness: 'fresh',
      lastReadingMs: 0,
      asOfMs: 0,
      openCalls: [],
    },
    status: { pace: null, made, timeline: [], shift: null, breaks: [], lostInStop: null },
    hours: { rows: [], made, gap: null },
    oee: { sums: null, ratios: null, target: null, losses: null },
    scrap: {
      ratio: null,
      scrap: 0,
      total: 0,
      target: null,
      reasons: [],
      customer: 0,
      history: [],
      limits: null,
      signal: 'collecting',
    },
    changeover: { current: null, targetMs: null, recent: [], meanMs: null, bestMs: null },
    keyResults: { objective: null, week: 0, weeks: 0, items: [] },
  }
}
