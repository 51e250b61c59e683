/** Themes that a daily board may have a letter for. */
export const letterThemes = [
  'safety',
  'quality',
  'delivery',
  'cost',
  'people',
  'morale',
  'inventory',
  'productivity',
] as const
export type LetterTheme = (typeof letterThemes)[number]

/** Sets of letters that plants use, in their order. */
export const letterSets = {
  SQDCP: ['safety', 'quality', 'delivery', 'cost', 'people'],
  SQDC: ['safety', 'quality', 'delivery', 'cost'],
  SQDCM: ['safety', 'quality', 'delivery', 'cost', 'morale'],
  QDIP: ['quality', 'delivery', 'inventory', 'productivity'],
} as const satisfies Record<string, readonly LetterTheme[]>
export type LetterSet = keyof typeof letterSets
export const letterSetNames = Object.keys(letterSets) as [LetterSet, ...LetterSet[]]
