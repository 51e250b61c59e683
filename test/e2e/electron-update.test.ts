import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { basename, join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { startRigPlant } from '../helpers/electron-rig-plant.ts'
import { isAlive, needBuild, openDisplay, processTree } from '../helpers/electron-rig.ts'
import { isRoot, needPart } from '../helpers/parts.ts'
import { makeTempDir } from '../helpers/temp-dir.ts'
import { until } from '../helpers/until.ts'

const cleanUp: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step()
})

const project = process.cwd()
const { arch } = process

/** An unpacked version: the built board under another number, in the Electron of this machine. */
function makeVersion(folder: string, electron: string, version: string, brokenEngine: boolean): void {
  const app = join(folder, 'app')
  mkdirSync(app, { recursive: true })
  cpSync(join(project, 'dist'), join(app, 'dist'), { recursive: true })
  symlinkSync(join(project, 'node_modules'), join(app, 'node_modules'))
  writeFileSync(
    join(app, 'package.json'),
    JSON.stringify({ name: 'lineside', version, main: 'dist/app/main.cjs' }),
  )
  if (brokenEngine) writeFileSync(join(app, 'dist/app/engine.cjs'), 'process.exit(1)\n')
  const sandbox = isRoot() ? '--no-sandbox' : ''
  writeFileSync(
    join(folder, 'lineside'),
    `#!/bin/sh\nexec "${electron}" ${sandbox} "$(dirname "$(readlink -f "$0")")/app" "$@"\n`,
    { mode: 0o755 },
  )
}

function makePackage(
  dir: string,
  electron: string,
  version: string,
  key: string,
  brokenEngine = false,
): string {
  const name = `lineside-${version}-linux-${arch}`
  makeVersion(join(dir, name), electron, version, brokenEngine)
  const file = join(dir, `${name}.tar.gz`)
  execFileSync('tar', ['-czf', file, '-C', dir, name])
  execFileSync(process.execPath, [join(project, 'sign-update.mjs'), file, '--key', key], { stdio: 'ignore' })
  return file
}

function keyPair(dir: string, name: string): { privateFile: string; publicFile: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const privateFile = join(dir, `${name}.pem`)
  const publicFile = join(dir, `${name}.pub`)
  writeFileSync(privateFile, privateKey.export({ type: 'pkcs8', format: 'pem' }))
  writeFileSync(publicFile, publicKey.export({ type: 'spki', format: 'pem' }))
  return { privateFile, publicFile }
}

