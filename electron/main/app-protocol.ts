import { protocol } from 'electron'
import { kioskOrigin } from '../../shared/contract/kiosk.ts'
import type { Language } from '../../shared/settings/languages.ts'
import { answerFromFolder, htmlAnswer } from './board-files.ts'

/** Addresses of the board's page and of the built-in ones. */
export const boardUrl = `${kioskOrigin}/index.html`
export const wordsUrl = `${kioskOrigin}/words`

/** Before `ready`: the scheme behaves like https (own origin, secure context, fetch). */
export function declareAppProtocol(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  ])
}

/** After `ready`: serves the board's files, and pages made by main by their address. */
export function serveAppProtocol(
  root: string,
  pages: Readonly<Record<string, () => string>>,
  language: () => Language,
): void {
  protocol.handle('app', (request) => {
    const page = Object.hasOwn(pages, request.url) ? pages[request.url] : undefined
    return page ? htmlAnswer(200, page()) : answerFromFolder(root, request, language())
  })
}
