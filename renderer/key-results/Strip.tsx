import type { ScreenName } from '../../shared/settings/display.ts'
import { useBoard } from '../board-view.tsx'
import { Fit } from '../fit/Fit.tsx'
import { Figure } from '../widgets/Figure.tsx'
import { NotchBar } from '../widgets/NotchBar.tsx'
import { Shape } from '../widgets/Shape.tsx'
import { keyResultLook, keyResultNumber, keyResultUnit, railItems } from './look.ts'

/** Far class: one key result at the bottom, another one with each turn of the rotation. */
export function Strip({ screen, turn }: { screen: ScreenName; turn: number }) {
  const view = useBoard()
  const all = railItems(view.board.keyResults.items, screen, Number.POSITIVE_INFINITY, 0)
  const item = all[turn % Math.max(1, all.length)]
  if (!item) return null
  const look = keyResultLook(item, view)
  const number = look.value === null ? '' : keyResultNumber(item, look.value, view.format)
  return (
    <section className="strip" data-kr={item.id}>
      <Shape status={look.status} size="9rem" />
      <Fit className="strip-name" text={item.name} tier="line" floor={0.82} />
      {look.value === null ? (
        <Fit text={look.word} className="strip-word" tier="line" />
      ) : (
        <NotchBar fill={look.progress?.progress ?? null} notch={look.progress?.expected ?? null} />
      )}
      {look.value !== null && (
        <Figure
          id={`kr-${item.id}`}
          raw={look.value}
          className={look.old ? 'old' : ''}
          unit={item.unit.length <= 4 ? keyResultUnit(item, number) : null}
        >
          {number}
        </Figure>
      )}
    </section>
  )
}
