import { outputPattern } from '../../shared/settings/output.ts'

/** What is asked of one of Electron's displays. */
export type Output = {
  id: number
  label?: string
  scaleFactor: number
  bounds: { x: number; y: number; width: number; height: number }
}

/**
 * The screen that a wish names (see `outputPattern`), of those that are plugged in; null: none is like that. Ids change when a
 * screen is unplugged, so that size, place and the number from the left are better names. Of several that fit it is the leftmost.
 */
export function findOutput<T extends Output>(displays: readonly T[], primary: T, wish: string): T | null {
  const match = outputPattern.exec(wish)
  if (!match) return null
  if (wish === 'primary') return primary
  const fromTheLeft = [...displays].sort((a, b) => a.bounds.x - b.bounds.x || a.bounds.y - b.bounds.y)
  const { width, height, x, y, id, name } = match.groups ?? {}
  const isWanted = ({ bounds, scaleFactor, ...one }: T) => {
    const isSize = (scale: number) =>
      Math.round(bounds.width * scale) === Number(width) &&
      Math.round(bounds.height * scale) === Number(height)
    if (width !== undefined) return isSize(1) || isSize(scaleFactor)
    if (x !== undefined) return bounds.x === Number(x) && bounds.y === Number(y)
    if (id !== undefined) return String(one.id) === id
    return name !== undefined && (one.label ?? '').toLowerCase().includes(name.toLowerCase())
  }
  if (/^[1-9]$/.test(wish)) return fromTheLeft[Number(wish) - 1] ?? null
  return fromTheLeft.find(isWanted) ?? null
}
