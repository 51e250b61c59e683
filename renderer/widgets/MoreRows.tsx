import { useBoard } from '../board-view.tsx'

/** "+3 more": what a list has no room for. */
export function MoreRows({ count }: { count: number }) {
  const { t } = useBoard()
  if (count <= 0) return null
  return (
    <p className="list-more" data-tier="near" data-testid="more-rows" data-value={count}>
      {t('moreRows', { count })}
    </p>
  )
}
