import { afterEach, describe, expect, it } from 'vitest'
import { checkBroker } from '../../electron/engine/ingest/check-broker.ts'
import { brokerReportLines } from '../../electron/host/broker-report.ts'
import { startAedes } from '../helpers/aedes.ts'
import { startMosquitto } from '../helpers/mosquitto.ts'
import { needPart } from '../helpers/parts.ts'
import { testPlant } from '../helpers/recording.ts'
import { makeTempDir } from '../helpers/temp-dir.ts'

const cleanups: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

async function mosquitto(extra: readonly string[]) {
  const dir = makeTempDir('broker')
  const broker = await startMosquitto(dir.path, extra)
  cleanups.push(async () => {
    await broker.stop()
    dir.remove()
  })
  return testPlant(broker.url).broker
}

describe('what a broker gives', () => {
  it('measures that a mosquitto as it comes keeps 1,000 messages, and says what to configure', async (context) => {
    needPart(context, 'mosquitto')
    const broker = await mosquitto(['max_queued_messages 1000'])
    const report = await checkBroker(broker, undefined)
    expect(report).toMatchObject({
      grants: { mqtt: '5', maximumQoS: 2, sessionExpiryS: 604_800, retain: true, wildcards: true },
      kept: 1_000,
      window: 1_000,
      unmeasured: null,
    })
    expect(report.version).toMatch(/^mosquitto version \d/)
    const { lines, findings } = brokerReportLines(report, broker)
    const text = lines.join('\n')
    expect(findings).toBe(1)
    expect(text).toContain('It kept only 1000 of 1200 messages')
    expect(text).toContain('max_queued_messages 0')
    expect(text).toContain('persistence true')
  })

  it('finds nothing to mend where all messages are kept', async (context) => {
    needPart(context, 'mosquitto')
    const broker = await mosquitto([])
    const report = await checkBroker(broker, undefined)
    expect(report).toMatchObject({ kept: 1_200, window: 1_200 })
    expect(brokerReportLines(report, broker).findings).toBe(0)
  })

  it('says what else in the grants costs messages', () => {
    const { broker } = testPlant()
    const grants = {
      mqtt: '5' as const,
      sessionExpiryS: 3_600,
      receiveMaximum: 20,
      maximumQoS: 0 as const,
      maximumPacketBytes: null,
      retain: false,
      wildcards: false,
    }
    const report = { address: 'b:1', version: null, grants, kept: null, window: null, unmeasured: 'no' }
    const { lines, findings } = brokerReportLines(report, broker)
    expect(findings).toBe(4)
    expect(lines.join('\n')).toContain('only 3600 s, not the 604800 s')
    expect(lines.join('\n')).toContain('QoS 0 only')
  })

  it('falls back to MQTT 3.1.1, and tells that it decides alone then', async () => {
    const aedes = await startAedes()
    cleanups.push(aedes.stop)
    const { broker } = testPlant(aedes.url)
    const report = await checkBroker(broker, undefined)
    expect(report.grants).toMatchObject({ mqtt: '3.1.1', sessionExpiryS: null })
    expect(brokerReportLines(report, broker).lines.join('\n')).toContain('speaks only MQTT 3.1.1')
  })

  it('does not call messages lost that it was not allowed to publish', async (context) => {
    needPart(context, 'mosquitto')
    const dir = makeTempDir('acl')
    cleanups.push(dir.remove)
    const { writeFileSync, chmodSync } = await import('node:fs')
    const acl = `${dir.path}/acl`
    writeFileSync(acl, 'topic read #\ntopic read $SYS/#\n')
    chmodSync(acl, 0o600)
    const broker = await mosquitto([`acl_file ${acl}`])
    const report = await checkBroker(broker, undefined)
    expect(report.kept).toBeNull()
    expect(brokerReportLines(report, broker).lines.join('\n')).toContain('could not be measured')
  })

  it('says in one sentence when nothing answers', async () => {
    const gone = await startAedes()
    await gone.stop()
    await expect(checkBroker(testPlant(gone.url).broker, undefined)).rejects.toThrow(
      /^Nothing answers at 127\.0\.0\.1:\d+: check that the broker runs/,
    )
  })
})
