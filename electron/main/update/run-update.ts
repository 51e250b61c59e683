import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { app } from 'electron'
import { valueOf } from '../start-options.ts'
import { installUpdate } from './install-update.ts'
import type { UpdateOrder } from './install-update.ts'
import { UpdateRefused } from './signed-package.ts'

export type UpdateWish = Omit<UpdateOrder, 'publicKey'> & { keyFile: string | null }

/** Reads `--install-update FILE|URL`, `--into DIR`, `--update-key FILE`, `--allow-older`; null: none is wanted. */
export function updateOrder(argv: readonly string[], env: NodeJS.ProcessEnv): UpdateWish | null {
  const from = valueOf(argv, '--install-update')
  if (from === null) return null
  return {
    from: /^https?:\/\//.test(from) ? from : resolve(from),
    root: resolve(valueOf(argv, '--into') ?? env.LINESIDE_INSTALL ?? ''),
    keyFile: valueOf(argv, '--update-key'),
    allowOlder: argv.includes('--allow-older'),
  }
}

/** The key that the package brought goes before any other: who may type a command may not choose whom to trust. */
function publicKey(keyFile: string | null): string {
  const packaged = join(process.resourcesPath, 'update-key.pem')
  const file = existsSync(packaged) ? packaged : keyFile
  if (file === null)
    throw new UpdateRefused('This package has no update key: name one with --update-key FILE.')
  return readFileSync(file, 'utf8')
}

/** Exit code of the command: 0 installed, 2 refused. */
export async function runUpdate(wish: UpdateWish): Promise<number> {
  try {
    const order = { ...wish, publicKey: publicKey(wish.keyFile) }
    const version = await installUpdate(order, app.getVersion())
    console.log(`Version ${version} is installed and starts with the next start of the board.`)
    return 0
  } catch (error) {
    console.error(error instanceof UpdateRefused ? error.message : `The update failed: ${String(error)}`)
    return 2
  }
}
