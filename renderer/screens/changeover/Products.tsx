import { useBoard } from '../../board-view.tsx'
import { Fit } from '../../fit/Fit.tsx'
import { Arrow } from '../../widgets/Shape.tsx'

/** From which product to which: one under the other, or `beside` each other where steps follow. */
export function Products(props: { from: string | null; to: string | null; beside?: boolean }) {
  const { board, t } = useBoard()
  const nameOf = (id: string | null) =>
    board.site.products.find((product) => product.id === id)?.name ?? id ?? t('unknownProduct')
  return (
    <div className={props.beside ? 'changeover-products beside' : 'changeover-products'}>
      <Fit className="label" text={nameOf(props.from)} tier="line" />
      <Arrow size="5rem" />
      <Fit className="title" text={nameOf(props.to)} tier="line" floor={0.88} testId="changeover-to" />
    </div>
  )
}
