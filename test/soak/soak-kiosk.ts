import { readdir, readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { builtMain, startKiosk } from '../helpers/electron-rig.ts'
import type { Display, KioskProcess } from '../helpers/electron-rig.ts'

export const soakParts = ['main', 'renderer', 'engine', 'gpu'] as const
export type SoakPart = (typeof soakParts)[number]
type Pids = Record<SoakPart, number>

/** One process at one moment. Megabytes are of 2^20 bytes. */
export type ProcessSample = { rssMb: number; anonMb: number; handles: number; threads: number }

/** All of the kiosk at one moment, each heap after collection. */
export type SoakSample = {
  atS: number
  heapMb: { page: number; engine: number; main: number }
  /** Animation frames that the page got within one second. */
  frames: number
  /** Elements of the page. */
  elements: number
  processes: Record<SoakPart, ProcessSample>
}

type Answer = {
  page: { heap: number; elements: number; frames: number }
  engine: { heapUsed: number } | null
  main: { heapUsed: number }
}

/** A question that stays without an answer. Milliseconds. */
const answerLimitMs = 10_000
const megabytes = (bytes: number) => bytes / 1_048_576

export type SoakKiosk = KioskProcess & {
  pids: () => Promise<Pids>
  sample: (atS: number) => Promise<SoakSample>
  key: () => Promise<void>
  text: () => Promise<string>
}

/** The built kiosk with an observer in its main process and in its engine. `folder` takes the observer's socket. */
export function startSoakKiosk(options: {
  electron: string
  display: Display
  folder: string
  args: readonly string[]
}): SoakKiosk {
  const here = import.meta.dirname
  const socket = join(options.folder, 'observer')
  const kiosk = startKiosk(options.electron, options.display, options.args, {
    main: join(here, 'observed-main.cjs'),
    switches: ['--js-flags=--expose-gc', '--enable-precise-memory-info'],
    env: { SOAK_SOCKET: socket, SOAK_MAIN: builtMain, SOAK_ENGINE: join(here, 'observed-engine.cjs') },
  })
  const pids = () => ask<Pids>(socket, 'pids')
  return {
    ...kiosk,
    pids,
    sample: async (atS) => {
      const { page, engine, main } = await ask<Answer>(socket, 'sample')
      if (!engine) throw new Error('The engine did not answer')
      const processes = {} as Record<SoakPart, ProcessSample>
      for (const [part, pid] of Object.entries(await pids())) processes[part as SoakPart] = await look(pid)
      return {
        atS,
        heapMb: {
          page: megabytes(page.heap),
          engine: megabytes(engine.heapUsed),
          main: megabytes(main.heapUsed),
        },
        frames: page.frames,
        elements: page.elements,
        processes,
      }
    },
    key: () => ask(socket, 'key'),
    text: () => ask<string>(socket, 'text'),
  }
}

async function look(pid: number): Promise<ProcessSample> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? NaN)
  return {
    rssMb: field('VmRSS') / 1024,
    anonMb: field('RssAnon') / 1024,
    handles: (await readdir(`/proc/${pid}/fd`)).length,
    threads: field('Threads'),
  }
}

function ask<T>(path: string, question: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const socket = connect(path, () => socket.write(question))
    let text = ''
    socket.setTimeout(answerLimitMs, () => socket.destroy(new Error(`No answer to ${question}`)))
    socket.on('data', (chunk) => (text += String(chunk)))
    socket.on('error', reject)
    socket.on('end', () => {
      const { value, error } = JSON.parse(text) as { value?: T; error?: string }
      if (error === undefined) resolve(value as T)
      else reject(new Error(error))
    })
  })
}
