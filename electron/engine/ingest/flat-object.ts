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

/** What is done with a member's value. */
type Member = {
  name: string
  wanted: boolean
  unlike: boolean
  declined: boolean
  /** The name in quotes and its colon. */
  head: Uint8Array
}

/** Members remembered, by name; and of the last payload, in their order. */
const mostNames = 256
const mostMembers = 32

/**
 * Reads the most frequent payloads without making a text and an object of everything in them: one flat JSON object in
 * printable ASCII, of texts without escapes and whole numbers. Answers the members asked for as JSON.parse would give them, or
 * null: read it with JSON.parse, which also says what is wrong. `unlike`: those of them whose texts hardly ever repeat.
 * `declined`: a payload with one of these members is left to JSON.parse.
 */
export function createFlatReader<Name extends string>(
  names: readonly Name[],
  unlike: readonly Name[],
  declined: readonly string[] = [],
): (bytes: Uint8Array) => Partial<Record<Name, Value>> | null {
  const wanted = new Set<string>(names)
  const blank = Object.fromEntries(names.map((name) => [name, undefined])) as Record<string, Value>
  const passing = new Set<string>(unlike)
  const texts = createTexts()
  const known = new Map<string, Member>()
  /** Of the payload before: one source sends the same members in the same order. */
  const usual: Member[] = []

  const memberOf = (name: string): Member => {
    let member = known.get(name)
    if (member === undefined) {
      if (known.size >= mostNames) known.clear()
      const head = Buffer.from(`"${name}":`)
      member = {
        name,
        wanted: wanted.has(name),
        unlike: passing.has(name),
        declined: declined.includes(name),
        head,
      }
      known.set(name, member)
    }
    return member
  }

  return (bytes) => {
    const found = { ...blank }
    const end = bytes.length
    let at = skipBlank(bytes, 0)
    if (bytes[at] !== 0x7b) return null
    at = skipBlank(bytes, at + 1)
    for (let index = 0; bytes[at] !== 0x7d; index++) {
      if (index > 0) {
        if (bytes[at] !== 0x2c) return null
        at = skipBlank(bytes, at + 1)
      }
      let member = usual[index]
      if (member !== undefined && startsWith(bytes, at, member.head)) at += member.head.length
      else {
        const nameEnd = textEnd(bytes, at)
        if (nameEnd < 0) return null
        member = memberOf(texts.text(bytes, at + 1, nameEnd))
        if (member.declined) return null
        if (index < mostMembers) usual[index] = member
        at = skipBlank(bytes, nameEnd + 1)
        if (bytes[at] !== 0x3a) return null
        at++
      }
      at = skipBlank(bytes, at)
      if (bytes[at] === quote) {
        const valueEnd = textEnd(bytes, at)
        if (valueEnd < 0) return null
        if (member.wanted) {
          found[member.name] = member.unlike
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
        if (member.wanted) found[member.name] = number
      }
      at = skipBlank(bytes, at)
    }
    return skipBlank(bytes, at + 1) === end ? (found as Partial<Record<Name, Value>>) : null
  }
}

function startsWith(bytes: Uint8Array, from: number, head: Uint8Array): boolean {
  for (let index = 0; index < head.length; index++) if (bytes[from + index] !== head[index]) return false
  return true
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
