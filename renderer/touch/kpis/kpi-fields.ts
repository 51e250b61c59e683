import type { KpiDefinition } from '../../../shared/domain/kpis/kpi-definition.ts'

/** What people type for a KPI, by the section of the form that asks for it. */
export const sections = {
  what: ['name'],
  numbers: ['unit', 'target', 'green', 'amber', 'formula', 'key'],
  people: ['owner', 'objective', 'drives'],
  red: ['trigger', 'triggerShifts', 'firstResponse', 'who', 'withinMin', 'escalateTo'],
} as const
export type Section = keyof typeof sections
export type FieldName = (typeof sections)[Section][number]
export type Fields = Record<FieldName, string>

/** Why a form cannot be saved yet. */
export type KpiMistake = 'name' | 'key' | 'number' | 'bands' | 'protocol'

const written = (value: number | null | undefined) => (value == null ? '' : String(value))

export function fieldsOf({
  name,
  formula,
  source,
  unit,
  target,
  bands,
  owner,
  objective,
  drives,
  protocol,
}: KpiDefinition): Fields {
  return {
    name,
    formula,
    key: source.from === 'values' ? source.key : '',
    unit,
    target: written(target),
    green: written(bands?.green),
    amber: written(bands?.amber),
    owner: owner ?? '',
    objective: objective ?? '',
    drives: drives ?? '',
    trigger: protocol?.trigger ?? '',
    triggerShifts: written(protocol?.triggerShifts),
    firstResponse: protocol?.firstResponse ?? '',
    who: protocol?.who ?? '',
    withinMin: written(protocol?.withinMin),
    escalateTo: protocol?.escalateTo ?? '',
  }
}

/** The KPI with what was typed, or what is wrong with it. Bands and protocol are given whole or not at all. */
export function fromFields(kpi: KpiDefinition, fields: Fields): KpiDefinition | KpiMistake {
  const text = (name: FieldName) => fields[name].trim()
  const optional = (name: FieldName) => (text(name) === '' ? null : text(name))
  const number = (name: FieldName) => (text(name) === '' ? null : Number(text(name).replace(',', '.')))
  const numbers = (['target', 'green', 'amber', 'triggerShifts', 'withinMin'] as const).map(number)
  if (numbers.some((one) => one !== null && !Number.isFinite(one))) return 'number'
  const [target, green, amber, shifts, withinMin] = numbers as (number | null)[]
  if (text('name') === '' || text('name').length > 40) return 'name'
  const source = sourceOf(kpi.source, text('key'))
  if (source === null) return 'key'
  if ((green === null) !== (amber === null)) return 'bands'
  if (green != null && amber != null && (kpi.direction === 'higher' ? green < amber : green > amber))
    return 'bands'
  const protocol = sections.red.map(text)
  const isEmpty = protocol.every((one) => one === '')
  const triggerShifts = shifts ?? 1
  const isWhole =
    ['trigger', 'firstResponse', 'who', 'escalateTo'].every((name) => text(name as FieldName) !== '') &&
    withinMin != null &&
    withinMin > 0 &&
    Number.isInteger(triggerShifts) &&
    triggerShifts >= 1
  if (!isEmpty && !isWhole) return 'protocol'
  return {
    ...kpi,
    name: text('name'),
    formula: text('formula').slice(0, 200) || text('name'),
    source,
    unit: text('unit').slice(0, 16),
    target: target ?? null,
    bands: green == null || amber == null ? null : { green, amber },
    owner: optional('owner')?.slice(0, 60) ?? null,
    objective: optional('objective')?.slice(0, 120) ?? null,
    drives: optional('drives'),
    protocol: isEmpty
      ? null
      : {
          trigger: text('trigger').slice(0, 120),
          triggerShifts,
          firstResponse: text('firstResponse'),
          who: text('who').slice(0, 60),
          withinMin: withinMin!,
          escalateTo: text('escalateTo').slice(0, 60),
        },
  }
}

/** Null: reported values need their key. */
function sourceOf(source: KpiDefinition['source'], key: string): KpiDefinition['source'] | null {
  if (source.from === 'line') return source
  return key === '' ? null : { ...source, key: key.slice(0, 60) }
}
