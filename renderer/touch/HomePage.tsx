import { useState } from 'react'
import { useBoard } from '../board-view.tsx'
import { CallTiles } from './calls/CallTiles.tsx'
import { NewCall } from './calls/NewCall.tsx'
import { OpenCallSheet } from './calls/OpenCallSheet.tsx'
import { usePendingCall } from './calls/use-pending-call.ts'
import type { PageProps } from './pages.ts'
import { ScrapPage } from './ScrapPage.tsx'

/** What is needed most and without a PIN: help, and scrap. */
export function HomePage(props: PageProps) {
  const { board } = useBoard()
  const [chosen, setChosen] = useState<string | null>(null)
  const pending = usePendingCall(props)
  const open = board.line.openCalls.find(({ call }) => call === chosen)
  if (pending.call) return <NewCall pending={pending} />
  if (open) return <OpenCallSheet call={open} {...props} onLeave={() => setChosen(null)} />
  return (
    <div className="home">
      <CallTiles onCall={pending.start} onOpen={setChosen} />
      <div className="home-scrap">
        <ScrapPage {...props} />
      </div>
    </div>
  )
}
