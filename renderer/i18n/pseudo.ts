import { en } from './en.ts'
import type { Catalogue } from './words.ts'

const accented: Record<string, string> = Object.fromEntries(
  [...'aeiounscrlytzdgkAEIOUNSCRLYTZDGK'].map((letter, index) => [
    letter,
    [...'áéíóúñśčŕĺýťžďğķÁÉÍÓÚÑŚČŔĹÝŤŽĎĞĶ'][index] ?? letter,
  ]),
)

/** Translations are longer than English by about this share of the letters. */
const longer = 0.3

/** One message in accented letters, with vowels repeated; arguments and plural syntax stay as they are. */
export function pseudoMessage(message: string): string {
  let depth = 0
  let owed = 0
  let text = ''
  for (const char of message) {
    if (char === '{') depth++
    if (char === '}') depth--
    const isText = depth % 2 === 0 && char !== '{' && char !== '}'
    if (!isText) {
      text += char
      continue
    }
    const letter = accented[char] ?? char
    text += letter
    if (/\p{L}/u.test(char)) owed += longer
    if (owed >= 1 && /[aeiou]/i.test(char)) {
      text += letter
      owed -= 1
    }
  }
  return text
}

function pseudoOf(messages: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(messages).map(([key, value]) => [
      key,
      typeof value === 'string' ? pseudoMessage(value) : pseudoOf(value as object),
    ]),
  )
}

export const pseudo = pseudoOf(en) as Catalogue
