import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { createEngine } from '../../electron/engine/engine.ts'
import { loadPlant } from '../../shared/settings/load-plant.ts'
import { presetNames } from '../../shared/settings/topic-presets.ts'
import { startMosquitto } from '../helpers/mosquitto.ts'
import { needPart } from '../helpers/parts.ts'
import { makeTempDir } from '../helpers/temp-dir.ts'
import { until } from '../helpers/until.ts'

const root = join(import.meta.dirname, '../..')
const page = readFileSync(join(root, 'docs/topics.md'), 'utf8')
const readme = readFileSync(join(root, 'README.md'), 'utf8')

type Example = { name: string; topics: string; commands: string; says: string }

/** Each yaml block with the sh block and the "On the board" line that follow it. */
const examples: Example[] = [
  ...page.matchAll(
    /^##+ (.+)$\n(?:(?!\n#)[^])*?```yaml\n([^]*?)```\n+```sh\n([^]*?)```\n+On the board: (.+)\n/gm,
  ),
].map(([, name = '', topics = '', commands = '', says = '']) => ({ name, topics, commands, says }))

const run = promisify(execFile)

test('each preset has an example', () => {
  const names = examples.map(({ name }) => name)
  for (const preset of presetNames) expect(names).toContain(preset)
  expect(names).toContain('Rules of your own')
})

test.for(examples)(
  '$name: pasted as it is',
  { timeout: 30_000 },
  async ({ topics, commands, says }, context) => {
    needPart(context, 'mosquitto')
    needPart(context, 'mosquitto_pub')
    const dir = makeTempDir('examples')
    const broker = await startMosquitto(dir.path)
    // The commands name no port: mosquitto_pub takes it from its settings file.
    mkdirSync(join(dir.path, 'config'))
    writeFileSync(join(dir.path, 'config/mosquitto_pub'), `-p ${broker.port}\n`)
    const base = /```yaml\n(site: [^]*?)```/.exec(readme)?.[1] ?? ''
    const loaded = loadPlant(base.replace('mqtt://127.0.0.1:1883', broker.url) + topics)
    if (!('plant' in loaded)) throw new Error(JSON.stringify(loaded.errors))
    const dataDir = join(dir.path, 'data')
    const log: string[] = []
    const engine = createEngine({
      plant: loaded.plant,
      dataDir,
      demo: null,
      version: 'test',
      log: (_level, text) => void log.push(text),
    })
    try {
      await engine.start()
      await until('connected', () => log.join().includes('Connected to the broker'))
      await run('sh', ['-e', '-c', commands], {
        env: { ...process.env, XDG_CONFIG_HOME: join(dir.path, 'config') },
      })
      const { recorder } = engine
      const board = (): string => {
        const { facts, values } = recorder.model('line3')
        const sum = (of: 'good' | 'scrap') => facts.counts.reduce((all, count) => all + count[of], 0)
        const scrap = sum('scrap') > 0 ? [`${sum('scrap')} scrap`] : []
        const state = facts.states
          .slice(-1)
          .map((fact) => (fact.reason === undefined ? fact.state : `${fact.state} (${fact.reason})`))
        const named = Object.entries(values).map(([key, { value }]) => `${key} ${value}`)
        const found = `${[`${sum('good')} good`, ...scrap, ...state].join(', ')}.`
        return named.length === 0 ? found : `${found} Values: ${named.sort().join(', ')}.`
      }
      await until('the board says so', () => board() === says).catch(() => expect(board()).toBe(says))
      expect(recorder.counters()).toMatchObject({ rejected: 0, sideErrors: 0 })
    } finally {
      await engine.stop()
      await broker.stop()
      dir.remove()
    }
  },
)
