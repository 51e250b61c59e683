import { useCallback, useEffect, useState } from 'react'
import type { SelfTestReport } from '../../shared/contract/self-test.ts'
import { useBoard } from '../board-view.tsx'
import { Fit } from '../fit/Fit.tsx'
import type { Translate } from '../i18n/words.ts'
import { Shape } from '../widgets/Shape.tsx'
import type { PageProps } from './pages.ts'
import { TouchButton } from './TouchButton.tsx'

/** Rows that fit beside the groups; a longer group has a next page. */
const rowsPerPage = 13

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
  const [chosen, setChosen] = useState({ id: 'device', page: 0 })
  const run = useCallback(async () => setReport(await send('selfTest', { lineId })), [send, lineId])
  useEffect(() => {
    void Promise.resolve().then(run)
  }, [run])
  if (report === null) return <p className="touch-empty">{entry.failure ? '' : t('selfTest.running')}</p>

  const groups = groupsOf(report, t)
  const group = groups.find(({ id }) => id === chosen.id) ?? groups[0]!
  const pages = Math.max(1, Math.ceil(group.rows.length / rowsPerPage))
  const page = chosen.page % pages
  const wrong = groups.flatMap(({ rows }) => rows).filter((row) => !row.ok).length
  return (
    <>
      <div className="self-test-sum" data-testid="self-test" data-value={wrong}>
        <Shape status={wrong === 0 ? 'ok' : 'stop'} size="6rem" />
        <b>{wrong === 0 ? t('selfTest.allRight') : t('selfTest.wrong', { count: wrong })}</b>
        <span className="push">
          {t('selfTest.ranAt', { time: format.clock(report.atMs), version: report.version })}
        </span>
      </div>
      <div className="self-test">
        <div className="self-test-groups">
          {groups.map(({ id, name, rows }) => (
            <TouchButton
              key={id}
              kind={id === group.id ? 'chosen' : 'plain'}
              onTap={() => setChosen({ id, page: id === chosen.id ? chosen.page + 1 : 0 })}
              testId={`self-test-${id}`}
            >
              <span>{name}</span>
              <span className="push">
                {t('selfTest.of', { right: rows.filter((row) => row.ok).length, all: rows.length })}
              </span>
            </TouchButton>
          ))}
        </div>
        <table className="self-test-rows">
          <thead>
            <tr>
              <th>{group.id === 'device' ? t('selfTest.check') : t('selfTest.example')}</th>
              <th>{group.id === 'device' ? t('selfTest.expected') : t('selfTest.published')}</th>
              <th>{t('selfTest.computed')}</th>
            </tr>
          </thead>
          <tbody>
            {group.rows.slice(page * rowsPerPage, (page + 1) * rowsPerPage).map((row) => (
              <tr key={row.name} data-ok={row.ok}>
                <td>
                  <div className="self-test-name">
                    <Shape status={row.ok ? 'ok' : 'stop'} size="2.8rem" />
                    <Fit text={row.name} floor={0.7} />
                  </div>
                </td>
                <td>
                  <Fit text={row.published} floor={0.85} />
                </td>
                <td>
                  <Fit text={row.computed} floor={0.85} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
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
