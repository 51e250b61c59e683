import { attributionRules } from '../../../db/attribution.ts'
import type { RebuildRules } from '../../../db/rebuild.ts'
import { shiftLookup } from '../../../db/shift-lookup.ts'
import type { LineSettings } from '../../../shared/settings/line.ts'
import { lineRules } from '../../../shared/settings/line-rules.ts'

/** How a line's messages become roll-ups; also what db/rebuild.ts needs to make them anew. */
export function recordingRules(line: LineSettings, timeZone: string): RebuildRules {
  const rules = lineRules(line, timeZone)
  return {
    attribution: attributionRules(line, timeZone),
    shiftOf: shiftLookup(rules.calendar),
    runningGapMs: rules.runningGapMs,
  }
}
