import { memo } from 'react'
import { useWords } from '../i18n/language.tsx'

/** The five status shapes. Each has its own outline, so that it reads without colour. */
export type Status = 'ok' | 'warn' | 'stop' | 'plan' | 'none'

const glyphs: Record<Exclude<Status, 'none'>, { body: string; glyph: string }> = {
  ok: { body: 'M12 1a11 11 0 1 0 0 22a11 11 0 1 0 0-22z', glyph: 'M6.8 12.4l3.5 3.5l7-7.1' },
  warn: { body: 'M12 1.4L23.4 22H.6z', glyph: 'M12 8.4v6.2M12 17v2.6' },
  stop: {
    body: 'M7.4 1h9.2L23 7.4v9.2L16.6 23H7.4L1 16.6V7.4z',
    glyph: 'M7.8 7.8l8.4 8.4M16.2 7.8l-8.4 8.4',
  },
  plan: { body: 'M12 .6L23.4 12 12 23.4.6 12z', glyph: 'M9.6 8.2v7.6M14.4 8.2v7.6' },
}

type ShapeProps = { status: Status; size: string; calm?: boolean }

/** `size` is any CSS length; `calm` draws the shape in neutral ink. */
export const Shape = memo(function Shape({ status, size, calm = false }: ShapeProps) {
  const shape = status === 'none' ? null : glyphs[status]
  return (
    <svg
      className={calm ? 'shape calm' : 'shape'}
      viewBox="0 0 24 24"
      style={{ width: size, height: size }}
      aria-hidden="true"
      data-shape={status}
    >
      {shape ? (
        <>
          <path className={`shape-${status}`} d={shape.body} />
          <path className="shape-glyph" d={shape.glyph} />
        </>
      ) : (
        <circle className="shape-none" cx="12" cy="12" r="9.8" />
      )}
    </svg>
  )
})

/** The font has no arrow. It points the way one reads. */
export function Arrow({ size }: { size: string }) {
  const { t } = useWords()
  return (
    <svg
      className="arrow"
      viewBox="0 0 24 24"
      style={{ width: size, height: size }}
      aria-label={t('picture.to')}
      role="img"
    >
      <path d="M2 12h18M13 5l7 7-7 7" fill="none" stroke="currentColor" strokeWidth="2.6" />
    </svg>
  )
}
