import { z } from 'zod'
import { plainText } from '../settings/fields.ts'

/** Fields that several calls have. */

/** What names a record, exactly as it was made. */
export const key = (max: number) => plainText.min(1).max(max)
/** One line that people read. */
export const text = (max: number) => plainText.trim().min(1).max(max)
export const optionalText = (max: number) => plainText.trim().max(max)
export const pin = z.string().regex(/^\d{4,6}$/, 'a PIN of 4 to 6 digits')
/** What a reader of barcodes or RFID tags types. */
export const badge = plainText.trim().min(4).max(64)
/**
 * In every call that needs a role (rights.ts): the PIN of who signs it, unless this page is signed in. The engine takes it out
 * before the call is done, so that it gets into no record.
 */
export const signed = { pin: pin.optional() }
