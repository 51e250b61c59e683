import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { rememberDevice } from '../../../electron/main/device-memory.ts'
import { findOutput } from '../../../electron/main/outputs.ts'
import { displaySchema } from '../../../shared/settings/display.ts'

const tv = { id: 60, label: 'Samsung TV', scaleFactor: 2, bounds: { x: 0, y: 0, width: 1920, height: 1080 } }
const touch = { id: 7, label: 'ELO', scaleFactor: 1, bounds: { x: 1920, y: 0, width: 1280, height: 800 } }
const find = (wish: string) => findOutput([touch, tv], tv, wish)

test.each([
  ['primary', tv],
  ['1', tv],
  ['2', touch],
  ['3', null],
  ['1280x800', touch],
  // The TV's own pixels, and Electron's.
  ['3840x2160', tv],
  ['1920x1080', tv],
  ['640x480', null],
  ['+1920+0', touch],
  ['+0+1080', null],
  ['id:60', tv],
  ['id:61', null],
  ['name:elo', touch],
  ['left', null],
  ['0', null],
  ['', null],
])('the screen "%s"', (wish, found) => expect(find(wish)).toBe(found))

test('plant.yaml says how to name a screen', () => {
  expect(displaySchema.parse({ output: '2', touchOutput: '1280x800' }).output).toBe('2')
  const refused = displaySchema.safeParse({ output: 'left' })
  expect(refused.error?.issues[0]?.message).toContain('write "primary", "2"')
})

const folder = mkdtempSync(join(tmpdir(), 'lineside-device-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('what plant.yaml said is there at the next start, and nonsense is not', () => {
  expect(rememberDevice(folder, 'pl-PL').now()).toEqual({ language: 'pl', output: null, touchOutput: null })
  rememberDevice(folder, 'pl-PL').learn({ language: 'fr', output: '2', touchOutput: null })
  expect(rememberDevice(folder, 'pl-PL').now()).toEqual({ language: 'fr', output: '2', touchOutput: null })
  for (const text of ['', 'null', '{"language":"xx","output":5,"touchOutput":"left"}']) {
    writeFileSync(join(folder, 'device.json'), text)
    expect(rememberDevice(folder, 'de').now()).toEqual({ language: 'de', output: null, touchOutput: null })
  }
})
