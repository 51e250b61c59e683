import { useCallback, useEffect, useState } from 'react'
import type { KeyResultView } from '../../../shared/domain/key-results.ts'
import type { KeyResultEnd, StoredKeyResult, StoredObjective } from '../../../shared/domain/okr/stored.ts'
import { useBoard } from '../../board-view.tsx'
import type { Entry } from '../use-entry.ts'

export type Past = { objective: StoredObjective; keyResult: StoredKeyResult; ended: KeyResultEnd }

/** The line's objectives that have not ended, those above it, and how the line's key results stand. */
export type Objectives = {
  open: readonly StoredObjective[]
  above: readonly StoredObjective[]
  /** Key results of the line that have ended, with their objectives, newest first. */
  past: readonly Past[]
  views: ReadonlyMap<string, KeyResultView>
}

/** Null until the engine has answered. */
export function useObjectives({ send }: Pick<Entry, 'send'>): [Objectives | null, () => Promise<void>] {
  const { lineId } = useBoard().board.site
  const [known, setKnown] = useState<Objectives | null>(null)
  const load = useCallback(async () => {
    const answer = await send('okrs', { lineId })
    if (!answer) return
    const open = answer.objectives.filter(({ ended }) => ended === null)
    setKnown({
      open: open.filter((one) => one.lineId === lineId),
      above: open.filter((one) => one.lineId !== lineId),
      past: pastOf(answer.objectives.filter((one) => one.lineId === lineId)),
      views: new Map(answer.views.map((view) => [view.id, view])),
    })
  }, [send, lineId])
  useEffect(() => {
    void Promise.resolve().then(load)
  }, [load])
  return [known, load]
}

function pastOf(objectives: readonly StoredObjective[]): Past[] {
  const all = objectives.flatMap((objective) =>
    objective.keyResults.flatMap((keyResult): Past[] => {
      const { ended } = keyResult
      return ended === null ? [] : [{ objective, keyResult, ended }]
    }),
  )
  return all.sort((a, b) => b.ended.atMs - a.ended.atMs)
}
