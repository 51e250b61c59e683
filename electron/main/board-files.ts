import { readFile, realpath } from 'node:fs/promises'
import { extname, isAbsolute, relative, resolve, sep } from 'node:path'
import { kioskOrigin } from '../../shared/contract/kiosk.ts'
import type { Language } from '../../shared/settings/languages.ts'
import { builtInPage, builtInPagePolicy } from './built-in-page.ts'
import { log } from './log.ts'
import { mainWords } from './words.ts'

const boardPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "media-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wav': 'audio/wav',
  '.mp3': 'audio/mpeg',
}

function plain(status: number, text: string): Response {
  return new Response(text, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } })
}

/** A page that main made. */
export function htmlAnswer(status: number, html: string): Response {
  return new Response(html, {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': builtInPagePolicy },
  })
}

function isInside(root: string, file: string): boolean {
  const way = relative(root, file)
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}

/**
 * Answers a request to the kiosk's scheme from the files under `root` and from nowhere else: 403 outside of it (symbolic
 * links included), 404 where there is no file. A missing page is answered by a built-in one (503), never by nothing.
 */
export async function answerFromFolder(
  root: string,
  request: { method: string; url: string },
  language: Language = 'en',
): Promise<Response> {
  const url = new URL(request.url)
  if (`${url.protocol}//${url.host}` !== kioskOrigin) return plain(404, 'No such host')
  if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, 'Only GET is answered')
  let path: string
  try {
    path = decodeURIComponent(url.pathname)
  } catch {
    return plain(400, 'Not a path')
  }
  if (path.includes('\0') || path.includes('\\')) return plain(400, 'Not a path')
  if (path === '/') path = '/index.html'
  const wanted = resolve(root, `.${path}`)
  if (!isInside(root, wanted)) return plain(403, 'Outside the board')
  try {
    const file = await realpath(wanted)
    if (!isInside(await realpath(root), file)) return plain(403, 'Outside the board')
    const body = await readFile(file)
    return new Response(request.method === 'HEAD' ? null : body, {
      headers: {
        'content-type': contentTypes[extname(file)] ?? 'application/octet-stream',
        'content-security-policy': boardPolicy,
        'x-content-type-options': 'nosniff',
        'cross-origin-opener-policy': 'same-origin',
        'cache-control': 'no-cache',
      },
    })
  } catch (error) {
    if (path !== '/index.html') return plain(404, 'Not found')
    log(
      'error',
      `The board's page ${wanted} cannot be read (${String(error)}). Install or build Lineside again.`,
    )
    return htmlAnswer(
      503,
      builtInPage(language, mainWords[language].noBoard, mainWords[language].filesMissing),
    )
  }
}
