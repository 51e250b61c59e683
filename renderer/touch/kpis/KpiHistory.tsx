import { useEffect, useState } from 'react'
import type { CallResult } from '../../../shared/contract/protocol.ts'
import { type BoardView, useBoard } from '../../board-view.tsx'
import { type HistoryLine, HistoryList } from '../HistoryList.tsx'
import type { Entry } from '../use-entry.ts'
import { type FieldName, fieldsOf, sections } from './kpi-fields.ts'

type Version = CallResult['kpiHistory'][number]

const named: readonly FieldName[] = Object.values(sections).flat()

/** What became of a KPI: each version with what is new in it. */
export function KpiHistory({ entry, kpi }: { entry: Entry; kpi: string }) {
  const view = useBoard()
  const { lineId } = view.board.site
  const { send } = entry
  const [versions, setVersions] = useState<readonly Version[]>([])
  useEffect(() => {
    void Promise.resolve()
      .then(() => send('kpiHistory', { lineId, kpi }))
      .then((answer) => setVersions(answer ?? []))
  }, [send, lineId, kpi])
  return <HistoryList lines={kpiLines(versions, view)} />
}

/** `versions`: oldest first. Lines: newest first. */
export function kpiLines(versions: readonly Version[], { t }: Pick<BoardView, 't'>): HistoryLine[] {
  const lines = versions.map(({ atMs, by, kpi }, index) => {
    const before = versions[index - 1]?.kpi
    if (before === undefined) return { atMs, by, words: `${t('okr.made')}. ${kpi.name}` }
    const [was, is] = [fieldsOf(before), fieldsOf(kpi)]
    const words = named
      .filter((name) => was[name] !== is[name])
      .map((name) => {
        const span = { from: was[name] || '\u2013', to: is[name] || '\u2013' }
        return `${t(`kpiForm.${name}`)}: ${t('touch.fromTo', span)}`
      })
    if (before.use !== kpi.use)
      words.unshift(t('touch.fromTo', { from: t(`kpi.use.${before.use}`), to: t(`kpi.use.${kpi.use}`) }))
    return { atMs, by, words: words.join('. ') }
  })
  return lines.filter(({ words }) => words !== '').reverse()
}
