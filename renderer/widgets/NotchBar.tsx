/** Width of the widest notch: at the goal it stays inside the bar. */
const notchRem = 1.2
/** In steps of a thousandth: what nobody sees starts no transition, which would draw the screen for 300 ms. */
export const inSteps = (share: number) => Math.round(Math.max(0, Math.min(1, share)) * 1000) / 1000
const percent = (share: number) => `${Math.round(inSteps(share) * 1000) / 10}%`

/**
 * A bar from start to goal with a fill (where we are) and the notch (where we should be now). Shares 0..1, the side one reads
 * from is the start, also where lower is better; null draws no fill or no notch.
 */
export function NotchBar({
  fill,
  notch,
  kind = 'kr',
}: {
  fill: number | null
  notch: number | null
  kind?: 'kr' | 'pace'
}) {
  return (
    <div className={kind === 'pace' ? 'track pace' : 'track'}>
      {fill !== null && <b style={{ width: percent(fill) }} />}
      {notch !== null && (
        <i style={{ insetInlineStart: `min(${percent(notch)}, 100% - ${notchRem / 2}rem)` }} />
      )}
    </div>
  )
}
