import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'

const run = promisify(execFile)

/**
 * The picture as an eye of one arcminute sees it: blurred with a sigma of one arcminute at the reading distance, then made
 * `scale` times as large (text of a screen's height is too large for OCR). `sigmaPx`: an arcminute in the picture's pixels.
 */
export async function blurred(page: Page, png: Buffer, sigmaPx: number, scale: number): Promise<Buffer> {
  const url = await page.evaluate(
    async ({ source, sigma, share }) => {
      const image = new Image()
      image.src = source
      await image.decode()
      const soft = new OffscreenCanvas(image.width, image.height)
      const context = soft.getContext('2d')!
      context.filter = `blur(${sigma}px)`
      context.drawImage(image, 0, 0)
      const small = document.createElement('canvas')
      small.width = Math.round(image.width * share)
      small.height = Math.round(image.height * share)
      const drawn = small.getContext('2d')!
      drawn.imageSmoothingQuality = 'high'
      drawn.drawImage(soft, 0, 0, small.width, small.height)
      return small.toDataURL('image/png')
    },
    { source: `data:image/png;base64,${png.toString('base64')}`, sigma: sigmaPx, share: scale },
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
