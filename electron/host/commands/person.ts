import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { databaseFile } from '../../../db/data-dir.ts'
import { openDatabase } from '../../../db/open-database.ts'
import type { PersonRole } from '../../../db/queries/team.ts'
import { addPerson as add } from '../../engine/people.ts'
import { privateUmask } from '../data-dir.ts'
import { askHidden } from '../ask-hidden.ts'
import { HostError } from '../host-error.ts'
import { lockWithoutBoard } from '../lock-without-board.ts'
import { plantOfData } from '../plant-file.ts'
import { storeFailure } from '../store-failure.ts'

export type PersonOptions = { data: string; name: string; role: PersonRole; pinStdin?: boolean }

/** `lineside person add`: the PIN never stands on the command line, where others could read it. */
export async function addPerson(options: PersonOptions): Promise<void> {
  process.umask(privateUmask)
  const dataDir = resolve(options.data)
  await plantOfData(dataDir, undefined)
  const pin = options.pinStdin ? await firstLineOfInput() : await askPin(options.name)
  try {
    const lock = lockWithoutBoard(dataDir, 'add the person')
    try {
      const nativeBinding = process.env.LINESIDE_SQLITE_BINDING || undefined
      const database = openDatabase({ file: databaseFile(dataDir), nativeBinding })
      try {
        await add(database.write, { name: options.name, role: options.role, pin }, Date.now())
      } finally {
        database.close()
      }
    } finally {
      lock.release()
    }
  } catch (error) {
    throw storeFailure(error, dataDir)
  }
  console.log(`${options.name} may now sign as ${options.role}.`)
}

async function askPin(name: string): Promise<string> {
  if (!process.stdin.isTTY) {
    throw new HostError('The PIN cannot be asked without a terminal: pipe it in with --pin-stdin.')
  }
  const pin = await askHidden(`PIN for ${name} (4 to 6 digits): `)
  const again = await askHidden('Once more: ')
  if (pin !== again) throw new HostError('The two PINs differ: try again.')
  return pin
}

async function firstLineOfInput(): Promise<string> {
  for await (const line of createInterface({ input: process.stdin })) return line.trim()
  return ''
}
