/** A second touch so soon after the first, and so near to it, is a bounce of the same finger. Milliseconds, rem. */
export const bounceMs = 250
export const bounceRem = 6
/** What must be held acts after this long. Milliseconds. */
export const holdMs = 1_000
