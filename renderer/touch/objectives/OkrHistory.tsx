import { useEffect, useState } from 'react'
import type { OkrChange } from '../../../shared/contract/okr-calls.ts'
import type { StoredKeyResult, StoredObjective } from '../../../shared/domain/okr/stored.ts'
import { useBoard } from '../../board-view.tsx'
import { HistoryList } from '../HistoryList.tsx'
import type { Entry } from '../use-entry.ts'
import { okrLines } from './okr-lines.ts'

/** What became of an objective, or (given) of one of its key results: who, when, before and after. */
export function OkrHistory(props: {
  entry: Entry
  objective: StoredObjective
  keyResult: StoredKeyResult | null
}) {
  const { entry, objective, keyResult } = props
  const view = useBoard()
  const { send } = entry
  const [changes, setChanges] = useState<readonly OkrChange[]>([])
  useEffect(() => {
    void Promise.resolve()
      .then(() => send('okrHistory', { objectiveId: objective.id }))
      .then((answer) => setChanges(answer ?? []))
  }, [send, objective.id])
  const subject = keyResult?.id ?? objective.id
  const own = changes.filter((one) => one.subject === subject)
  return <HistoryList lines={okrLines(own, keyResult?.proposals ?? [], view)} />
}
