const reloadedFor = 'lineside-reloaded-for'

/** What decides about reloading; the page passes its own window. */
export type ReloadPlace = {
  /** Version this page was built as, where the build says so. */
  built: string | undefined
  storage: Pick<Storage, 'getItem' | 'setItem'>
  reload: () => void
}

/**
 * Reloads the page when the engine's version is not the page's own. Without a build version, the first engine that
 * greets counts as the page's own. At most one reload for each version, so that a mismatch can never loop.
 */
export function reloadOnNewVersion({ built, storage, reload }: ReloadPlace): (version: string) => void {
  let own = built
  return (version) => {
    own ??= version
    if (own === version || storage.getItem(reloadedFor) === version) return
    storage.setItem(reloadedFor, version)
    reload()
  }
}
