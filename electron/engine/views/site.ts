import type { SitePart } from '../../../shared/contract/board.ts'
import type { LineSettings } from '../../../shared/settings/line.ts'
import { languageOf } from '../../../shared/settings/languages.ts'
import { fiscalYearStart, type Plant } from '../../../shared/settings/plant.ts'

/** What plant.yaml says about the site and the line. */
export function siteView(plant: Plant, line: LineSettings, demo: { pin: string } | null): SitePart {
  const { line: _line, output: _output, touchOutput: _touchOutput, language, ...display } = plant.display
  return {
    siteName: plant.site.name,
    timeZone: plant.site.timeZone,
    locale: plant.site.locale,
    language: language ?? languageOf(plant.site.locale),
    demo: demo !== null,
    demoPin: demo?.pin ?? null,
    lineId: line.id,
    lineName: line.name,
    unit: line.unit,
    currency: plant.site.currency ?? null,
    fiscalYearStart: fiscalYearStart(plant),
    lines: plant.lines.map(({ id, name }) => ({ id, name })),
    display,
    scrapReasons: line.scrapReasons,
    reasonCodes: line.reasonCodes,
    figures: line.figures.map(({ id, name, unit, decimals, theme }) => ({
      id,
      name,
      unit: unit ?? '',
      decimals,
      theme,
    })),
    stopReasons: line.stopReasons,
    callCategories: line.calls.map(({ id, name, what, hold }) => ({ id, name: name ?? null, what, hold })),
    cells: line.cells?.names ?? [],
    products: line.products.map(({ id, name }) => ({ id, name })),
  }
}
