import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { findPart, isRoot } from './parts.ts'

export type TestMosquitto = {
  url: string
  port: number
  /** SIGKILL: it loses what it has not saved. */
  kill: () => Promise<void>
  /** SIGTERM: mosquitto saves its sessions and queues. */
  stop: () => Promise<void>
  /** Starts it again on the same port with the sessions it saved. */
  restart: () => Promise<void>
}

const startDeadlineMs = 10_000

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise<void>((resolve) => server.close(() => resolve()))
  return port
}

function canConnect(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

/**
 * A mosquitto of its own on a free loopback port, with persistence and an unlimited queue; `dir` is an empty folder of
 * the test. Needs mosquitto on this machine (see parts.ts). `extraConfig`: further lines of mosquitto.conf.
 */
export async function startMosquitto(
  dir: string,
  extraConfig: readonly string[] = [],
): Promise<TestMosquitto> {
  const binary = findPart('mosquitto')
  if (!binary) throw new Error('mosquitto was not found on this machine: install it, or ask needPart first')
  const dataDir = join(dir, 'mosquitto')
  mkdirSync(dataDir, { recursive: true })
  if (isRoot()) chmodSync(dir, 0o755)
  const port = await freePort()
  const config = join(dataDir, 'mosquitto.conf')
  writeFileSync(
    config,
    [
      `listener ${port} 127.0.0.1`,
      'allow_anonymous true',
      'persistence true',
      `persistence_location ${dataDir}/`,
      'max_queued_messages 0',
      'set_tcp_nodelay true',
      'log_dest stderr',
      'log_type error',
      // mosquitto started by root becomes "nobody", who could not write into the test's folder.
      ...(isRoot() ? ['user root'] : []),
      ...extraConfig,
      '',
    ].join('\n'),
  )
  let child: ChildProcess | null = null
  const start = async (): Promise<void> => {
    const started = spawn(binary, ['-c', config], { stdio: ['ignore', 'ignore', 'pipe'] })
    child = started
    let output = ''
    started.stderr.on('data', (chunk: Buffer) => (output = (output + chunk.toString()).slice(-2000)))
    const deadline = Date.now() + startDeadlineMs
    while (!(await canConnect(port))) {
      if (started.exitCode !== null || Date.now() > deadline)
        throw new Error(`mosquitto did not start: ${output}`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const running = child
    child = null
    if (!running || running.exitCode !== null || running.signalCode !== null) return
    await new Promise<void>((resolve) => {
      running.once('exit', () => resolve())
      running.kill(signal)
    })
  }
  const stop = (): Promise<void> => end('SIGTERM')
  await start()
  return {
    url: `mqtt://127.0.0.1:${port}`,
    port,
    stop,
    kill: () => end('SIGKILL'),
    restart: async () => {
      await stop()
      await start()
    },
  }
}
