import { join } from 'node:path'
import type { TestContext } from 'vitest'
import { startRigPlant } from './electron-rig-plant.ts'
import type { RigPlant, RigPlantOptions } from './electron-rig-plant.ts'
import { launchKiosk, needBuild, openDisplay } from './electron-rig.ts'
import type { Display, Kiosk, KioskStart } from './electron-rig.ts'
import { needPart } from './parts.ts'
import { makeTempDir } from './temp-dir.ts'
import { until } from './until.ts'

/** A real kiosk with a plant and a screen of its own. */
export type BoardRig = {
  electron: string
  kiosk: Kiosk
  plant: RigPlant
  display: Display
  /** The kiosk's arguments; the data folder is the last of them. */
  args: readonly string[]
  /** What the board says. */
  text: () => Promise<string>
  /** Publishes one more count and waits until the new total stands on the board. */
  pieces: (deadlineMs?: number) => Promise<void>
  /** Pieces published so far. */
  total: () => number
  /** Starts another kiosk in the place of the one that has ended. */
  startAgain: (start?: KioskStart) => Promise<void>
  close: () => Promise<void>
}

/** Digits without the thin spaces that group them. */
const ungrouped = (text: string) => text.replace(/(?<=\d)[^\S\n](?=\d{3})/gu, '')

export type BoardRigOptions = KioskStart & {
  dataDir?: string
  plant?: RigPlantOptions
  openDisplay?: (context: TestContext) => Promise<Display>
  /** Before the kiosk starts. */
  before?: (plant: RigPlant) => Promise<void>
}

export async function openBoardRig(context: TestContext, options: BoardRigOptions = {}): Promise<BoardRig> {
  const electron = needPart(context, 'electron')
  needBuild()
  const folder = makeTempDir('electron')
  const steps: (() => Promise<void> | void)[] = [folder.remove]
  const close = async () => {
    for (const step of steps.splice(0).reverse()) await step()
  }
  try {
    const plant = await startRigPlant(folder.path, options.plant)
    steps.push(plant.stop)
    const display = await (options.openDisplay ?? openDisplay)(context)
    steps.push(display.close)
    await options.before?.(plant)
    const args = ['--plant', plant.file, '--data', options.dataDir ?? join(folder.path, 'data')]
    const launch = async (start: KioskStart) => {
      const started = await launchKiosk(electron, display, args, start)
      steps.push(started.close)
      return started
    }
    let total = 0
    const rig: BoardRig = {
      electron,
      plant,
      display,
      args,
      kiosk: await launch(options),
      text: () => rig.kiosk.inPage<string>('document.body.innerText'),
      pieces: async (deadlineMs) => {
        const good = total === 0 ? 12_300 : 7
        total += good
        await plant.count({ good })
        let text = ''
        const shown = async () => {
          text = await rig.text()
          return ungrouped(text).includes(`Made\n${total}\n`)
        }
        await until(`${total} bottles on the board`, shown, deadlineMs).catch((error: Error) => {
          const said = rig.kiosk.output().split('\n')
          const log = said
            .filter((line) => /^\d{4}-/.test(line))
            .slice(-20)
            .join('\n')
          throw new Error(`${error.message}\nThe board says: ${text}\nThe log: ${log}`)
        })
      },
      total: () => total,
      startAgain: async (start = options) => {
        rig.kiosk = await launch(start)
      },
      close,
    }
    if (!options.before) await plant.subscribed
    return rig
  } catch (error) {
    await close()
    throw error
  }
}
