import { createHash } from 'node:crypto'
import type { Language } from '../../shared/settings/languages.ts'

const style =
  'html{background:#0e1316;color:#e9eff2;font-family:sans-serif;cursor:none}' +
  'body{margin:0;min-height:100vh;display:flex;flex-direction:column;justify-content:center;padding:0 8vw;box-sizing:border-box}' +
  'h1{font-size:5.4vw;line-height:1.1;margin:0 0 2vw}p{font-size:2.2vw;margin:0 0 1vw;line-height:1.4}' +
  'bdi{display:block;font-size:1.8vw}'

/** Policy of the built-in pages: their one style sheet by hash, nothing else. */
export const builtInPagePolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; frame-ancestors 'none'`

/** Text as it may stand in HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

/** A sentence, or a technical detail that is the same in every language and runs from left to right. */
export type Paragraph = string | { detail: string }

/** A page in words for when the board's own page cannot be shown. It needs no file. */
export function builtInPage(
  language: Language,
  headline: string,
  ...paragraphs: readonly Paragraph[]
): string {
  const body = paragraphs.map((one) =>
    typeof one === 'string'
      ? `<p>${escapeHtml(one)}</p>`
      : `<p><bdi dir="ltr">${escapeHtml(one.detail)}</bdi></p>`,
  )
  return (
    `<!doctype html><html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}"><meta charset="utf-8"><title>Lineside</title><style>${style}</style>` +
    `<body><main id="root"><h1>${escapeHtml(headline)}</h1>${body.join('')}</main></body></html>`
  )
}
