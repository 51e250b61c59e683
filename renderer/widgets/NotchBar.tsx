/** Width of the widest notch: at the goal it stays inside the bar. */
const notchRem = 1.2
const clamp = (share: number) => Math.max(0, Math.min(1, share))

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
      {fill !== null && <b style={{ width: `${clamp(fill) * 100}%` }} />}
      {notch !== null && (
        <i style={{ insetInlineStart: `min(${clamp(notch) * 100}%, 100% - ${notchRem / 2}rem)` }} />
      )}
    </div>
  )
}
