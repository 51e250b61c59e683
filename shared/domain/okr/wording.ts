/**
 * What the words of a key result promise, judged apart from its fields: a result changes a number, a task only gets done, and
 * business as usual keeps what is there. English and German; words of another language are judged by their numbers alone.
 */
export type Wording = 'result' | 'business as usual' | 'task' | 'no number'

const first = (...words: readonly string[]): RegExp => new RegExp(`^(?:${words.join('|')})(?!\\p{L})`, 'iu')

const keepsThings = first(
  'maintain|maintaining|keep|keeping|sustain|hold(?! (?:\\d|an? ))|preserve|continue|remain|stay',
  'beibehalten|halten|halte|bewahren|weiterhin|sichern',
)
/** "On-time delivery stays at 95 %", "95 % Liefertreue halten". */
const keepsAtEnd =
  /(?:\b(?:stays?|remains?|is kept|is maintained)\s+(?:at|above|below|under|over)\b|(?:^|\s)(?:halten|beibehalten|bewahren)[.!]?$)/iu

const doesThings = first(
  'implement|introduce|install|launch|roll out|set up|build|create|write|define|conduct|hold|run|organi[sz]e',
  'complete|finish|deliver|deploy|develop|document|buy|order|hire|train|plan|prepare|start|perform|carry out',
  'review|test|einführen|installieren|aufbauen|erstellen|schreiben|schulen|durchführen|kaufen',
)

/** A number that tells an outcome: what it was and will be, or what the thing that gets done brings about. */
const outcome =
  /(?:\bfrom\b.*\d.*\bto\b.*\d|\bvon\b.*\d.*\bauf\b.*\d|\b(?:that|which|so that|resulting in|cutting|raising|reducing|to (?:reduce|raise|cut|lift|lower|increase|reach|improve))\b.*\d|(?:^|[,\s])(?:damit|sodass|um)\s.*\d)/iu

const hasNumber =
  /\d|\b(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|half|halve|double|null|eins?|zwei|drei|vier|fünf|halbieren|verdoppeln)\b/iu

/** Judges the sentence of a key result, such as "Reduce order fulfilment cycle time from 8 days to 4 days". */
export function wordingOf(sentence: string): Wording {
  const text = sentence.trim()
  if (outcome.test(text)) return 'result'
  if (keepsThings.test(text) || keepsAtEnd.test(text)) return 'business as usual'
  if (doesThings.test(text)) return 'task'
  return hasNumber.test(text) ? 'result' : 'no number'
}

/**
 * True when an objective's title holds a figure; objectives are words, the figures belong to the key results. A digit inside
 * a name (Line 3, Q4, 2026, 5S, ISO 9001) is none.
 */
export function hasFigure(title: string): boolean {
  const withoutNames = title
    .replace(
      /\b(?:line|lines|linie|linien|hall|halle|shift|schicht|plant|werk|cell|area|iso|level|stufe)\s+\d+\b/giu,
      ' ',
    )
    .replace(/\b(?:[QH][1-4]|5S|6S|(?:19|20)\d\d|\p{L}+\d+\p{L}*)\b/gu, ' ')
  return /\d/.test(withoutNames)
}
