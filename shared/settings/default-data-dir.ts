/** What decides where data lives when nobody says so; hosts pass their own process. */
export type DataHome = {
  env: Readonly<Record<string, string | undefined>>
  platform: string
  /** The user's home folder, absolute. */
  home: string
}

/** The user's data folder by the platform's custom, one for the demo and one for the real plant. */
export function defaultDataDir({ env, platform, home }: DataHome, demo: boolean): string {
  const windows = platform === 'win32'
  const base = windows
    ? (env.LOCALAPPDATA ?? `${home}\\AppData\\Local`)
    : env.XDG_DATA_HOME || `${home}/.local/share`
  return [base, 'lineside', demo ? 'demo' : 'plant'].join(windows ? '\\' : '/')
}
