import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ipcMain } from 'electron'
import type { IpcMainEvent, WebContents } from 'electron'
import type { PagePrinted } from '../../shared/contract/kiosk.ts'
import { isBoardUrl } from './lock-down.ts'
import { log } from './log.ts'

/** Files that the folder keeps; the oldest make room. */
export const keptPages = 400

/** Puts the page's paper (its print style) into files. The page says what it is called and what stands on it. */
export function printPages(contents: WebContents, folder: string): void {
  let busy = false

  async function print(name: string): Promise<string> {
    const pdf = await contents.printToPDF({ preferCSSPageSize: true, printBackground: true })
    await mkdir(folder, { recursive: true })
    const file = join(folder, `${name}.pdf`)
    await writeFile(file, pdf, { mode: 0o600 })
    await forgetOldest(folder)
    return file
  }

  const asked = (event: IpcMainEvent, name: unknown) => {
    if (event.sender !== contents || !isBoardUrl(event.senderFrame?.url)) return
    const answer = (file: string | null) => {
      const printed: PagePrinted = { type: 'lineside-printed', file }
      if (!contents.isDestroyed()) contents.send('lineside:printed', printed)
    }
    if (busy || typeof name !== 'string' || !/^[A-Za-z0-9_-]{1,100}$/.test(name)) return answer(null)
    busy = true
    print(name)
      .then(answer, (error: unknown) => {
        log('error', `A page could not be printed: ${String(error)}`)
        answer(null)
      })
      .finally(() => (busy = false))
  }
  ipcMain.on('lineside:print', asked)
  contents.once('destroyed', () => ipcMain.off('lineside:print', asked))
}

async function forgetOldest(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.pdf'))
  if (names.length <= keptPages) return
  const files = await Promise.all(
    names.map(async (name) => ({ name, ms: (await stat(join(folder, name))).mtimeMs })),
  )
  files.sort((a, b) => a.ms - b.ms)
  for (const { name } of files.slice(0, names.length - keptPages)) await rm(join(folder, name))
}
