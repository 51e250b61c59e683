import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DeviceSettings } from '../../shared/contract/kiosk.ts'
import { languageOf, languages } from '../../shared/settings/languages.ts'
import { outputPattern } from '../../shared/settings/output.ts'

export type DeviceMemory = { now: () => DeviceSettings; learn: (settings: DeviceSettings) => void }

/**
 * What the engine said of plant.yaml at the last start. Main needs it before the engine is there, and all the more when the
 * engine does not come. A file that cannot be read or written costs nothing but the memory.
 */
export function rememberDevice(folder: string, systemLocale: string): DeviceMemory {
  const file = join(folder, 'device.json')
  let settings = read(file, systemLocale)
  return {
    now: () => settings,
    learn: (learnt) => {
      if (JSON.stringify(learnt) === JSON.stringify(settings)) return
      settings = learnt
      try {
        writeFileSync(file, JSON.stringify(learnt))
      } catch {
        // The next start asks the engine again.
      }
    },
  }
}

function read(file: string, systemLocale: string): DeviceSettings {
  let kept: Partial<Record<keyof DeviceSettings, unknown>> = {}
  try {
    kept = (JSON.parse(readFileSync(file, 'utf8')) ?? {}) as typeof kept
  } catch {
    // The first start, or a file that a power cut left empty.
  }
  const output = (value: unknown) => (typeof value === 'string' && outputPattern.test(value) ? value : null)
  return {
    language: languages.find((one) => one === kept.language) ?? languageOf(systemLocale),
    output: output(kept.output),
    touchOutput: output(kept.touchOutput),
  }
}
