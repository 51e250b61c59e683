import { useBoard } from '../board-view.tsx'

export type PaperLine = { mark?: 'done' | 'late' | 'open'; name: string; value: string }

/** A titled list of at most `max` lines; an empty one is left out. What does not fit is counted. */
export function PaperList(props: { title: string; max: number; lines: readonly PaperLine[] }) {
  const { t } = useBoard()
  const { title, max, lines } = props
  if (lines.length === 0) return null
  return (
    <section>
      <h2>{title}</h2>
      <ul>
        {lines.slice(0, max).map(({ mark, name, value }, index) => (
          <li key={index} data-mark={mark}>
            <span>{name}</span>
            <b>{value}</b>
          </li>
        ))}
        {lines.length > max && <li>{t('moreRows', { count: lines.length - max })}</li>}
      </ul>
    </section>
  )
}
