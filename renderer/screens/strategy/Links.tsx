import { useBoard } from '../../board-view.tsx'

/** A connector from a place above to a place below, as shares of the width. */
export type Link = { from: number; to: number; ours: boolean }

/** Straight connectors between two rows of the map; this line's own are drawn last and in ink. */
export function Links({ links }: { links: readonly Link[] }) {
  const { t } = useBoard()
  const ordered = [...links].sort((a, b) => Number(a.ours) - Number(b.ours))
  return (
    <svg
      className="strategy-links"
      viewBox="0 0 1000 100"
      preserveAspectRatio="none"
      role="img"
      aria-label={t('picture.strategy')}
    >
      {ordered.map(({ from, to, ours }) => (
        <line
          key={`${from} ${to}`}
          className={ours ? 'ours' : undefined}
          x1={from * 1000}
          y1={0}
          x2={to * 1000}
          y2={100}
          vectorEffect="non-scaling-stroke"
        />
      ))}
    </svg>
  )
}
