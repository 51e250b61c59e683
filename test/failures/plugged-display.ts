import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Display } from '../helpers/electron-rig.ts'

/** Programs of an X server whose one output can be unplugged and switch its resolution. Needs root. */
const programs = ['Xorg', 'xrandr', 'openbox']

const config = `Section "Device"
  Identifier "dummy"
  Driver "dummy"
  VideoRam 256000
EndSection
Section "Monitor"
  Identifier "panel"
  HorizSync 5-1000
  VertRefresh 5-200
  Modeline "1920x1080" 148.50 1920 2008 2052 2200 1080 1084 1089 1125
  Modeline "1280x720" 74.25 1280 1390 1430 1650 720 725 730 750
EndSection
Section "Screen"
  Identifier "screen"
  Device "dummy"
  Monitor "panel"
  DefaultDepth 24
  SubSection "Display"
    Depth 24
    Modes "1920x1080" "1280x720"
    Virtual 3840 2160
  EndSubSection
EndSection
Section "ServerFlags"
  Option "AutoAddDevices" "false"
  Option "DontVTSwitch" "true"
EndSection
`

export type PluggedDisplay = Display & {
  /** Width x height, or off as when the plug is pulled. */
  set: (mode: '1920x1080' | '1280x720' | 'off') => void
}

export function noPluggedDisplay(): string | null {
  const missing = programs.filter((name) => {
    try {
      execFileSync('which', [name], { stdio: 'ignore' })
      return false
    } catch {
      return true
    }
  })
  return missing.length > 0 ? `${missing.join(', ')} is not installed` : null
}

export async function openPluggedDisplay(): Promise<PluggedDisplay> {
  const dir = mkdtempSync(join(tmpdir(), 'lineside-xorg-'))
  const file = join(dir, 'xorg.conf')
  writeFileSync(file, config)
  const server = spawn(
    'Xorg',
    // prettier-ignore
    ['-displayfd', '3', '-noreset', '-nolisten', 'tcp', '-config', file, '-logfile', join(dir, 'log'), '-ac'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  )
  const number = await new Promise<string>((resolve, reject) => {
    server.once('exit', () => reject(new Error('Xorg ended at once')))
    server.stdio[3]?.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()))
  })
  const env = { ...process.env, DISPLAY: `:${number}` }
  const manager = spawn('openbox', [], { env, stdio: 'ignore' })
  return {
    name: `:${number}`,
    width: 1920,
    height: 1080,
    set: (mode) => {
      const how = mode === 'off' ? ['--off'] : ['--mode', mode]
      execFileSync('xrandr', ['--output', 'DUMMY0', ...how], { env, stdio: 'ignore' })
    },
    close: async () => {
      for (const child of [manager, server]) {
        const ended = new Promise((resolve) => child.once('exit', resolve))
        if (child.exitCode !== null || child.signalCode !== null) continue
        child.kill('SIGKILL')
        await ended
      }
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
