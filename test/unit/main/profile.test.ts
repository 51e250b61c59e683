import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { placeProfile } from '../../../electron/main/profile.ts'

let dir = ''
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'lineside-profile-'))
})
afterEach(() => rm(dir, { recursive: true, force: true }))

test('lies in the data folder, which is made', async () => {
  const profile = placeProfile(join(dir, 'new', 'data'))
  expect(profile.dir).toBe(join(dir, 'new', 'data', 'kiosk'))
  expect(profile.problem).toBeNull()
  expect(await readdir(profile.dir)).toEqual([])
  profile.discard()
  expect(existsSync(profile.dir)).toBe(true)
})

test('is a temporary one, with the reason, where the data folder cannot be written', async () => {
  await writeFile(join(dir, 'file'), '')
  const profile = placeProfile(join(dir, 'file', 'data'))
  expect(profile.problem).toContain('cannot be written')
  expect(existsSync(profile.dir)).toBe(true)
  profile.discard()
  expect(existsSync(profile.dir)).toBe(false)
})
