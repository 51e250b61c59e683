/**
 * Text sizes from viewing distance (screens.md section 2). A size is fixed by the angle it fills in the eye; `u` is 1/1080
 * of the screen's height, so resolution drops out. Screens are 16:9, distances metres, diagonals inches.
 */
export type DensityClass = 'near' | 'standard' | 'far' | 'hero'

export const mmPerInch = 25.4
/** Units `u` in a screen's height. */
export const screenHeightU = 1080
/** Units across a screen that stands upright: as many as the main area has elsewhere, so that layouts hold (portrait.css). */
export const portraitWidthU = 1370
/** Height of a capital letter as a share of the font size, IBM Plex Sans. */
export const capRatio = 0.698
/** Arcminutes that each reading tier needs at least. */
export const arcminFloors = { near: 10, line: 16, numbers: 20, hero: 30 } as const
/** Largest `u` per arcminute of each density class; beyond `far` the screen is too small for its distance. */
export const densityLimits = { near: 1.65, standard: 2.31, far: 3.75 } as const
/** A class never shrinks its sizes below this share. */
export const minFontScale = 0.9

function positive(value: number, what: string): number {
  if (!(value > 0 && Number.isFinite(value)))
    throw new RangeError(`${what} must be a number above zero, not ${value}`)
  return value
}

/** Height that fills `arcmin` arcminutes at a distance, millimetres. */
export function capHeightMm(distanceM: number, arcmin: number): number {
  const halfAngle = (positive(arcmin, 'the angle') / 60 / 2) * (Math.PI / 180)
  return 2 * positive(distanceM, 'the distance') * 1000 * Math.tan(halfAngle)
}

/** Height of a 16:9 screen, millimetres. */
export function screenHeightMm(diagonalIn: number): number {
  return (positive(diagonalIn, 'the screen size') * mmPerInch * 9) / Math.sqrt(337)
}

/** `am`: how many u one arcminute fills on this screen at this distance. */
export function unitsPerArcmin(distanceM: number, diagonalIn: number): number {
  return (capHeightMm(distanceM, 1) / screenHeightMm(diagonalIn)) * screenHeightU
}

/** Layout density, picked from `am`, never by hand. */
export function densityClass(am: number): DensityClass {
  if (am < densityLimits.near) return 'near'
  if (am <= densityLimits.standard) return 'standard'
  return am <= densityLimits.far ? 'far' : 'hero'
}

/** Scale of all type roles inside a class, `minFontScale`..1. */
export function fontScale(am: number): number {
  const density = densityClass(am)
  return density === 'hero' ? 1 : Math.min(1, Math.max(minFontScale, am / densityLimits[density]))
}

/** Font size in u of a role whose size at full scale is `roleU`, never below `floorArcmin` arcminutes of cap height. */
export function fontSizeU(roleU: number, floorArcmin: number, am: number): number {
  return Math.max(roleU * fontScale(am), (floorArcmin * am) / capRatio)
}
