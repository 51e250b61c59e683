import type { SitePart } from '../../../shared/contract/board.ts'
import type { LineSettings } from '../../../shared/settings/line.ts'
import { languageOf } from '../../../shared/settings/languages.ts'
import type { Plant } from '../../../shared/settings/plant.ts'

/** What plant.yaml says about the site and the line. */
export function siteView(plant: Plant, line: LineSettings, demo: { pin: string } | null): SitePart {
  const { diagonalIn, distanceM, theme, dwellS, screens } = plant.display
  return {
    siteName: plant.site.name,
    timeZone: plant.site.timeZone,
    locale: plant.site.locale,
    language: plant.display.language ?? languageOf(plant.site.locale),
    demo: demo !== null,
    demoPin: demo?.pin ?? null,
    lineId: line.id,
    lineName: line.name,
    unit: line.unit,
    lines: plant.lines.map(({ id, name }) => ({ id, name })),
    display: { diagonalIn, distanceM, theme, dwellS, screens },
    scrapReasons: line.scrapReasons,
    stopReasons: line.stopReasons,
    products: line.products.map(({ id, name }) => ({ id, name })),
  }
}
