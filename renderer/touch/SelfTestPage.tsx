import { useCallback, useEffect, useState } from 'react'
import type { SelfTestReport } from '../../shared/contract/self-test.ts'
import { useBoard } from '../board-view.tsx'
import type { Translate } from '../i18n/words.ts'
import { Shape } from '../widgets/Shape.tsx'
import { FactsTable, type FactsGroup } from './FactsTable.tsx'
import type { PageProps } from './pages.ts'

const sections = ['oee', 'pace', 'spc', 'forecast', 'yield', 'key_results', 'legibility'] as const
const isSection = (name: string): name is (typeof sections)[number] => sections.some((one) => one === name)

type Row = { name: string; ok: boolean; published: string; computed: string }
type Group = { id: string; name: string; rows: readonly Row[] }

/** Published examples recomputed on this device, and the line's own numbers checked against each other. */
export function SelfTestPage({ entry }: PageProps) {
  const { board, format, t } = useBoard()
  const { lineId } = board.site
  const { send } = entry
  const [report, setReport] = useState<SelfTestReport | null>(null)
  const run = useCallback(async () => setReport(await send('selfTest', { lineId })), [send, lineId])
  useEffect(() => {
    void Promise.resolve().then(run)
  }, [run])
  if (report === null) return <p className="touch-empty">{entry.failure ? '' : t('selfTest.running')}</p>

  const groups = groupsOf(report, t)
  const wrong = groups.flatMap(({ rows }) => rows).filter((row) => !row.ok).length
  return (
    <>
      <div className="facts-sum" data-testid="self-test" data-value={wrong}>
        <Shape status={wrong === 0 ? 'ok' : 'stop'} size="6rem" />
        <b>{wrong === 0 ? t('selfTest.allRight') : t('selfTest.wrong', { count: wrong })}</b>
        <span className="push">
          {t('selfTest.ranAt', { time: format.clock(report.atMs), version: report.version })}
        </span>
      </div>
      <FactsTable groups={groups.map((group) => facts(group, t))} first="device" testId="self-test" />
    </>
  )
}

function facts({ id, name, rows }: Group, t: Translate): FactsGroup {
  const right = rows.filter((row) => row.ok).length
  const isDevice = id === 'device'
  return {
    id,
    name,
    mark: t('selfTest.of', { right, all: rows.length }),
    heads: [
      t(isDevice ? 'selfTest.check' : 'selfTest.example'),
      t(isDevice ? 'selfTest.expected' : 'selfTest.published'),
      t('selfTest.computed'),
    ],
    rows: rows.map((row) => ({
      key: row.name,
      status: row.ok ? 'ok' : 'stop',
      cells: [row.name, row.published, row.computed],
    })),
  }
}

function groupsOf({ examples, checks }: SelfTestReport, t: Translate): Group[] {
  const device: Group = {
    id: 'device',
    name: t('selfTest.thisDevice'),
    rows: checks.map(({ name, ok, expected, found }) => ({
      name: t(`selfTest.checks.${name}`),
      ok,
      published: expected,
      computed: found,
    })),
  }
  const named = [...new Set(examples.map(({ section }) => section))]
  const published = named.map((section): Group => ({
    id: section,
    name: isSection(section) ? t(`selfTest.sections.${section}`) : section,
    rows: examples
      .filter((one) => one.section === section)
      .map(({ name, status, published, computed }) => ({ name, ok: status === 'pass', published, computed })),
  }))
  return [device, ...published]
}
