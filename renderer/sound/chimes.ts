/** One tone: pitch in Hz, start and length in seconds. */
export type Note = { hz: number; atS: number; lengthS: number }

/**
 * The board's own sounds, as notes: heard over machines (600 to 1,500 Hz, where hearing protection lets most through), short,
 * and told apart by their rhythm. They are made by the sound card, so that there is no file to load or to miss.
 */
export const chimes = {
  /** Somebody calls: two tones, rising. */
  call: [
    { hz: 660, atS: 0, lengthS: 0.35 },
    { hz: 880, atS: 0.3, lengthS: 0.6 },
  ],
  /** Nobody has answered: the call twice, higher. */
  escalation: [
    { hz: 880, atS: 0, lengthS: 0.25 },
    { hz: 1_175, atS: 0.22, lengthS: 0.4 },
    { hz: 880, atS: 0.8, lengthS: 0.25 },
    { hz: 1_175, atS: 1.02, lengthS: 0.5 },
  ],
  /** Safety: three even, high tones, twice. */
  safety: [0, 0.3, 0.6, 1.4, 1.7, 2].map((atS) => ({ hz: 1_319, atS, lengthS: 0.22 })),
} as const satisfies Record<string, readonly Note[]>
export type ChimeName = keyof typeof chimes
