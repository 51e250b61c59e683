import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { findBrowser } from '../../electron/host/window/browser-window.ts'
import { chooseWindow } from '../../electron/host/window/choose-window.ts'
import { electronBinary } from '../../electron/host/window/electron-binary.ts'
import { fetchElectron } from '../../electron/host/window/fetch-electron.ts'
import { runElectron } from '../../electron/host/window/run-electron.ts'
import { makeTempDir } from '../helpers/temp-dir.ts'

let dir: ReturnType<typeof makeTempDir>
beforeEach(() => {
  dir = makeTempDir('window')
})
afterEach(() => {
  vi.unstubAllEnvs()
  dir.remove()
})

const program = (name: string, text: string) => {
  const file = join(dir.path, name)
  writeFileSync(file, text)
  chmodSync(file, 0o755)
  return file
}

describe('where the board appears', () => {
  const person = {
    headless: false,
    serve: false,
    isRoot: false,
    platform: 'linux',
    env: { DISPLAY: ':0' },
  } as const

  test.each([
    [{}, 'electron', null],
    [{ env: { WAYLAND_DISPLAY: 'wayland-0' } }, 'electron', null],
    [{ platform: 'win32', env: {} }, 'electron', null],
    [{ serve: true }, 'browser', null],
    [{ headless: true }, 'none', null],
    [{ headless: true, isRoot: true }, 'none', null],
    [{ env: {} }, 'none', /no display/],
    [{ isRoot: true }, 'none', /root/],
    [{ isRoot: true, serve: true }, 'none', /root/],
  ] as const)('%j: %s', (given, window, sentence) => {
    const choice = chooseWindow({ ...person, ...given })
    expect(choice.window).toBe(window)
    if (sentence) expect(choice.sentence).toMatch(sentence)
    else expect(choice.sentence).toBeNull()
  })
})

describe('Electron', () => {
  test('ELECTRON_OVERRIDE_DIST_PATH is honoured, and a wrong one is said', async () => {
    vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', dir.path)
    expect(await electronBinary()).toEqual({
      sentence: `ELECTRON_OVERRIDE_DIST_PATH names ${dir.path}, where there is no Electron, so the board opens in a browser.`,
    })
    const electron = program('electron', '#!/bin/sh\n')
    expect(await electronBinary()).toEqual({ path: electron })
  })

  test('one that does not start is told from one that was closed', async () => {
    const board = { demo: true, dataDir: dir.path }
    const broken = program('broken', '#!/bin/sh\nexit 127\n')
    expect(await runElectron(broken, board)).toEqual({ how: 'failed', reason: 'exit code 127' })
    const closed = program('closed', '#!/bin/sh\nexit 0\n')
    expect(await runElectron(closed, board)).toEqual({ how: 'closed', code: 0 })
    expect(await runElectron(join(dir.path, 'none'), board)).toMatchObject({ how: 'failed' })
  })

  test('it gets the application, the plant and the data folder', async () => {
    const echo = program('echo', `#!/bin/sh\necho "$@" > ${dir.path}/args\n`)
    await runElectron(echo, { demo: false, plant: '/etc/plant.yaml', dataDir: '/var/data' })
    expect(readFileSync(join(dir.path, 'args'), 'utf8')).toMatch(
      /^\S+ --plant \/etc\/plant\.yaml --data \/var\/data\n$/,
    )
  })
})

describe('fetching Electron', () => {
  const installer = (code: string) => program('install.cjs', code)

  test('done, refused, without a network', async () => {
    expect(await fetchElectron(installer(''))).toBeNull()
    expect(await fetchElectron(installer("throw new Error('getaddrinfo ENOTFOUND github.com')"))).toBe(
      'no network',
    )
    expect(await fetchElectron(installer("console.error('Error: checksum differs'); process.exit(1)"))).toBe(
      'checksum differs',
    )
  })

  test('a download that grows may take its time, one that stalls is given up', async () => {
    const growing = `
      const fs = require('fs'), os = require('os'), path = require('path')
      let rounds = 0
      setInterval(() => {
        fs.appendFileSync(path.join(os.tmpdir(), 'part'), 'x'.repeat(1000))
        if (++rounds === 16) process.exit(0)
      }, 200)`
    expect(await fetchElectron(installer(growing), 1_500)).toBeNull()
    const startMs = performance.now()
    expect(await fetchElectron(installer('setInterval(() => {}, 1000)'), 1_500)).toBe('no progress for 1.5 s')
    expect(performance.now() - startMs).toBeLessThan(6_000)
  })
})

test('a browser is found on the path, the first that fits', () => {
  mkdirSync(join(dir.path, 'bin'))
  const env = { PATH: `/nowhere:${dir.path}/bin` }
  expect(findBrowser(env, 'linux')).toBeNull()
  const chrome = program('bin/google-chrome', '')
  expect(findBrowser(env, 'linux')).toBe(chrome)
  const chromium = program('bin/chromium', '')
  expect(findBrowser(env, 'linux')).toBe(chromium)
})
