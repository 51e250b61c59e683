import { useState } from 'react'
import type { KpiDefinition } from '../../../shared/domain/kpis/kpi-definition.ts'
import { lint } from '../../../shared/domain/okr/lint.ts'
import { lintKpi } from '../../../shared/domain/okr/lint-kpi.ts'
import { useBoard } from '../../board-view.tsx'
import { TouchButton } from '../TouchButton.tsx'
import { FormButtons } from '../FormButtons.tsx'
import { type FieldName, fieldsOf, fromFields, type Fields, sections, type Section } from './kpi-fields.ts'
import { Findings } from '../objectives/Findings.tsx'
import { Tabs } from '../objectives/Tabs.tsx'
import type { Entry } from '../use-entry.ts'
import { KpiHistory } from './KpiHistory.tsx'
import type { KpiDraft } from './KpisPage.tsx'

const names = Object.keys(sections) as Section[]

const uses = ['kpi', 'metric', 'data'] as const
const directions = ['higher', 'lower'] as const
const kinds = ['leading', 'lagging'] as const
const themes = ['Safety', 'Quality', 'Delivery', 'Cost', 'People'] as const

/** More fields than this stand in two columns. */
const mostRows = 5

/** One KPI with everything that was agreed on, in four sections. */
export function KpiForm(props: {
  draft: KpiDraft
  entry: Entry
  onCancel: () => void
  onSave: (kpi: KpiDefinition) => void
}) {
  const { draft, entry, onCancel, onSave } = props
  const { t } = useBoard()
  const [kpi, setKpi] = useState(draft.kpi)
  const [fields, setFields] = useState<Fields>(() => fieldsOf(draft.kpi))
  const [section, setSection] = useState<Section | 'history'>('what')
  const result = fromFields(kpi, fields)
  const asked: readonly FieldName[] = section === 'history' ? [] : sections[section]
  const shown = asked.filter((name) => name !== 'key' || kpi.source.from === 'values')
  return (
    <>
      <Tabs
        tabs={draft.version === null ? names : [...names, 'history' as const]}
        open={section}
        words={(name) => (name === 'history' ? t('okr.section.history') : t(`kpiForm.section.${name}`))}
        onOpen={setSection}
      />
      {section === 'history' && <KpiHistory entry={entry} kpi={draft.kpi.id} />}
      <div
        className={shown.length > mostRows ? 'action-fields two' : 'action-fields'}
        hidden={section === 'history'}
      >
        {section === 'what' && (
          <>
            <Options
              values={uses}
              chosen={kpi.use}
              words={(use) => t(`kpi.use.${use}`)}
              onChoose={(use) => setKpi({ ...kpi, use })}
            />
            <p className="touch-label">{t(`kpiForm.useIs.${kpi.use}`)}</p>
            <Options
              values={themes}
              chosen={kpi.theme}
              words={(theme) => t(`theme.${theme.toLowerCase() as Lowercase<typeof theme>}`)}
              onChoose={(theme) => setKpi({ ...kpi, theme })}
            />
            <Options
              values={[...directions, ...kinds]}
              chosen={[kpi.direction, kpi.kind]}
              words={(one) => t(`kpiForm.is.${one}`)}
              onChoose={(one) =>
                setKpi(
                  one === 'higher' || one === 'lower' ? { ...kpi, direction: one } : { ...kpi, kind: one },
                )
              }
            />
          </>
        )}
        {shown.map((name) => (
          <Field
            key={name}
            name={name}
            value={fields[name]}
            onChange={(value) => setFields({ ...fields, [name]: value })}
          />
        ))}
      </div>
      {section === 'people' && <Findings findings={findingsOf(result)} />}
      <FormButtons
        text={t('gapPage.save')}
        missing={typeof result === 'string' ? t(`kpiForm.mistake.${result}`) : null}
        busy={entry.busy}
        onCancel={onCancel}
        onSave={() => typeof result !== 'string' && onSave(result)}
      />
    </>
  )
}

/** What the rules say about this KPI alone; metrics and data are nobody's promise. */
function findingsOf(result: ReturnType<typeof fromFields>): ReturnType<typeof lint> {
  if (typeof result === 'string' || result.use !== 'kpi') return []
  const all = lint({ kpis: [lintKpi(result)], objectives: [] })
  return all.filter(({ subject }) => subject === result.id)
}

function Field(props: { name: FieldName; value: string; onChange: (value: string) => void }) {
  const { t } = useBoard()
  const { name, value, onChange } = props
  return (
    <label className="touch-label">
      <span>{t(`kpiForm.${name}`)}</span>
      <input
        className="sentence"
        value={value}
        maxLength={200}
        data-testid={`field-${name}`}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  )
}

function Options<T extends string>(props: {
  values: readonly T[]
  chosen: T | readonly T[]
  words: (value: T) => string
  onChoose: (value: T) => void
}) {
  const { values, chosen, words, onChoose } = props
  const isChosen = (value: T) => (Array.isArray(chosen) ? chosen.includes(value) : chosen === value)
  return (
    <div className="options">
      {values.map((value) => (
        <TouchButton
          key={value}
          kind={isChosen(value) ? 'chosen' : 'plain'}
          onTap={() => onChoose(value)}
          testId={`option-${value}`}
        >
          {words(value)}
        </TouchButton>
      ))}
    </div>
  )
}
