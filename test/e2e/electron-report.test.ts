import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { bounceMs } from '../../renderer/touch/tap-timing.ts'
import { openBoardRig } from '../helpers/board-rig.ts'
import { needPart } from '../helpers/parts.ts'
import { until } from '../helpers/until.ts'

const pictures = 'test-results/screens'
let cleanUp: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const step of cleanUp.reverse()) await step()
  cleanUp = []
})

test(
  'the kiosk puts the report of the shift into a file of one page',
  { timeout: 120_000 },
  async (context) => {
    const [text, info, image] = (['pdftotext', 'pdfinfo', 'pdftoppm'] as const).map((part) =>
      needPart(context, part),
    )
    mkdirSync(pictures, { recursive: true })
    const rig = await openBoardRig(context)
    cleanUp.push(rig.close)
    const { kiosk, plant } = rig
    await until('the board', async () => (await rig.text()).includes('Filler 7'))
    await plant.state('running')
    await rig.pieces()
    const press = async (selector: string) => {
      await until(selector, () => kiosk.inPage<boolean>(`document.querySelector('${selector}') !== null`))
      // Not so soon after the one before that it counts as a bounce of the same finger.
      await new Promise((resolve) => setTimeout(resolve, bounceMs + 50))
      await kiosk.inPage(`document.querySelector('${selector}').click()`)
    }
    await press('.stage')
    await press('[data-testid=group-team]')
    await press('[data-testid=page-huddle]')
    await press('[data-testid=print-report]')
    const reports = join(rig.args[3]!, 'reports')
    const files = () => (existsSync(reports) ? readdirSync(reports) : [])
    await until('the file', () => files().length === 1, 30_000)
    await until('its name on the page', async () => (await rig.text()).includes(`Saved: `))
    const file = join(reports, files()[0]!)
    expect(files()[0]).toMatch(/^[A-Za-z0-9_-]+-report-\d+\.pdf$/)
    expect(execFileSync(info!, [file], { encoding: 'utf8' })).toMatch(/Pages:\s+1\n[^]*\(A4\)/)
    execFileSync(image!, ['-png', '-r', '110', file, `${pictures}/kiosk-report`])
    const words = execFileSync(text!, ['-layout', file, '-'], { encoding: 'utf8' })
    expect(words).toContain('End-of-shift report')
    expect(words).toMatch(/Audit trail \d+:[0-9a-f]{16}/)
    // The board is as it was, not in the colours of paper.
    expect(await kiosk.inPage(`getComputedStyle(document.body).backgroundColor`)).toBe('rgb(14, 19, 22)')
  },
)