test(
  'an update from a file or an address: only signed and newer, on trial, and back when it does not hold',
  { timeout: 240_000 },
  async (context) => {
    const electron = needPart(context, 'electron')
    needBuild()
    const folder = makeTempDir('update')
    cleanUp.push(folder.remove)
    const dir = folder.path
    const ours = keyPair(dir, 'ours')
    const other = keyPair(dir, 'other')
    const root = join(dir, 'install')
    makeVersion(join(root, 'versions/0.1.0'), electron, '0.1.0', false)
    symlinkSync('versions/0.1.0', join(root, 'current'))
    const display = await openDisplay(context)
    cleanUp.push(display.close)
    const env: NodeJS.ProcessEnv = { ...process.env, DISPLAY: display.name }
    const current = () => readlinkSync(join(root, 'current'))

    const install = (from: string, ...more: string[]) =>
      new Promise<{ code: number | null; said: string }>((resolve) => {
        const child = spawn(
          join(root, 'current/lineside'),
          ['--install-update', from, '--into', root, '--update-key', ours.publicFile, ...more],
          { env },
        )
        let said = ''
        child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
        child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
        child.once('exit', (code) => resolve({ code, said }))
      })
    const refused = async (from: string, sentence: RegExp) => {
      const { code, said } = await install(from)
      expect(said).toMatch(sentence)
      expect(code).toBe(2)
      expect(current()).toBe('versions/0.1.0')
      expect(readdirSync(root).sort()).toEqual(['current', 'versions'])
    }

    // A stranger's signature, a package that was changed after it was signed, one for nobody, an old one.
    const packages = (name: string) => {
      mkdirSync(join(dir, name))
      return join(dir, name)
    }
    await refused(
      makePackage(packages('stranger'), electron, '0.2.0', other.privateFile),
      /not signed with the update key of this device/,
    )
    const changed = makePackage(packages('changed'), electron, '0.2.0', ours.privateFile)
    appendFileSync(changed, 'more')
    await refused(changed, /not the one that was signed/)
    await refused(join(dir, 'nothing.tar.gz'), /nothing\.tar\.gz\.sig cannot be read/)
    await refused(makePackage(packages('old'), electron, '0.0.9', ours.privateFile), /older than 0\.1\.0/)

    // From an address inside the plant.
    const good = makePackage(packages('good'), electron, '0.2.0', ours.privateFile)
    const server = createServer((request, answer) => {
      const file = join(dir, 'good', basename(request.url ?? ''))
      answer.writeHead(existsSync(file) ? 200 : 404)
      answer.end(existsSync(file) ? readFileSync(file) : '')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    cleanUp.push(() => new Promise((resolve) => server.close(() => resolve())))
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    await refused(`${address}/none.tar.gz`, /the server says 404/)
    const installed = await install(`${address}/${basename(good)}`)
    expect(installed.said).toContain('Version 0.2.0 is installed')
    expect(installed.code).toBe(0)
    expect(current()).toBe('versions/0.2.0')
    expect(readlinkSync(join(root, 'previous'))).toBe('versions/0.1.0')

    // It holds, and its trial is over.
    const plant = await startRigPlant(dir)
    cleanUp.push(plant.stop)
    const data = join(dir, 'data')
    const log = () => readFileSync(join(data, 'logs/kiosk.log'), 'utf8')
    const launch = () => {
      const child = spawn(
        '/bin/sh',
        [join(project, 'assets/device/lineside-launch'), root, '--plant', plant.file, '--data', data],
        { env, stdio: ['ignore', 'ignore', 'inherit'] },
      )
      const end = async () => {
        const tree = await processTree(child.pid ?? 0)
        // The launcher first: it would start a board anew that ends otherwise than by an order.
        for (const pid of tree) if (isAlive(pid)) process.kill(pid, 'SIGTERM')
        await until('the board to end', () => !tree.some(isAlive))
      }
      cleanUp.push(() => (child.exitCode === null ? end() : undefined))
      return end
    }
    const endGood = launch()
    await plant.subscribed
    await until('the end of the trial', () => !existsSync(join(root, 'trial')), 60_000)
    await until('word of it in the log', () => log().includes('This version holds: its trial is over.'))
    await endGood()

    // A version whose engine does not start gives way to the one before, and that shows the line.
    const broken = makePackage(packages('broken'), electron, '0.3.0', ours.privateFile, true)
    expect(await install(broken)).toMatchObject({ code: 0 })
    expect(current()).toBe('versions/0.3.0')
    expect(readdirSync(join(root, 'versions')).sort()).toEqual(['0.2.0', '0.3.0'])
    const startMs = performance.now()
    const endBroken = launch()
    await until('the way back', () => existsSync(join(root, 'rolled-back')), 150_000)
    expect(current()).toBe('versions/0.2.0')
    expect(readFileSync(join(root, 'rolled-back'), 'utf8')).toBe('versions/0.3.0 did not hold\n')
    const lines = log().split('\n').length
    await until(
      'the board',
      () =>
        log()
          .split('\n')
          .slice(lines - 1)
          .join('\n')
          .includes('The engine runs'),
      30_000,
    )
    console.log(`a broken version, until the one before runs: ${Math.round(performance.now() - startMs)} ms`)
    await endBroken()
    expect(spawnSync('ls', [root], { encoding: 'utf8' }).stdout).not.toContain('.update-')
  },
)
