import { Suspense, useEffect, useState } from 'react'
import type { ScreenName } from '../shared/settings/display.ts'
import { screenNames } from './screens/screen-names.ts'
import { BoardProvider, useBoard } from './board-view.tsx'
import { Boot } from './Boot.tsx'
import { firstLanguage, LanguageProvider } from './i18n/language.tsx'
import { useLive } from './link/live.tsx'
import { orbit } from './orbit.ts'
import { useRotation } from './rotation/use-rotation.ts'
import { Stage } from './Stage.tsx'
import { Touch } from './touch/Touch.tsx'

export function App() {
  const { board, refusal } = useLive()
  const [first] = useState(firstLanguage)
  return (
    <Suspense fallback={<Ground />}>
      <LanguageProvider language={board?.site.language ?? first}>
        {board ? (
          <BoardProvider key={board.site.lineId} board={board}>
            <Surface />
          </BoardProvider>
        ) : (
          <Boot refusal={refusal} />
        )}
      </LanguageProvider>
    </Suspense>
  )
}

/** Nothing but the dark ground, for the moment in which the words of a language are loaded. */
function Ground() {
  return <div className="boot" />
}

/** `?screen=oee` pins one screen, for a second TV that always shows the same. */
function pinnedScreen(): ScreenName | null {
  const asked = new URLSearchParams(window.location.search).get('screen')
  return screenNames.find((name) => name === asked) ?? null
}

/** The board, or, once touched, the touch screens over it. */
function Surface() {
  const view = useBoard()
  const { board, trust, density, scale, am, nowMs } = view
  const [pinned] = useState(pinnedScreen)
  const rotation = useRotation(view, pinned)
  const [touching, setTouching] = useState(false)
  const theme = board.site.display.theme
  useEffect(() => {
    document.documentElement.dataset.theme = theme
  }, [theme])
  return (
    <div
      key={`${density} ${scale}`}
      className="board"
      data-line={board.site.lineId}
      data-theme={theme}
      data-density={density}
      data-stale={trust !== 'live'}
      data-trust={trust}
      style={{ '--k': scale, '--am': am } as React.CSSProperties}
    >
      {touching ? (
        <Touch
          onDone={() => {
            rotation.touched()
            setTouching(false)
          }}
        />
      ) : (
        <div
          className="orbit"
          style={{ transform: orbit(nowMs) }}
          onClick={() => {
            rotation.touched()
            setTouching(true)
          }}
        >
          <Stage rotation={rotation} />
        </div>
      )}
    </div>
  )
}
