/**
 * Rules for systems that many plants have, as entries of `topics:` would be written. The words of docs/topics.md say what
 * each one reads. `topic` is where the system usually publishes; each rule's `topic` is appended to it.
 */
type PresetRule = Readonly<Record<string, unknown>> & { topic?: string }
type Preset = {
  topic: string
  rules: readonly PresetRule[]
  /** States by the system's own numbers or names. */
  states?: Readonly<Record<string, string | { state: string; reason: string }>>
  /** States that stand for its modes; ignore: its own state counts. */
  modes?: Readonly<Record<string, string | { state: string; reason: string }>>
}

const umhTime = { from: '/timestamp_ms', unit: 'ms' }

/** https://umh.docs.umh.app/docs/datamodel/states/ */
const umhStates = {
  '10000..29999': 'running',
  '30000': 'ignore',
  '30001..49999': 'stopped',
  '50000..59999': 'stopped',
  '60000..69999': 'starved',
  '70000..79999': 'blocked',
  '80000..99999': { state: 'stopped', reason: 'Material' },
  '100000..109999': 'changeover',
  '110000..119999': { state: 'stopped', reason: 'Cleaning' },
  '120000..129999': { state: 'stopped', reason: 'Emptying' },
  '130000..139999': 'changeover',
  '140000..149999': { state: 'stopped', reason: 'No operator' },
  '150000..159999': 'break',
  '160000..169999': 'off',
  '170000..179999': { state: 'idle', reason: 'No order' },
  '180000..189999': { state: 'stopped', reason: 'Equipment failure' },
  '190000..209999': { state: 'stopped', reason: 'External cause' },
  '210000..219999': 'maintenance',
  '220000..229999': { state: 'stopped', reason: 'Technical' },
} as const

/** ISA-TR88.00.02 by the numbers of Beckhoff's Tc3_PackML; docs/topics.md says why each is what it is. */
const packmlStates = {
  ...numbered([
    ['Undefined', 'ignore'],
    ['Clearing', 'stopped'],
    ['Stopped', 'stopped'],
    ['Starting', 'stopped'],
    ['Idle', 'idle'],
    ['Suspended', 'starved'],
    ['Execute', 'running'],
    ['Stopping', 'stopped'],
    ['Aborting', { state: 'stopped', reason: 'Aborted' }],
    ['Aborted', { state: 'stopped', reason: 'Aborted' }],
    ['Holding', { state: 'stopped', reason: 'Held' }],
    ['Held', { state: 'stopped', reason: 'Held' }],
    ['Unholding', 'stopped'],
    ['Suspending', 'starved'],
    ['Unsuspending', 'starved'],
    ['Resetting', 'stopped'],
    ['Completing', 'stopped'],
    ['Complete', 'idle'],
  ]),
}

/** By the numbers of ISA-TR88.00.02; others are the plant's own. */
const packmlModes = {
  '1': 'ignore',
  Production: 'ignore',
  '2': 'maintenance',
  Maintenance: 'maintenance',
  '3': { state: 'stopped', reason: 'Manual' },
  Manual: { state: 'stopped', reason: 'Manual' },
  '*': 'ignore',
} as const

type Target = string | { state: string; reason: string }

/** Each state under its number and under its name. */
function numbered(list: readonly (readonly [string, Target])[]): Record<string, Target> {
  return Object.fromEntries(
    list.flatMap(([name, state], number) => [
      [String(number), state],
      [name, state],
    ]),
  )
}

/** A value alone, or in an object as its "value". */
const plainOrValue = 'value || @'

export const presets = {
  'umh-v0': {
    topic: 'ia/+customer/+location/+line',
    states: umhStates,
    rules: [
      { topic: '/count', time: umhTime, count: { all: '/count', scrap: '/scrap' } },
      { topic: '/scrapCount', time: umhTime, count: { lateScrap: '/scrap' } },
      { topic: '/state', time: umhTime, state: '/state' },
      {
        topic: '/modifyState',
        time: { from: 'timestamp_ms || start_time_stamp', unit: 'ms' },
        state: { from: '/new_state', until: { from: 'timestamp_ms_end || end_time_stamp', unit: 'ms' } },
      },
      // Below zero: this number stays.
      {
        topic: '/modifyProducedPieces',
        time: umhTime,
        count: { all: '[count][?@ >= `0`] | [0]', scrap: '[scrap][?@ >= `0`] | [0]', replaces: true },
      },
    ],
  },
  'umh-analytics': {
    topic: 'umh/v1/+enterprise/+site/+area/+line/_analytics',
    states: umhStates,
    rules: [
      {
        topic: '/product/add',
        time: '/end_time',
        count: { all: '/quantity', scrap: '/bad_quantity', product: '/external_product_type_id' },
      },
      { topic: '/state/add', time: '/start_time', state: '/state' },
      {
        topic: '/state/overwrite',
        time: '/start_time',
        state: { from: '/state', until: '/end_time' },
      },
      {
        topic: '/work-order/create',
        when: { '/status': 1 },
        time: '/start_time',
        product: {
          product: '/product/external_product_id',
          order: '/external_work_order_id',
          target: '/quantity',
        },
      },
    ],
  },
  'umh-historian': {
    topic: 'umh/v1/+enterprise/+site/+area/+line/_historian/#',
    rules: [
      {
        time: umhTime,
        samples: "items(@)[?[0] != 'timestamp_ms' && type([1]) == 'number']",
        value: { key: '/0', value: '/1' },
      },
    ],
  },
  'umh-core': {
    topic: 'umh/v1/+enterprise/+site/+area/+line/+contract/+tag',
    rules: [{ time: umhTime, when: "type(value) == 'number'", value: { key: '+tag', value: '/value' } }],
  },
  'uns-json': {
    topic: 'uns/+site/+area/+line/+tag',
    rules: [
      {
        time: '/timestamp',
        valid: "quality == null || contains(['good', '192'], lower(to_string(quality)))",
        value: { key: '+tag', value: '/value' },
      },
    ],
  },
  tasmota: {
    topic: 'tele/+line/SENSOR',
    rules: [
      { time: { from: '/Time', zone: 'site' }, count: { good: { from: '/COUNTER/C1', kind: 'total' } } },
    ],
  },
  shelly: {
    topic: '+line/events/rpc',
    rules: [
      {
        when: { '/method': 'NotifyStatus' },
        time: { from: '/params/ts', unit: 's' },
        count: { good: { from: '/params/input:2/counts/total', kind: 'total' } },
      },
    ],
  },
  'shelly-gen1': {
    topic: 'shellies/+line/input_event/0',
    rules: [{ count: { good: { from: '/event_cnt', kind: 'total' } } }],
  },
  packml: {
    topic: 'packml/+line',
    states: packmlStates,
    modes: packmlModes,
    rules: [
      { topic: '/Status/StateCurrent', state: plainOrValue },
      { topic: '/Status/UnitModeCurrent', mode: plainOrValue },
      { topic: '/Admin/StopReason', stopReason: 'value || ID || @' },
      {
        topic: '/Admin/ProdProcessedCount/0/AccCount',
        count: { all: { from: plainOrValue, kind: 'total', modulus: 2_147_483_648 } },
      },
      {
        topic: '/Admin/ProdDefectiveCount/0/AccCount',
        count: { lateScrap: { from: plainOrValue, kind: 'total', modulus: 2_147_483_648 } },
      },
    ],
  },
} as const satisfies Record<string, Preset>

export type PresetName = keyof typeof presets
export const presetNames = Object.keys(presets) as [PresetName, ...PresetName[]]

export function presetOf(name: PresetName): Preset {
  return presets[name]
}
