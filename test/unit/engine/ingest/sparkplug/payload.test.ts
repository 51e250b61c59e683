import fc from 'fast-check'
import Long from 'long'
import { describe, expect, it } from 'vitest'
import { metricValue } from '../../../../../electron/engine/ingest/sparkplug/metric-value.ts'
import {
  maxNameLength,
  metricsPerPayload,
  readPayload,
} from '../../../../../electron/engine/ingest/sparkplug/payload.ts'
import { rebirthRequest } from '../../../../../electron/engine/ingest/sparkplug/rebirth-request.ts'
import { encodePayload } from '../../../../helpers/sparkplug-encoder.ts'

/** The value that comes out when the independent encoder has put `value` in. */
function through(type: string, value: unknown): unknown {
  const [metric] = readPayload(encodePayload([{ name: 'm', type, value }])).metrics
  const read = metricValue(metric!, metric!.datatype!)
  return read.ok ? read.value : read.reason
}

describe('values of all types', () => {
  it.each([
    ['Int8', -128],
    ['Int8', 127],
    ['Int16', -32_768],
    ['Int16', 32_767],
    ['Int32', -2_147_483_648],
    ['Int32', 2_147_483_647],
    ['UInt8', 255],
    ['UInt16', 65_535],
    ['UInt32', 4_294_967_295],
    ['Float', 0.1],
    ['Float', -12.5],
    ['Double', 0.1],
    ['Double', -1e300],
    ['Boolean', true],
    ['Boolean', false],
    ['String', 'Läuft'],
    ['Text', ''],
    ['UUID', '6a1c'],
  ])('%s %s', (type, value) => {
    expect(through(type, value)).toBe(value)
  })

  it('64 bits with their sign, beyond 2^53 as bigint', () => {
    expect(through('Int64', Long.fromString('-1'))).toBe(-1)
    expect(through('Int64', Long.fromString('-9223372036854775808'))).toBe(-9_223_372_036_854_775_808n)
    expect(through('Int64', Long.fromString('9007199254740991'))).toBe(9_007_199_254_740_991)
    expect(through('UInt64', Long.fromString('18446744073709551615', true))).toBe(18_446_744_073_709_551_615n)
    expect(through('UInt64', Long.fromString('5000000000', true))).toBe(5_000_000_000)
    expect(through('DateTime', Long.fromNumber(1_764_000_000_000))).toBe(1_764_000_000_000)
  })

  it('any 64-bit number comes back as it was', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (wanted) => {
        expect(BigInt(through('Int64', Long.fromString(String(wanted))) as number)).toBe(wanted)
      }),
    )
  })

  it('says of which no signal can be made', () => {
    expect(through('Bytes', new Uint8Array([1]))).toMatch(/no signal/)
    expect(through('Double', NaN)).toBe('is NaN')
    expect(through('Float', Infinity)).toBe('is Infinity')
  })
})

describe('payload', () => {
  it('reads sequence, times, aliases and marks; absent fields stay undefined', () => {
    const bytes = encodePayload(
      [
        { alias: 7, type: 'Int32', value: 5, timestamp: 1_764_000_000_001, isHistorical: true },
        { name: 'n', type: 'Int32', value: null, isTransient: true },
      ],
      { seq: 255, timestamp: 1_764_000_000_000, bare: true },
    )
    const payload = readPayload(bytes)
    expect(payload).toMatchObject({ seq: 255, timestampMs: 1_764_000_000_000 })
    expect(payload.metrics[0]).toMatchObject({
      name: undefined,
      alias: 7n,
      datatype: undefined,
      timestampMs: 1_764_000_000_001,
      isHistorical: true,
      isNull: false,
      bits: 5n,
    })
    expect(payload.metrics[1]).toMatchObject({ name: 'n', alias: undefined, isNull: true, isTransient: true })
    expect(readPayload(encodePayload([])).seq).toBeUndefined()
  })

  it('takes no more metrics and no longer names than its bounds', () => {
    const empty = Buffer.concat(Array.from({ length: metricsPerPayload + 1 }, () => Buffer.from([0x12, 0])))
    expect(() => readPayload(empty)).toThrow(`more than ${metricsPerPayload} metrics`)
    expect(() =>
      readPayload(encodePayload([{ name: 'x'.repeat(maxNameLength + 1), type: 'Int32', value: 1 }])),
    ).toThrow("a metric's name")
  })

  it('answers any bytes with a payload or an error, never with anything else', () => {
    const whole = encodePayload(
      [
        { name: 'count', alias: 1, type: 'UInt32', value: 5 },
        { name: 'state', alias: 2, type: 'String', value: 'running' },
      ],
      { seq: 3 },
    )
    let errors = 0
    const attempt = (bytes: Uint8Array): void => {
      try {
        const payload = readPayload(bytes)
        expect(payload.metrics.length).toBeLessThanOrEqual(bytes.length)
      } catch (error) {
        expect(error).toBeInstanceOf(Error)
        errors++
      }
    }
    for (let cut = 1; cut < whole.length; cut++) attempt(whole.slice(0, cut))
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => attempt(bytes)),
      { numRuns: 2_000 },
    )
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, byte) => {
        const changed = Uint8Array.from(whole)
        changed[at] = byte
        attempt(changed)
      }),
      { numRuns: 2_000 },
    )
    expect(errors).toBeGreaterThan(100)
  })
})

describe('rebirth request', () => {
  it('tck-id-operational-behavior-data-commands-ncmd-rebirth-name and -value', async () => {
    const { default: sparkplug } = await import('sparkplug-payload')
    const decoded = sparkplug.get('spBv1.0')!.decodePayload(rebirthRequest(1_764_000_000_000))
    expect(decoded.metrics).toHaveLength(1)
    expect(decoded.metrics?.[0]).toMatchObject({ name: 'Node Control/Rebirth', type: 'Boolean', value: true })
    expect(Number(decoded.timestamp)).toBe(1_764_000_000_000)
    expect(decoded.seq ?? null).toBeNull()
  })
})
