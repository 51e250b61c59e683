import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { databaseFile } from '../../../db/data-dir.ts'
import type { WriteDb } from '../../../db/handles.ts'
import { openReadonly } from '../../../db/open-database.ts'
import { addAudit } from '../../../db/queries/audit.ts'
import { readPeople, retirePerson } from '../../../db/queries/people.ts'
import type { PersonRole } from '../../../shared/contract/rights.ts'
import { addPerson as add, changePin } from '../../engine/people.ts'
import { changeStore } from '../change-store.ts'
import { privateUmask } from '../data-dir.ts'
import { askHidden } from '../ask-hidden.ts'
import { HostError } from '../host-error.ts'
import { plantOfData } from '../plant-file.ts'
import { printOut } from '../print-out.ts'
import { storeFailure } from '../store-failure.ts'

type InData = { data: string }
type Named = InData & { name: string }
type WithPin = Named & { pinStdin?: boolean }
export type PersonOptions = WithPin & { role: PersonRole }

const device = 'command line'

/** `lineside person add`: the PIN never stands on the command line, where others could read it. */
export async function addPerson(options: PersonOptions): Promise<void> {
  const { name, role } = options
  const pin = await newPin(options)
  await onStore(options.data, 'add the person', (write) =>
    add(write, { name, role, pin }, Date.now(), (id) => note(write, 'addPerson', id, { name, role })),
  )
  console.log(`${name} may now sign as ${role}.`)
}

/** `lineside person pin`: the way back in for somebody who forgot it. It needs the machine. */
export async function changePersonPin(options: WithPin): Promise<void> {
  const pin = await newPin(options)
  await onStore(options.data, 'change the PIN', async (write) => {
    const { id, name } = known(write, options.name)
    await changePin(write, id, pin, () => note(write, 'resetPin', id, { name }))
  })
  console.log(`${options.name} has a new PIN.`)
}

/** `lineside person retire`: may sign no more; what was signed keeps the name. */
export async function retire(options: Named): Promise<void> {
  await onStore(options.data, 'retire the person', (write) => {
    const { id, name } = known(write, options.name)
    write.transaction(() => {
      retirePerson(write, id, Date.now())
      note(write, 'retirePerson', id, { name })
    })()
  })
  console.log(`${options.name} may sign no more.`)
}

/** `lineside person list`, also while a board runs. */
export async function listPeople(options: InData): Promise<void> {
  const dataDir = resolve(options.data)
  try {
    const { read, close } = openReadonly({ file: databaseFile(dataDir), nativeBinding: nativeBinding() })
    try {
      const people = readPeople(read)
      await printOut(people.map(({ name, role }) => `${role.padEnd(10)}${name}\n`).join(''))
    } finally {
      close()
    }
  } catch (error) {
    throw storeFailure(error, dataDir)
  }
}

function known(write: WriteDb, name: string) {
  const person = readPeople(write).find((one) => one.name === name)
  if (person) return person
  throw new HostError(`Nobody is called ${name}: lineside person list says who there is.`)
}

function note(write: WriteDb, action: string, subject: string, detail: object): void {
  addAudit(write, { atMs: Date.now(), by: device, device, action, subject, detail: JSON.stringify(detail) })
}

const nativeBinding = () => process.env.LINESIDE_SQLITE_BINDING || undefined

/** The store has one writer: no board may run on it meanwhile. */
async function onStore(data: string, purpose: string, work: (write: WriteDb) => unknown): Promise<void> {
  process.umask(privateUmask)
  const dataDir = resolve(data)
  await plantOfData(dataDir, undefined)
  await changeStore(dataDir, purpose, ({ write }) => work(write))
}

async function newPin({ name, data, pinStdin }: WithPin): Promise<string> {
  await plantOfData(resolve(data), undefined)
  return pinStdin ? firstLineOfInput() : askPin(name)
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
