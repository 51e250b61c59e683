import { z } from 'zod'

/** What people at the screen need a PIN for, and how long it holds. */
export const peopleSchema = z.strictObject({
  /** Calls, scrap, stop reasons and changeovers need a PIN too. */
  stationNeedsPin: z.boolean().default(false),
  /** A page that is signed in and asks for nothing is signed out after this long. */
  idleLockS: z.int().min(30).max(3_600).default(300),
})

export type PeopleSettings = z.infer<typeof peopleSchema>
