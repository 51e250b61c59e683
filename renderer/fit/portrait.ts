/** The same question as in portrait.css, and whether the page is being printed. */
const questions = { upright: '(max-aspect-ratio: 1/1)', printed: 'print' } as const
const asked = new Map<string, MediaQueryList>()

/** Asked once: every look makes an object that the browser keeps up to date. */
function query(question: keyof typeof questions): MediaQueryList {
  let known = asked.get(question)
  if (!known) asked.set(question, (known = window.matchMedia(questions[question])))
  return known
}

let isUpright: boolean | null = null

function subscribe(listener: () => void): () => void {
  query('upright').addEventListener('change', listener)
  return () => query('upright').removeEventListener('change', listener)
}

/** While the page is printed the paper's shape would answer: the board stays as it is. */
function note(): void {
  if (!query('printed').matches) isUpright = query('upright').matches
}

/** The browser is asked when the answer changes, not with every push. */
function look(): boolean {
  if (isUpright === null) {
    note()
    query('upright').addEventListener('change', note)
  }
  return isUpright ?? false
}

/** True on a screen that is higher than wide. */
export const portrait = { get: look, subscribe }
