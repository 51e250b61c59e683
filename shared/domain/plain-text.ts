import { z } from 'zod'

/** No control characters, none that turn the direction of writing. */
const plain = /^[^\p{Cc}\u200E\u200F\u2028-\u202E\u2066-\u2069]*$/u

/** One line as it reads: without characters that steer a terminal or turn the direction of writing. */
export const plainText = z.string().regex(plain, 'a text in one line without control characters')

/** The same, trimmed, of what may come in several lines (from a file, say): they become one. */
export const oneLine = (max: number) =>
  z
    .string()
    .overwrite((text) => text.replace(/\s*[\r\n\t]\s*/g, ' '))
    .trim()
    .max(max)
    .regex(plain, 'a text without control characters')
