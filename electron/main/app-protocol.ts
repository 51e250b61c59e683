import { protocol } from 'electron'
import { kioskOrigin } from '../../shared/contract/kiosk.ts'
import { answerFromFolder } from './board-files.ts'

/** Address of the board's page. */
export const boardUrl = `${kioskOrigin}/index.html`

/** Before `ready`: the scheme behaves like https (own origin, secure context, fetch). */
export function declareAppProtocol(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  ])
}

/** After `ready`: serves the board's files. */
export function serveAppProtocol(root: string): void {
  protocol.handle('app', (request) => answerFromFolder(root, request))
}
