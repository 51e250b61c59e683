import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { defaultDataDir } from '../../../shared/settings/default-data-dir.ts'
import { readStartOptions } from '../../../electron/main/start-options.ts'

const home = { env: { XDG_DATA_HOME: '/var/home/data' }, platform: 'linux', home: '/home/line' }
const read = (...argv: string[]) => readStartOptions(argv, home)

test('data lies where the platform keeps it', () => {
  const linux = { env: {}, platform: 'linux', home: '/home/line' }
  expect(defaultDataDir(linux, false)).toBe('/home/line/.local/share/lineside/plant')
  const windows = {
    env: { LOCALAPPDATA: 'C:\\Users\\line\\Local' },
    platform: 'win32',
    home: 'C:\\Users\\line',
  }
  expect(defaultDataDir(windows, true)).toBe('C:\\Users\\line\\Local\\lineside\\demo')
})

describe('readStartOptions', () => {
  test('without a plant shows the demo, in the user data folder', () => {
    const options = read('app/main.cjs')
    expect(options.dataDir).toBe('/var/home/data/lineside/demo')
    expect(options.engineArgs).toEqual(['--demo', '--data', options.dataDir])
    expect(options.output).toBeNull()
    expect(options.touchOutput).toBeNull()
  })

  test('a plant file ends the demo, paths become absolute', () => {
    const options = read('app/main.cjs', '--plant', 'plant.yaml', '--data', 'store')
    expect(options.dataDir).toBe(resolve('store'))
    expect(options.engineArgs).toEqual(['--plant', resolve('plant.yaml'), '--data', resolve('store')])
  })

  test('reads --name=value too, between switches of Chromium', () => {
    const options = read(
      '--inspect=0',
      '--no-sandbox',
      'main.cjs',
      '--data=/srv/line',
      '--lang=de',
      '--display=2',
      '--touch-display',
      '1280x800',
    )
    expect(options.dataDir).toBe(resolve('/srv/line'))
    expect(options.output).toBe('2')
    expect(options.touchOutput).toBe('1280x800')
    expect(options.engineArgs).not.toContain('--no-sandbox')
  })

  test('what follows -- goes to the engine and is not read here', () => {
    const options = read('--data', '/srv/a', '--', '--data', '/srv/b')
    expect(options.dataDir).toBe(resolve('/srv/a'))
    expect(options.engineArgs.slice(-2)).toEqual(['--data', '/srv/b'])
  })
})
