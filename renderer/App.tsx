import { Suspense, useCallback, useEffect, useMemo, useState } from 'react'
import type { ScreenName } from '../shared/settings/display.ts'
import { screenNames } from './screens/screen-names.ts'
import { BoardProvider, useBoard } from './board-view.tsx'
import { Boot } from './Boot.tsx'
import { explain } from './explain/explain.ts'
import { ExplainPanel, tappedNumber } from './explain/ExplainPanel.tsx'
import { firstLanguage, LanguageProvider } from './i18n/language.tsx'
import { useLive } from './link/live.tsx'
import type { LiveState } from './link/store.ts'
import { orbit } from './orbit.ts'
import { Resting } from './Resting.tsx'
import { useRotation } from './rotation/use-rotation.ts'
import { useChimes } from './sound/use-chimes.ts'
import { Stage } from './Stage.tsx'
import { Touch } from './touch/Touch.tsx'
import { useCare } from './use-care.ts'
import { useNightlyReload } from './nightly-reload.ts'

const appLook = ({ board, refusal }: LiveState) => ({
  lineId: board?.site.lineId ?? null,
  language: board?.site.language ?? null,
  refusal,
})

export function App() {
  const { lineId, language, refusal } = useLive(appLook)
  const [first] = useState(firstLanguage)
  return (
    <Suspense fallback={<Ground />}>
      <LanguageProvider language={language ?? first}>
        {lineId !== null ? (
          <BoardProvider key={lineId}>
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

/** `?touch`: the second screen of a kiosk, which begins with the touch pages. */
function isTouchScreen(): boolean {
  return new URLSearchParams(window.location.search).has('touch')
}

/** The board, or, once touched, the touch screens over it. */
function Surface() {
  const view = useBoard()
  const { board, trust, theme, density, scale, am, nowMs } = view
  const [pinned] = useState(pinnedScreen)
  const rotation = useRotation(view, pinned)
  const [touching, setTouching] = useState(isTouchScreen)
  const [explained, setExplained] = useState<string | null>(null)
  const closeExplained = useCallback(() => setExplained(null), [])
  const care = useCare(view)
  const soundRefused = useChimes(view)
  useNightlyReload(view)
  const sizes = useMemo(() => ({ '--k': scale, '--am': am }) as React.CSSProperties, [scale, am])
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
      data-as-of={board.line.asOfMs}
      data-now={Math.floor(nowMs)}
      style={sizes}
    >
      {touching ? (
        <Touch
          onDone={() => {
            rotation.touched()
            setTouching(false)
          }}
        />
      ) : care !== 'awake' ? (
        <Resting care={care} />
      ) : (
        <div
          className="orbit"
          style={{ transform: orbit(nowMs) }}
          onClick={(event) => {
            rotation.touched()
            const id = tappedNumber(event)
            if (id !== null && explain(id, view)) setExplained(id)
            else setTouching(true)
          }}
        >
          <Stage rotation={rotation} soundRefused={soundRefused} />
        </div>
      )}
      {explained !== null && !touching && <ExplainPanel id={explained} onClose={closeExplained} />}
    </div>
  )
}
