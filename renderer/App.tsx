import { useLive } from './link/live.tsx'

export function App() {
  const { board, linkLost } = useLive()
  return <main>{board && !linkLost ? board.site.lineName : 'Waiting for the engine'}</main>
}
