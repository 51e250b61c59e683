import type { NativeImage, WebContents } from 'electron'

/** Between two looks. Milliseconds. */
const lookEveryMs = 10_000
/** Looks in a row that find one colour only: the panel shows nothing. */
const blankAfterLooks = 2
/** Size to which a picture is averaged before it is judged. Pixels. */
const probeSize = { width: 96, height: 54 }
/** Colours nearer than this, of 255, are the same. */
const sameColour = 3

/** True for a picture of one single colour. `bitmap`: 4 bytes a pixel. */
export function isOneColour(bitmap: Uint8Array): boolean {
  for (let at = 4; at < bitmap.length; at++) {
    if (at % 4 !== 3 && Math.abs(bitmap[at]! - bitmap[at % 4]!) > sameColour) return false
  }
  return true
}

/**
 * Looks at what is painted, as the heartbeat cannot: a page may answer and still be white, by a layer over it or by a broken
 * graphics stack. `isDark` says when one colour is right, because the board sleeps.
 */
export function probePixels(options: { contents: WebContents; isDark: () => boolean; onBlank: () => void }): {
  stop: () => void
} {
  const { contents } = options
  let blank = 0
  let looking = false

  function judge(image: NativeImage): void {
    if (image.isEmpty() || options.isDark()) {
      blank = 0
      return
    }
    blank = isOneColour(image.resize(probeSize).toBitmap()) ? blank + 1 : 0
    if (blank < blankAfterLooks) return
    blank = 0
    options.onBlank()
  }

  const timer = setInterval(() => {
    if (looking || contents.isDestroyed() || contents.isCrashed()) return
    looking = true
    contents
      .capturePage()
      .then(judge, () => {})
      .finally(() => (looking = false))
  }, lookEveryMs)
  return { stop: () => clearInterval(timer) }
}
