import type { SqdcpLetter, SqdcpPart } from '../../../shared/contract/board-team.ts'
import { letterSets, type LetterSet } from '../../../shared/domain/letters.ts'
import { useBoard } from '../../board-view.tsx'
import { Fit } from '../../fit/Fit.tsx'
import { Figure } from '../../widgets/Figure.tsx'
import type { Status } from '../../widgets/Shape.tsx'
import { Shape } from '../../widgets/Shape.tsx'
import { Why } from '../../widgets/Why.tsx'
import { NotSetUp } from '../NotSetUp.tsx'
import { Letter } from './Letter.tsx'
import { letterCells } from './masks.ts'

export const letterStatus: Record<SqdcpLetter['status'], Status> = {
  hit: 'ok',
  near: 'warn',
  miss: 'stop',
  unknown: 'none',
}

/** Longer units, and units of longer numbers, stand before the caption. Characters. */
const longestUnit = 3
const longestBeside = 4

/** The plant's letters in their order; one that nothing feeds is empty, and says so. */
export function lettersOf(part: SqdcpPart, set: LetterSet): SqdcpLetter[] {
  return letterSets[set].map(
    (theme): SqdcpLetter =>
      part.letters.find((letter) => letter.theme === theme) ?? {
        theme,
        value: null,
        decimals: 0,
        unit: '',
        counts: null,
        caption: '',
        status: 'unknown',
        marks: [],
      },
  )
}

/** The month in letters, and the number that each theme is led by. */
export function Sqdcp() {
  const { board, density, t } = useBoard()
  const part = board.sqdcp
  if (part === null) return <NotSetUp />
  const letters = lettersOf(part, board.site.display.letters)
  // As wide as their letters: the cells of all letters are of one size.
  const gridTemplateColumns = letters
    .map(({ theme }) => `minmax(0, ${letterCells(theme).columns}fr)`)
    .join(' ')
  const noted = letters.find(({ theme }) => theme === part.note?.theme)
  return (
    <div className="screen sqdcp">
      <div className="letters" style={{ gridTemplateColumns }}>
        {letters.map((letter) => (
          <Column key={letter.theme} letter={letter} part={part} />
        ))}
      </div>
      {part.note && noted && density !== 'far' && (
        <Why
          status={letterStatus[noted.status]}
          bold={t(`theme.${noted.theme}`)}
          words={part.note.words}
          testId="sqdcp-note"
        />
      )}
    </div>
  )
}

function Column({ letter, part }: { letter: SqdcpLetter; part: SqdcpPart }) {
  const { density, format, t } = useBoard()
  const { theme, value, decimals, status, marks, unit, counts } = letter
  const caption = counts === null ? letter.caption : t(`hands.counts.${counts}`)
  const far = density === 'far'
  const name = t(`theme.${theme}`)
  const number =
    value === null ? '\u2013' : decimals === 0 ? format.pieces(value) : format.decimal(value, decimals)
  const short = unit.length <= longestUnit && number.length <= longestBeside
  return (
    <section className="letter-column" data-letter={theme}>
      <div className="letter-box">
        <Letter
          theme={theme}
          marks={marks}
          days={part.days}
          today={part.today}
          label={t('picture.letter', { theme: name })}
        />
      </div>
      {!far && <Fit className="letter-name" text={name} tier="line" />}
      <div className="letter-value">
        <Shape status={letterStatus[status]} size={far ? '7.6rem' : '5.2rem'} />
        {far || !short ? (
          <Fit className="number" text={number} tier="number" testId={`sqdcp-${theme}`} raw={value ?? ''} />
        ) : (
          <Figure id={`sqdcp-${theme}`} raw={value} className="number" unit={value === null ? null : unit}>
            {number}
          </Figure>
        )}
      </div>
      {!far && (
        <Fit
          className="micro"
          text={caption === '' ? t('notSetUp') : short ? caption : `${unit} ${caption}`}
          tier="near"
          maxLines={2}
        />
      )}
    </section>
  )
}
