import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'

const run = promisify(execFile)

/** A picture drawn anew: made softer by a blur of `sigmaPx` of its own pixels, then `scale` times as large. */
export type Redrawing = { sigmaPx: number; scale: number; type?: 'image/png' | 'image/webp' }

/** Redraws a picture in a page (which must not be the board's own: its content policy lets no picture out). */
export async function redrawn(page: Page, picture: Buffer, options: Redrawing): Promise<Buffer> {
  const url = await page.evaluate(
    async ({ source, sigmaPx, scale, type }) => {
      const image = new Image()
      image.src = source
      await image.decode()
      const soft = new OffscreenCanvas(image.width, image.height)
      const context = soft.getContext('2d')!
      // Sharp below soft: the blur's transparent rim shows the picture's own edge.
      context.drawImage(image, 0, 0)
      context.filter = sigmaPx > 0 ? `blur(${sigmaPx}px)` : 'none'
      context.drawImage(image, 0, 0)
      const small = document.createElement('canvas')
      small.width = Math.round(image.width * scale)
      small.height = Math.round(image.height * scale)
      const drawn = small.getContext('2d')!
      drawn.imageSmoothingQuality = 'high'
      drawn.drawImage(soft, 0, 0, small.width, small.height)
      return small.toDataURL(type, 0.9)
    },
    { source: `data:image;base64,${picture.toString('base64')}`, type: 'image/png', ...options },
  )
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')
}

/** How tesseract takes a picture: sparse text in any order, or one block of lines. */
export type Reading = 'sparse' | 'block'
const segmentation: Record<Reading, string> = { sparse: '11', block: '6' }

/** Words that tesseract finds anywhere in a picture. */
export async function wordsIn(tesseract: string, file: string, reading: Reading): Promise<string[]> {
  const { stdout } = await run(tesseract, [file, 'stdout', '--psm', segmentation[reading], '-l', 'eng'], {
    env: { ...process.env, OMP_THREAD_LIMIT: '1' },
  })
  return stdout.split(/\s+/).filter((word) => word !== '')
}
