// Set-up before `npm start` and `npm test`: dependencies, the build and, for tests, a Chromium. Runs on any Node from 18 on
// without dependencies, does only what is missing, and says each problem in one sentence.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { delimiter, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(fileURLToPath(import.meta.url))
const windows = process.platform === 'win32'
const goal = process.argv[2] ?? 'start'

function fail(sentence) {
  console.error(sentence)
  process.exit(1)
}

function say(sentence) {
  console.error(sentence)
}

const read = (path) => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : '')
const hash = (text) => createHash('sha256').update(text).digest('hex')

// --- dependencies

const dependencyStamp = 'node_modules/.lineside-lock'

/** True when the installed packages are those of the lock file, however they came. */
function installedFits(lock) {
  const installed = read('node_modules/.package-lock.json')
  if (installed === '') return false
  const have = JSON.parse(installed).packages ?? {}
  return Object.entries(lock.packages ?? {}).every(
    ([path, wanted]) =>
      path === '' || wanted.link || (have[path] ? have[path].version === wanted.version : wanted.optional),
  )
}

function installDependencies() {
  const lockText = read('package-lock.json')
  if (lockText === '') fail('package-lock.json is missing: get the whole project again.')
  if (read(dependencyStamp) === hash(lockText) && existsSync(join(root, 'node_modules/vite'))) return
  if (!installedFits(JSON.parse(lockText))) {
    say('Installing the dependencies (only when they changed; about a minute) ...')
    const npm = process.env.npm_execpath
    const [command, args] = npm ? [process.execPath, [npm]] : [windows ? 'npm.cmd' : 'npm', []]
    const run = spawnSync(command, [...args, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: root,
      encoding: 'utf8',
      shell: windows && !npm,
      maxBuffer: 64 * 1024 * 1024,
    })
    if (run.error)
      fail(`npm was not found (${run.error.message}): install Node with npm, then run this again.`)
    if (run.status !== 0) fail(installProblem(`${run.stdout}\n${run.stderr}`))
  }
  writeFileSync(join(root, dependencyStamp), hash(lockText))
}

function installProblem(output) {
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|ETIMEDOUT|ECONNRESET|ERR_SOCKET_TIMEOUT/.test(output)) {
    return 'The dependencies could not be fetched, npm does not reach its registry: connect this machine to the network and run this again.'
  }
  if (/ENOSPC/.test(output))
    return 'The dependencies do not fit on the disk: free about 1 GB and run this again.'
  if (/EACCES|EPERM/.test(output))
    return `The dependencies could not be written: make ${root} writable for this user.`
  const reason = /npm (?:error|ERR!) (?!code)(.+)/.exec(output)?.[1] ?? output.trim().split('\n').pop()
  return `The dependencies could not be installed: ${reason} ("npm ci" shows more).`
}

// --- build

const buildStamp = 'dist/.sources'
const sources = [
  'electron',
  'renderer',
  'shared',
  'db',
  'assets',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
]

function sourceHash() {
  const sum = createHash('sha256')
  const add = (path) => {
    sum.update(`${relative(root, path)}\n`)
    sum.update(readFileSync(path))
  }
  const walk = (folder) => {
    const entries = readdirSync(folder, { withFileTypes: true })
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) walk(path)
      else add(path)
    }
  }
  for (const name of sources) {
    const path = join(root, name)
    if (!existsSync(path)) continue
    if (name.includes('.')) add(path)
    else walk(path)
  }
  return sum.digest('hex')
}

/** The Node that the lock file pins; the build and the product run on it. */
function pinnedNode() {
  const own = join(root, 'node_modules/node/bin', windows ? 'node.exe' : 'node')
  if (existsSync(own)) return own
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 22 || (major === 22 && minor >= 14)) return process.execPath
  return fail(
    `Node 24 did not come with the dependencies and this machine's own (${process.versions.node}) is too old: run "npm rebuild node", or install Node 24.`,
  )
}

function build() {
  const wanted = sourceHash()
  if (read(buildStamp) === wanted) return
  say('Building Lineside ...')
  rmSync(join(root, buildStamp), { force: true })
  const tool = join(root, 'node_modules/electron-vite/bin/electron-vite.js')
  const run = spawnSync(pinnedNode(), [tool, 'build'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  if (run.status !== 0) {
    process.stderr.write(`${run.stdout ?? ''}${run.stderr ?? ''}`)
    fail('The build failed; the reason stands above.')
  }
  writeFileSync(join(root, buildStamp), wanted)
}

/**
 * Lets `npx lineside` find the command line. The scripts of package.json say `exec`, so that npm hands signals to the board
 * itself and not to a shell that swallows them; Windows knows no such word and gets it here.
 */
function offerCommand() {
  const entry = join(root, 'dist/app/lineside.cjs')
  if (windows) {
    writeFileSync(join(root, 'node_modules/.bin/exec.cmd'), '@%*\r\n')
    writeFileSync(
      join(root, 'node_modules/.bin/lineside.cmd'),
      '@node "%~dp0\\..\\..\\dist\\app\\lineside.cjs" %*\r\n',
    )
    return
  }
  chmodSync(entry, 0o755)
  const link = join(root, 'node_modules/.bin/lineside')
  if (existsSync(link)) return
  rmSync(link, { force: true })
  mkdirSync(dirname(link), { recursive: true })
  symlinkSync('../../dist/app/lineside.cjs', link)
}

// --- a browser for the tests

const browsers = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

function onPath(name) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .some((folder) => folder !== '' && existsSync(join(folder, name)))
}

function findChromium() {
  if (process.env.LINESIDE_CHROMIUM || browsers.some(onPath)) return
  if (process.getuid?.() === 0 && onPath('apt-get')) {
    say('Installing Chromium for the browser tests ...')
    const apt = (...args) =>
      spawnSync('apt-get', args, {
        encoding: 'utf8',
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      })
    const install = () => apt('install', '-y', '--no-install-recommends', 'chromium').status === 0
    if (install() || (apt('update').status === 0 && install())) return
  }
  say(
    'No Chromium was found, so the browser tests cannot run: install one ("apt-get install chromium"), or name one in LINESIDE_CHROMIUM.',
  )
}

const [major] = process.versions.node.split('.').map(Number)
if (major < 18)
  fail(`Lineside needs Node 18 or newer, this is ${process.versions.node}: install a newer Node.`)
installDependencies()
build()
offerCommand()
if (goal === 'test') findChromium()
