import { readFile } from 'node:fs/promises'
import type { Plant } from '../../shared/settings/plant.ts'
import { HostError, reasonOf } from './host-error.ts'

/** The broker's password from where the plant file says it is; undefined when none is wanted. Throws HostError. */
export async function brokerPassword(broker: Plant['broker']): Promise<string | undefined> {
  if (broker.passwordEnv !== undefined) {
    const password = process.env[broker.passwordEnv]
    if (password !== undefined) return password
    throw new HostError(
      `The broker's password is missing: set the environment variable ${broker.passwordEnv}.`,
    )
  }
  if (broker.passwordFile === undefined) return undefined
  try {
    return (await readFile(broker.passwordFile, 'utf8')).replace(/\r?\n$/, '')
  } catch (error) {
    throw new HostError(
      `The broker's password file cannot be read (${reasonOf(error)}): check broker.passwordFile.`,
    )
  }
}
