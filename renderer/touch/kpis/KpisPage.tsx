import { useCallback, useEffect, useState } from 'react'
import type { StoredKpi } from '../../../shared/contract/kpi-calls.ts'
import { liveKpiSpecs } from '../../../shared/domain/kpis/catalogue.ts'
import { handFedSpecs } from '../../../shared/domain/kpis/hand-fed.ts'
import type { KpiDefinition } from '../../../shared/domain/kpis/kpi-definition.ts'
import { useBoard } from '../../board-view.tsx'
import { ChoiceGrid } from '../ChoiceGrid.tsx'
import type { PageProps } from '../pages.ts'
import { newId } from '../gaps/new-id.ts'
import { TouchButton } from '../TouchButton.tsx'
import { KpiForm } from './KpiForm.tsx'

/** What is being edited: a version that the store has, or a new KPI (version null). */
export type KpiDraft = { kpi: KpiDefinition; version: number | null }

/** The KPI editor: the line's KPIs, metrics and data, and new ones from the catalogue. */
export function KpisPage({ entry, onDone, subject }: PageProps) {
  const { board, t } = useBoard()
  const { lineId } = board.site
  const { send } = entry
  const [stored, setStored] = useState<readonly StoredKpi[]>([])
  const [draft, setDraft] = useState<KpiDraft | null>(null)
  const [adding, setAdding] = useState(false)
  const load = useCallback(async () => {
    const kpis = (await send('kpis', { lineId }))?.kpis ?? []
    setStored(kpis)
    return kpis
  }, [send, lineId])
  useEffect(() => {
    void Promise.resolve()
      .then(load)
      .then((kpis) => {
        const aimed = kpis.find(({ kpi }) => kpi.id === subject)
        if (aimed) setDraft({ kpi: aimed.kpi, version: aimed.version })
      })
  }, [load, subject])
  const leave = () => {
    entry.clear()
    setDraft(null)
    setAdding(false)
  }
  const save = async (kpi: KpiDefinition) => {
    const saved = await send('saveKpi', { lineId, kpi, version: draft?.version ?? null })
    if (!saved) return
    onDone(t('touch.saved', { by: saved.by }))
    leave()
    await load()
  }
  if (draft !== null)
    return <KpiForm draft={draft} entry={entry} onCancel={leave} onSave={(kpi) => void save(kpi)} />
  const known = new Set(stored.map(({ kpi }) => kpi.id))
  const choices = adding
    ? [
        { id: own, name: t('kpiForm.own') },
        ...[...liveKpiSpecs, ...handFedSpecs]
          .filter(({ id }) => !known.has(id))
          .map(({ id, name }) => ({ id: id as string, name: name as string })),
      ]
    : stored.map(({ kpi }) => ({ id: kpi.id, name: `${kpi.name} (${t(`kpi.use.${kpi.use}`)})` }))
  const choose = (id: string) => {
    const found = stored.find(({ kpi }) => kpi.id === id)
    setDraft(found ? { kpi: found.kpi, version: found.version } : newDraft(id))
  }
  return (
    <>
      <ChoiceGrid key={String(adding)} choices={choices} chosen={null} onChoose={choose} />
      <TouchButton onTap={() => setAdding(!adding)} className="confirm" testId="new-kpi">
        {adding ? t('gapPage.back') : t('kpiForm.add')}
      </TouchButton>
    </>
  )
}

/** The choice of a KPI that the catalogue does not have. */
const own = 'own'
const ownSpec = {
  name: '',
  theme: 'Quality',
  kind: 'leading',
  formula: '',
  unit: '',
  direction: 'higher',
} as const

/** A KPI of the catalogue or of one's own, before anybody has agreed on anything. */
function newDraft(id: string): KpiDraft | null {
  const live = liveKpiSpecs.find((one) => one.id === id)
  const byHand = handFedSpecs.find((one) => one.id === id)
  const spec = id === own ? { ...ownSpec, id: newId() } : (live ?? byHand)
  if (spec === undefined) return null
  const source: KpiDefinition['source'] =
    live === undefined
      ? { from: 'values', key: byHand?.id ?? '', combine: byHand?.combine ?? 'last' }
      : { from: 'line', formula: live.id }
  const kpi: KpiDefinition = {
    id: spec.id,
    name: spec.name,
    use: 'metric',
    theme: spec.theme,
    kind: spec.kind,
    formula: spec.formula.slice(0, 200),
    unit: spec.unit === 'money' ? '' : spec.unit,
    decimals: 1,
    direction: spec.direction,
    source,
    target: null,
    bands: null,
    owner: null,
    objective: null,
    protocol: null,
    drives: null,
  }
  return { kpi, version: null }
}
