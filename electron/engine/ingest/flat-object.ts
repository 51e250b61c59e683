import { createTexts } from './texts.ts'

type Value = string | number | undefined

/** Longest whole number that is read here: all of that length are exact. */
const mostDigits = 15
const quote = 0x22
const backslash = 0x5c
const firstPrintable = 0x20
const lastPrintable = 0x7e
const zero = 0x30
const nine = 0x39

/**
 * Reads the most frequent payloads without making a text and an object of everything in them: one flat JSON object in
 * printable ASCII, of texts without escapes and whole numbers. Answers the members asked for as JSON.parse would give them, or
 * null: read it with JSON.parse, which also says what is wrong. `unlike`: those of them whose texts hardly ever repeat.
 */
export function createFlatReader<Name extends string>(
  names: readonly Name[],
  unlike: readonly Name[],
): (bytes: Uint8Array) => Partial<Record<Name, Value>> | null {
  const wanted = new Set<string>(names)
  const blank = Object.fromEntries(names.map((name) => [name, undefined])) as Record<string, Value>
  const passing = new Set<string>(unlike)
  const texts = createTexts()

  return (bytes) => {
    const found = { ...blank }
    const end = bytes.length
    let at = skipBlank(bytes, 0)
    if (bytes[at] !== 0x7b) return null
    at = skipBlank(bytes, at + 1)
    for (let isFirst = true; bytes[at] !== 0x7d; isFirst = false) {
      if (!isFirst) {
        if (bytes[at] !== 0x2c) return null
        at = skipBlank(bytes, at + 1)
      }
      const nameEnd = textEnd(bytes, at)
      if (nameEnd < 0) return null
      const name = texts.text(bytes, at + 1, nameEnd)
      at = skipBlank(bytes, nameEnd + 1)
      if (bytes[at] !== 0x3a) return null
      at = skipBlank(bytes, at + 1)
      const isWanted = wanted.has(name)
      if (bytes[at] === quote) {
        const valueEnd = textEnd(bytes, at)
        if (valueEnd < 0) return null
        if (isWanted) {
          found[name] = passing.has(name)
            ? asciiText(bytes, at + 1, valueEnd)
            : texts.text(bytes, at + 1, valueEnd)
        }
        at = valueEnd + 1
      } else {
        const from = at
        let number = 0
        for (let byte = bytes[at]!; byte >= zero && byte <= nine; byte = bytes[++at]!) {
          number = number * 10 + (byte - zero)
        }
        const digits = at - from
        if (digits === 0 || digits > mostDigits || (digits > 1 && bytes[from] === zero)) return null
        if (isWanted) found[name] = number
      }
      at = skipBlank(bytes, at)
    }
    return skipBlank(bytes, at + 1) === end ? (found as Partial<Record<Name, Value>>) : null
  }
}

function asciiText({ buffer, byteOffset }: Uint8Array, from: number, to: number): string {
  return Buffer.from(buffer, byteOffset + from, to - from).toString('latin1')
}

function skipBlank(bytes: Uint8Array, from: number): number {
  let at = from
  for (
    let byte = bytes[at];
    byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
    byte = bytes[++at]
  );
  return at
}

/** Where the text that begins at `from` has its closing quote; -1: it is none, or not a plain one. */
function textEnd(bytes: Uint8Array, from: number): number {
  if (bytes[from] !== quote) return -1
  for (let at = from + 1; at < bytes.length; at++) {
    const byte = bytes[at]!
    if (byte === quote) return at
    if (byte < firstPrintable || byte > lastPrintable || byte === backslash) return -1
  }
  return -1
}
