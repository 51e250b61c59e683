import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { answerFromFolder } from '../../../electron/main/board-files.ts'

let dir = ''
let root = ''
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'lineside-board-files-'))
  root = join(dir, 'renderer')
  await mkdir(join(root, 'assets'), { recursive: true })
  await writeFile(join(root, 'index.html'), '<div id="root"></div>')
  await writeFile(join(root, 'assets', 'a b.js'), 'void 0')
  await writeFile(join(dir, 'secret.txt'), 'secret')
})
afterEach(() => rm(dir, { recursive: true, force: true }))

const get = (path: string, method = 'GET') => answerFromFolder(root, { method, url: `app://board${path}` })

describe('answerFromFolder', () => {
  test('serves files with their type, and a policy without unsafe-*', async () => {
    const page = await get('/')
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('id="root"')
    expect(page.headers.get('content-type')).toContain('text/html')
    const policy = page.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("script-src 'self'")
    expect(policy).toContain("style-src 'self'")
    expect(policy).not.toContain('unsafe')
    const script = await get('/assets/a%20b.js')
    expect(script.headers.get('content-type')).toContain('text/javascript')
    expect(await (await get('/index.html', 'HEAD')).text()).toBe('')
  })

  test.each([
    '/..%2fsecret.txt',
    '/%2e%2e%2fsecret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/..%2f..%2f..%2fetc%2fpasswd',
  ])('refuses %s', async (path) => {
    const answer = await get(path)
    expect(answer.status).toBe(403)
    expect(await answer.text()).not.toContain('secret')
  })

  test.each(['/../secret.txt', '/nothing.js', '/assets'])('has no %s', async (path) => {
    expect((await get(path)).status).toBe(404)
  })

  test('refuses a symbolic link that leads out', async () => {
    await symlink(join(dir, 'secret.txt'), join(root, 'link.txt'))
    expect((await get('/link.txt')).status).toBe(403)
  })

  test('refuses what is no path, another host and another method', async () => {
    expect((await get('/%00')).status).toBe(400)
    expect((await get('/%zz')).status).toBe(400)
    expect((await get('/..%5csecret.txt')).status).toBe(400)
    expect((await answerFromFolder(root, { method: 'GET', url: 'app://other/index.html' })).status).toBe(404)
    expect((await get('/index.html', 'POST')).status).toBe(405)
  })

  test('says in words that the page is missing', async () => {
    const answer = await answerFromFolder(join(dir, 'gone'), { method: 'GET', url: 'app://board/index.html' })
    expect(answer.status).toBe(503)
    expect(await answer.text()).toContain('Install Lineside again')
    expect(answer.headers.get('content-security-policy')).not.toContain('unsafe')
  })
})
