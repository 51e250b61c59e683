/**
 * Two touch screens (1280x800 and 1920x1080) and a TV, each a real Chromium of its own, at one served board: actions a second by
 * real taps, over connections that are cut between send and answer. Says what was lost or counted twice, and how long it took from
 * a tap to the words that say it is saved. Arguments: --seconds [300] --per-second [10].
 */
import { parseArgs } from 'node:util'
import { handsLoad, handsLoadWords } from '../helpers/hands-load.ts'
import { findPart } from '../helpers/parts.ts'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '300' },
    'per-second': { type: 'string', default: '10' },
  },
})
const executablePath = findPart('chromium')
if (executablePath === null) throw new Error('chromium was not found on this machine')
const perSecond = Number(values['per-second'])
const run = await handsLoad({ seconds: Number(values.seconds), perSecond, executablePath })
console.log(handsLoadWords(run))
for (const one of [...run.lost, ...run.twice, ...run.refused]) console.error(one)
const right = run.scrapEntered === run.scrapStored && run.scrapStored === run.scrapShown
if (run.lost.length + run.twice.length + run.refused.length > 0 || !right) process.exitCode = 1
