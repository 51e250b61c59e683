/** Numbers of the protocol that the page needs too; kept apart from the schemas, so that the page ships no validator. */

/** A page and an engine talk only when theirs are equal. */
export const protocolVersion = 1
/** A tick comes every second. After this long without any push the board is visibly stale. Milliseconds. */
export const tickLossMs = 3_000
/** At most 4 patches a second and screen. Milliseconds between two. */
export const patchIntervalMs = 250
/** Every call fails after this long without an answer. Milliseconds. */
export const callDeadlineMs = 8_000
