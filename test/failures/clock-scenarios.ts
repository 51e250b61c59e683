import type { BoardRig } from '../helpers/board-rig.ts'
import { until } from '../helpers/until.ts'
import { deviceClock, noSettableClock, tenOClockS, untilCounting } from './device-clock.ts'
import type { DeviceClock } from './device-clock.ts'
import { says, timed } from './scenario.ts'
import type { OwnScenario } from './scenario.ts'

/** What may happen to the device's clock while its board runs, in all of its processes at once. */

const plantZone = 'Europe/Berlin'
const limitMs = 20_000
const dayS = 86_400

/** Waits until the plant's time of a device that is `offsetS` off stands on the board: its processes do see that clock. */
async function showsTime(rig: BoardRig, offsetS: number): Promise<void> {
  const time = () =>
    new Date(Date.now() + offsetS * 1000).toLocaleTimeString('en-GB', {
      timeZone: plantZone,
      hour: '2-digit',
      minute: '2-digit',
    })
  await until('the time on the board', async () => (await rig.text()).includes(time()), limitMs)
}

type Setting = { offsetS: number; run: (rig: BoardRig, clock: DeviceClock) => Promise<number> }

function scenario(name: string, what: string, { offsetS, run }: Setting): OwnScenario {
  return {
    name,
    what,
    limitMs,
    unable: noSettableClock,
    run: async (_context, open) => {
      const clock = deviceClock(offsetS)
      try {
        return await run(await open({ env: clock.env }), clock)
      } finally {
        clock.remove()
      }
    },
  }
}

function jump(name: string, what: string, byS: number): OwnScenario {
  const startS = tenOClockS()
  return scenario(name, what, {
    offsetS: startS,
    run: async (rig, clock) => {
      await showsTime(rig, startS)
      await rig.pieces()
      clock.setS(startS + byS)
      const ms = await timed(() => showsTime(rig, startS + byS))
      return ms + (await untilCounting(rig, limitMs))
    },
  })
}

export const clockScenarios: readonly OwnScenario[] = [
  jump('clock-forward', 'the clock jumps two hours forward', 2 * 3_600),
  jump('clock-back', 'the clock jumps back by an hour', -3_600),
  jump('clock-back-a-day', 'the clock jumps back by 26 hours', -26 * 3_600),
  scenario('no-clock', 'the device begins in 1970 without a battery, and gets the time later', {
    offsetS: -Math.floor(Date.now() / 1000) + dayS,
    run: async (rig, clock) => {
      await says(rig, /Filler 7/)
      await rig.plant.count({ good: 3 })
      const startS = tenOClockS()
      clock.setS(startS)
      const ms = await timed(() => showsTime(rig, startS))
      return ms + (await untilCounting(rig, limitMs))
    },
  }),
  scenario(
    'broker-away-for-days',
    'the broker is away for three days of the device’s clock; from its return',
    {
      offsetS: tenOClockS(),
      run: async (rig, clock) => {
        await rig.pieces()
        await rig.plant.dropBroker()
        const laterS = tenOClockS() + 3 * dayS
        clock.setS(laterS)
        await showsTime(rig, laterS)
        await says(rig, /No connection|no connection|broker/i)
        return timed(async () => {
          await rig.plant.startBroker()
          await untilCounting(rig, limitMs)
        })
      },
    },
  ),
  {
    name: 'time-zone',
    what: 'the device’s time zone is another one, and then the page’s changes while it runs: the plant’s counts',
    limitMs,
    unable: () => null,
    run: (_context, open) =>
      timed(async () => {
        const rig = await open({ env: { TZ: 'Pacific/Auckland' } })
        await showsTime(rig, 0)
        await rig.pieces()
        await rig.kiosk.app.evaluate(async ({ BrowserWindow }) => {
          const page = BrowserWindow.getAllWindows()[0]?.webContents.debugger
          page?.attach()
          await page?.sendCommand('Emulation.setTimezoneOverride', { timezoneId: 'Pacific/Kiritimati' })
        })
        const offset = await rig.kiosk.inPage<number>('new Date().getTimezoneOffset()')
        if (offset !== -14 * 60) throw new Error(`The page's time zone is ${offset} minutes off`)
        await showsTime(rig, 0)
        await rig.pieces()
      }),
  },
]
