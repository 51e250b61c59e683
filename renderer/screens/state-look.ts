import type { LineWord } from '../../shared/contract/board-line.ts'
import type { BoardView } from '../board-view.tsx'
import type { Status } from '../widgets/Shape.tsx'

/** The shape of each word. */
export const wordShapes: Record<LineWord, Status> = {
  running: 'ok',
  slow: 'warn',
  waiting: 'warn',
  stopped: 'stop',
  down: 'stop',
  changeover: 'plan',
  break: 'plan',
  maintenance: 'plan',
  planned: 'plan',
  notscheduled: 'none',
  nodata: 'none',
}

/** The word and shape that the board may show: an old state never looks like the present one. */
export function stateLook({ board, trust, linkLost }: Pick<BoardView, 'board' | 'trust' | 'linkLost'>): {
  word: LineWord
  status: Status
} {
  const known = board.line.word
  const word = linkLost || (trust !== 'live' && known !== 'notscheduled') ? 'nodata' : known
  return { word, status: wordShapes[word] }
}
