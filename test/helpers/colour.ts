/** Kinds of colour vision, with the simulation matrices of Machado, Oliveira and Fernandes (2009) at full severity. */
const matrices = {
  normal: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protan: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deutan: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritan: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
} as const
export type Vision = keyof typeof matrices
export const visions = Object.keys(matrices) as Vision[]

type Triple = readonly [number, number, number]

function linear(hex: string): Triple {
  const part = (at: number) => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [part(1), part(3), part(5)]
}

function luminance(hex: string): number {
  const [r, g, b] = linear(hex)
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** WCAG contrast ratio, 1..21. */
export function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}

function seen(hex: string, vision: Vision): Triple {
  const [r, g, b] = linear(hex)
  const m = matrices[vision]
  const row = (i: number) => Math.min(1, Math.max(0, r * m[i]! + g * m[i + 1]! + b * m[i + 2]!))
  return [row(0), row(3), row(6)]
}

function lab([r, g, b]: Triple): Triple {
  const f = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : (841 / 108) * t + 4 / 29)
  const x = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047)
  const y = f(0.2126729 * r + 0.7151522 * g + 0.072175 * b)
  const z = f((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883)
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

const rad = Math.PI / 180

/** CIEDE2000 distance of two colours as somebody with this vision sees them. About 1 is just visible. */
export function distance(a: string, b: string, vision: Vision): number {
  const [l1, a1, b1] = lab(seen(a, vision))
  const [l2, a2, b2] = lab(seen(b, vision))
  const meanC = (Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2
  const g = 0.5 * (1 - Math.sqrt(meanC ** 7 / (meanC ** 7 + 25 ** 7)))
  const [x1, x2] = [a1 * (1 + g), a2 * (1 + g)]
  const [c1, c2] = [Math.hypot(x1, b1), Math.hypot(x2, b2)]
  const hue = (x: number, y: number) => (x === 0 && y === 0 ? 0 : (Math.atan2(y, x) / rad + 360) % 360)
  const [h1, h2] = [hue(x1, b1), hue(x2, b2)]
  const far = Math.abs(h1 - h2) > 180
  const dh = c1 * c2 === 0 ? 0 : far ? h2 - h1 + (h2 <= h1 ? 360 : -360) : h2 - h1
  const hm = c1 * c2 === 0 ? h1 + h2 : far ? (h1 + h2 + (h1 + h2 < 360 ? 360 : -360)) / 2 : (h1 + h2) / 2
  const [lm, cm] = [(l1 + l2) / 2, (c1 + c2) / 2]
  const t =
    1 -
    0.17 * Math.cos((hm - 30) * rad) +
    0.24 * Math.cos(2 * hm * rad) +
    0.32 * Math.cos((3 * hm + 6) * rad) -
    0.2 * Math.cos((4 * hm - 63) * rad)
  const turn =
    2 * Math.sqrt(cm ** 7 / (cm ** 7 + 25 ** 7)) * -Math.sin(60 * Math.exp(-(((hm - 275) / 25) ** 2)) * rad)
  const dl = (l2 - l1) / (1 + (0.015 * (lm - 50) ** 2) / Math.sqrt(20 + (lm - 50) ** 2))
  const dc = (c2 - c1) / (1 + 0.045 * cm)
  const dH = (2 * Math.sqrt(c1 * c2) * Math.sin((dh / 2) * rad)) / (1 + 0.015 * cm * t)
  return Math.sqrt(dl ** 2 + dc ** 2 + dH ** 2 + turn * dc * dH)
}
