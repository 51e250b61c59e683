import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFlatReader } from '../../../../electron/engine/ingest/flat-object.ts'

const names = ['ts', 'id', 'good', 'product'] as const
const read = createFlatReader(names, ['ts', 'id'], ['total_good'])
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

/** What JSON.parse makes of it, of the members asked for; null: it is no JSON object. */
function parsed(text: string): Record<string, unknown> | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const object = value as Record<string, unknown>
  return Object.fromEntries(
    names.map((name) => [name, Object.hasOwn(object, name) ? object[name] : undefined]),
  )
}

/** Texts near to flat JSON objects: right ones, and ones with a part taken out, doubled or put in. */
const nearJson = fc
  .tuple(
    fc.dictionary(
      fc.oneof(fc.constantFrom(...names, 'serial', '__proto__'), fc.string({ maxLength: 3 })),
      fc.oneof(
        fc.string({ maxLength: 6 }),
        fc.maxSafeNat(),
        fc.nat(9),
        fc.double(),
        fc.constantFrom(null, true, -1, [], {}, 'ü', 'a"b', 'a\\b'),
      ),
      { maxKeys: 5 },
    ),
    fc.constantFrom(undefined, 1, '\t'),
    fc.nat(200),
    fc.constantFrom(
      '',
      ',',
      '0',
      '"',
      '{',
      '}',
      ' ',
      '\n',
      'e1',
      '.5',
      '\u0001',
      '\\',
      '-',
      '"good":01,',
      '"good":2,',
    ),
    fc.nat(2),
  )
  .map(([value, indent, place, piece, cut]) => {
    const text = JSON.stringify(value, null, indent)
    const at = place % (text.length + 1)
    return text.slice(0, at) + piece + text.slice(at + (piece === '' ? 0 : cut))
  })

describe('createFlatReader', () => {
  it('answers as JSON.parse does, or not at all', () => {
    let answered = 0
    fc.assert(
      fc.property(nearJson, (text) => {
        const found = read(bytesOf(text))
        if (found === null) return
        answered++
        expect(found).toEqual(parsed(text))
      }),
      { numRuns: 20_000, seed: 11 },
    )
    expect(answered).toBeGreaterThan(1_000)
  })

  it('reads what plants send by the thousand, and of two members with one name the last', () => {
    const wanted = { ts: 1_785_000_000_000, id: 'SN-1', good: 1, product: 'cola' }
    const text = JSON.stringify({ ...wanted, serial: 'x' }, null, 1)
    expect(read(bytesOf(text))).toEqual(wanted)
    expect(read(bytesOf('{"good":1,"good":2}'))).toEqual({ good: 2 })
    expect(read(bytesOf('{}'))).toEqual({})
    expect(read(new Uint8Array(bytesOf(`xx${text}`).buffer, 2))).toEqual(wanted)
  })

  it.each([
    ['', 'nothing'],
    ['{"good":1', 'no end'],
    ['{"good":1}x', 'something after it'],
    ['{"good":01}', 'a leading zero'],
    ['{"good":1234567890123456}', 'more digits than are exact'],
    ['{"good":1,}', 'a comma too many'],
    ['{"product":"a\\u0062"}', 'an escape'],
    ['{"product":"Käse"}', 'not ASCII'],
    ['{"good":1.5}', 'no whole number'],
    ['[1]', 'no object'],
    ['{"good":1,"total_good":1}', 'a member that is declined'],
  ])('leaves %j to JSON.parse: %s', (text) => {
    expect(read(bytesOf(text))).toBeNull()
  })
})
