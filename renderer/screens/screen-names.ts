import type { ScreenName } from '../../shared/settings/display.ts'

/** All screens; the schema's own list would bring the validator into the page. */
export const screenNames = Object.keys({
  status: true,
  hours: true,
  oee: true,
  scrap: true,
  changeover: true,
  sqdcp: true,
  calls: true,
  gaps: true,
  kpis: true,
  keys: true,
  result: true,
  strategy: true,
  health: true,
  plant: true,
  huddle: true,
} satisfies Record<ScreenName, true>) as ScreenName[]
