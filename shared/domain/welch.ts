/** Result of a test of two means that may differ in spread. */
export type WelchTest = {
  /** Mean of the second less that of the first. */
  difference: number
  t: number
  /** Degrees of freedom. */
  df: number
  /** Chance of a difference this large, either way, if nothing had changed. 0..1. */
  p: number
}

/**
 * Welch's t test, two-sided (B. L. Welch, Biometrika 34, 1947, 28-35). Takes points for independent of each other. Throws a
 * RangeError for fewer than two values on a side.
 */
export function welchTest(before: readonly number[], after: readonly number[]): WelchTest {
  if (before.length < 2 || after.length < 2)
    throw new RangeError('a spread needs at least 2 points on each side')
  const a = spreadOf(before)
  const b = spreadOf(after)
  const difference = b.mean - a.mean
  const variance = a.ofMean + b.ofMean
  const freedom = a.ofMean ** 2 / (before.length - 1) + b.ofMean ** 2 / (after.length - 1)
  if (variance === 0) {
    const df = before.length + after.length - 2
    return difference === 0
      ? { difference, t: 0, df, p: 1 }
      : { difference, t: Math.sign(difference) * Infinity, df, p: 0 }
  }
  const t = difference / Math.sqrt(variance)
  const df = variance ** 2 / freedom
  return { difference, t, df, p: studentP(t, df) }
}

function spreadOf(values: readonly number[]): { mean: number; ofMean: number } {
  const n = values.length
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, ofMean: squares / (n - 1) / n }
}

/** Two-sided p of Student's t: the regularised incomplete beta function I_x(df/2, 1/2) at x = df / (df + t^2). */
export function studentP(t: number, df: number): number {
  const x = df / (df + t * t)
  return Math.min(1, incompleteBeta(x, df / 2, 0.5))
}

/** Continued fraction 26.5.8 of Abramowitz and Stegun, Handbook of Mathematical Functions, by Lentz's method. */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a)
  const front = Math.exp(a * Math.log(x) + b * Math.log(1 - x) + logGamma(a + b) - logGamma(a) - logGamma(b))
  const tiny = 1e-300
  let c = 1
  let d = 1 - ((a + b) * x) / (a + 1)
  d = 1 / (Math.abs(d) < tiny ? tiny : d)
  let result = d
  for (let m = 1; m <= 300; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    for (const step of [even, odd]) {
      d = 1 + step * d
      d = 1 / (Math.abs(d) < tiny ? tiny : d)
      c = 1 + step / c
      if (Math.abs(c) < tiny) c = tiny
      result *= d * c
      if (step === odd && Math.abs(d * c - 1) < 1e-14) return (front * result) / a
    }
  }
  return (front * result) / a
}

/** Stirling's series after shifting the argument above 10. */
function logGamma(z: number): number {
  let shift = 0
  let x = z
  while (x < 10) shift -= Math.log(x++)
  const s = 1 / (x * x)
  const series = (1 / 12 - s * (1 / 360 - s * (1 / 1260 - s / 1680))) / x
  return shift + (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series
}
