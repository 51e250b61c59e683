/**
 * Two touch screens and a TV at one engine: actions a second over WebSockets that are cut between send and answer. Says what was
 * lost or counted twice, and how long a tap took to be confirmed. Arguments: [seconds, 300] [actions a second, 10].
 */
import { handsLoad, handsLoadWords } from '../helpers/hands-load.ts'

const [seconds = '300', perSecond = '10'] = process.argv.slice(2)
const run = await handsLoad({ seconds: Number(seconds), perSecond: Number(perSecond) })
console.log(handsLoadWords(run))
for (const one of [...run.lost, ...run.twice, ...run.refused]) console.error(one)
const right = run.scrapEntered === run.scrapStored && run.scrapStored === run.scrapShown
if (run.lost.length + run.twice.length + run.refused.length > 0 || !right) process.exitCode = 1
