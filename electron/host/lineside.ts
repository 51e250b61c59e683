#!/usr/bin/env node
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { projectFolder } from './project-folder.ts'

/** Entry of the command line. Runs on any Node from 18 on, and hands over to the pinned one where this one is too old. */

/** The store's SQLite needs Node-API 10, which came with this Node. */
const neededNode = [22, 14] as const

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > neededNode[0] || (major === neededNode[0] && minor >= neededNode[1])
}

function runWithPinnedNode(): void {
  const node = join(
    projectFolder(),
    'node_modules/node/bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  )
  if (!existsSync(node)) {
    console.error(
      `Lineside needs Node ${neededNode.join('.')} or newer (this is ${process.versions.node}): run "npm install" in its folder, which brings one.`,
    )
    process.exitCode = 2
    return
  }
  const child = spawn(node, process.argv.slice(1), { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => {
    console.error(
      `Node ${node} could not be started (${error.message}): run "npm install" in Lineside's folder.`,
    )
    process.exitCode = 2
  })
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal ? 1 : 0)
  })
}

// What libraries still call is no matter of the person at the keyboard.
process.noDeprecation = true

/** Should the process that handed over be killed, this one ends too instead of holding the store unseen. */
function endWithParent(): void {
  if (!process.channel) return
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
  process.channel.unref()
}

if (isNewEnough(process.versions.node)) {
  endWithParent()
  import('./command-line.ts').then(({ runCommandLine }) => runCommandLine(process.argv))
} else {
  runWithPinnedNode()
}
