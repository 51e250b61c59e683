import { describe, expect, test } from 'vitest'
import { kpiDefinitionSchema } from '../../shared/domain/kpis/kpi-definition.ts'
import { fieldsOf, fromFields } from '../../renderer/touch/kpis/kpi-fields.ts'
import { yieldKpi } from '../helpers/yield-story.ts'

const fields = fieldsOf(yieldKpi)

describe('the form of a KPI', () => {
  test('gives back what it was given', () => {
    expect(fromFields(yieldKpi, fields)).toEqual(yieldKpi)
    expect(kpiDefinitionSchema.safeParse(fromFields(yieldKpi, fields)).success).toBe(true)
  })

  test('takes a comma, and empty fields for nothing', () => {
    const typed = { ...fields, target: '94,5', green: '', amber: '', owner: ' ', objective: '', drives: '' }
    expect(fromFields(yieldKpi, typed)).toMatchObject({
      target: 94.5,
      bands: null,
      owner: null,
      objective: null,
    })
    const empty = {
      trigger: '',
      triggerShifts: '',
      firstResponse: '',
      who: '',
      withinMin: '',
      escalateTo: '',
    }
    expect(fromFields(yieldKpi, { ...fields, ...empty })).toMatchObject({ protocol: null })
  })

  test('of reported values keeps their key; of the line there is none', () => {
    expect(fields.key).toBe('')
    const reported: typeof yieldKpi = {
      ...yieldKpi,
      source: { from: 'values', key: 'fpy', combine: 'sum' },
    }
    const own = fieldsOf(reported)
    expect(fromFields(reported, { ...own, key: ' fpy_2 ', formula: 'good at once' })).toEqual({
      ...reported,
      formula: 'good at once',
      source: { from: 'values', key: 'fpy_2', combine: 'sum' },
    })
    expect(fromFields(reported, { ...own, key: ' ' })).toBe('key')
    expect(fromFields(reported, { ...own, formula: '' })).toMatchObject({ formula: reported.name })
  })

  test('says what is wrong', () => {
    expect(fromFields(yieldKpi, { ...fields, name: ' ' })).toBe('name')
    expect(fromFields(yieldKpi, { ...fields, target: 'ninety' })).toBe('number')
    expect(fromFields(yieldKpi, { ...fields, green: '' })).toBe('bands')
    expect(fromFields(yieldKpi, { ...fields, green: '80' })).toBe('bands')
    expect(fromFields({ ...yieldKpi, direction: 'lower' }, fields)).toBe('bands')
    expect(fromFields(yieldKpi, { ...fields, who: '' })).toBe('protocol')
    expect(fromFields(yieldKpi, { ...fields, withinMin: '0' })).toBe('protocol')
    expect(fromFields(yieldKpi, { ...fields, triggerShifts: '1.5' })).toBe('protocol')
  })
})
