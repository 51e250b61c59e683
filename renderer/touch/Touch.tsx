import {
  BadgeCheck,
  ChartGantt,
  ClipboardPen,
  Goal,
  Gauge,
  ListChecks,
  Activity,
  UsersRound,
  LogOut,
  MonitorX,
  OctagonAlert,
  RefreshCw,
  Siren,
  Stethoscope,
  Target,
  TrendingDown,
  Users,
  type LucideIcon,
} from 'lucide-react'
import { useEffect, useEffectEvent, useState, type ReactNode } from 'react'
import type { Board } from '../../shared/contract/board.ts'
import { useBoard } from '../board-view.tsx'
import { Fit } from '../fit/Fit.tsx'
import { stateLook } from '../screens/state-look.ts'
import { Shape } from '../widgets/Shape.tsx'
import { BoardHealthPage } from './BoardHealthPage.tsx'
import { ChangeoverPage } from './ChangeoverPage.tsx'
import { HomePage } from './HomePage.tsx'
import { LastEntry } from './LastEntry.tsx'
import { DailyPage } from './daily/DailyPage.tsx'
import { StopsPage } from './stops/StopsPage.tsx'
import { CheckInPage } from './CheckInPage.tsx'
import { GapsPage } from './gaps/GapsPage.tsx'
import { HuddlePage } from './huddle/HuddlePage.tsx'
import { ReviewPage } from './gaps/ReviewPage.tsx'
import { Keyboard } from './keyboard/Keyboard.tsx'
import { KpisPage } from './kpis/KpisPage.tsx'
import { HealthPage } from './HealthPage.tsx'
import type { PageId, PageProps, Saved } from './pages.ts'
import { formIdleMs, groupNames, groupOf, idleMs, pageGroups } from './pages.ts'
import { ObjectivesPage } from './ObjectivesPage.tsx'
import { PeoplePage } from './people/PeoplePage.tsx'
import { PinPad } from './PinPad.tsx'
import { ScreensPage } from './ScreensPage.tsx'
import { SelfTestPage } from './SelfTestPage.tsx'
import { StopReasonPage } from './StopReasonPage.tsx'
import { TouchButton } from './TouchButton.tsx'
import { useScans } from './use-scans.ts'
import { useEntry } from './use-entry.ts'
import type { Signing } from './use-signing.ts'

const pages: Record<PageId, { Icon: LucideIcon; Page: (props: PageProps) => ReactNode }> = {
  home: { Icon: Siren, Page: HomePage },
  stop: { Icon: OctagonAlert, Page: StopReasonPage },
  changeover: { Icon: RefreshCw, Page: ChangeoverPage },
  stops: { Icon: ChartGantt, Page: StopsPage },
  daily: { Icon: ClipboardPen, Page: DailyPage },
  huddle: { Icon: UsersRound, Page: HuddlePage },
  checkIn: { Icon: Target, Page: CheckInPage },
  objectives: { Icon: Goal, Page: ObjectivesPage },
  gaps: { Icon: TrendingDown, Page: GapsPage },
  review: { Icon: ListChecks, Page: ReviewPage },
  kpis: { Icon: Gauge, Page: KpisPage },
  boardHealth: { Icon: Stethoscope, Page: BoardHealthPage },
  health: { Icon: Activity, Page: HealthPage },
  screens: { Icon: MonitorX, Page: ScreensPage },
  selfTest: { Icon: BadgeCheck, Page: SelfTestPage },
  people: { Icon: Users, Page: PeoplePage },
}

/** What is most likely wanted: what goes on at the line. */
function firstPage({ huddle, line }: Board): PageId {
  if (huddle.current !== null) return 'huddle'
  return line.word === 'changeover' ? 'changeover' : 'home'
}

/** What the crew types in. Comes up with a touch on the board and leaves by itself when nobody touches it. */
export function Touch({ onDone }: { onDone: () => void }) {
  const { board, t } = useBoard()
  const [pageId, setPageId] = useState<PageId>(() => firstPage(board))
  const [saved, setSaved] = useState<Saved | null>(null)
  const [done, setDone] = useState<string | null>(null)
  const entry = useEntry()
  useIdle(onDone)
  useScans((badge) => void entry.giveBadge(badge))
  const [subject, setSubject] = useState<string | null>(null)
  const open = (id: PageId, about: string | null = null) => {
    entry.clear()
    entry.signing.cancel()
    setPageId(id)
    setSubject(about)
  }
  const props: PageProps = {
    entry,
    onSaved: (next) => {
      setDone(null)
      setSaved(next)
    },
    onDone: (text) => {
      setSaved(null)
      setDone(text)
    },
    subject,
    onGo: open,
  }
  const { Page } = pages[pageId]
  return (
    <>
      <div className="touch" data-page={pageId}>
        <TouchHeader onDone={onDone} signing={entry.signing} />
        <Navigation key={pageId} pageId={pageId} onGo={open} />
        <section className="touch-page">
          <h2 className="unseen">{t(`touch.${pageId}`)}</h2>
          {entry.signing.asked && <PinPad entry={entry} />}
          <div className="touch-form" hidden={entry.signing.asked}>
            <Page key={`${pageId} ${subject ?? ''}`} {...props} />
          </div>
          <LastEntry
            entry={entry}
            saved={saved}
            done={done}
            onUndone={() => props.onDone(t('touch.undone'))}
          />
        </section>
      </div>
      <Keyboard />
    </>
  )
}

/** The groups, and the pages of one of them: that of the open page, until another group is tapped. */
function Navigation({ pageId, onGo }: { pageId: PageId; onGo: (id: PageId) => void }) {
  const { t } = useBoard()
  const [shown, setShown] = useState(groupOf(pageId))
  return (
    <nav className="touch-nav">
      <div className="touch-groups">
        {groupNames.map((group) => (
          <TouchButton
            key={group}
            kind={group === shown ? 'chosen' : 'plain'}
            onTap={() => setShown(group)}
            testId={`group-${group}`}
          >
            <Fit text={t(`touch.groups.${group}`)} floor={0.75} />
          </TouchButton>
        ))}
      </div>
      {pageGroups[shown].map((id) => {
        const { Icon } = pages[id]
        return (
          <TouchButton
            key={id}
            kind={id === pageId ? 'chosen' : 'plain'}
            onTap={() => onGo(id)}
            testId={`page-${id}`}
          >
            <Icon aria-hidden />
            <Fit text={t(`touch.${id}`)} floor={0.75} maxLines={2} />
          </TouchButton>
        )
      })}
    </nav>
  )
}

function TouchHeader({ onDone, signing }: { onDone: () => void; signing: Signing }) {
  const view = useBoard()
  const { t } = view
  const { board, format, nowMs } = view
  const { word, status } = stateLook(view)
  return (
    <header className="touch-head">
      <Fit className="touch-line" text={board.site.lineName} floor={0.6} />
      <span className="touch-state">
        <Shape status={status} size="4rem" />
        {t(`state.${word}`)}
      </span>
      {board.site.demo && <span className="touch-state">{t('demo')}</span>}
      <span className="touch-clock">{format.clock(nowMs)}</span>
      <SignedInAs signing={signing} />
      <TouchButton onTap={onDone} testId="back">
        {t('touch.back')}
      </TouchButton>
    </header>
  )
}

/** Whoever is signed in, with the time left; a tap signs out. */
function SignedInAs({ signing }: { signing: Signing }) {
  const { format, nowMs, t } = useBoard()
  const { person, signOut } = signing
  if (person === null || nowMs >= person.untilMs) return null
  const left = format.timer(person.untilMs - nowMs)
  return (
    <TouchButton onTap={signOut} testId="signed-in">
      <span className="unseen">{t('touch.signOut', { name: person.by })}</span>
      <LogOut aria-hidden />
      <Fit className="signed-in-name" text={person.by} floor={0.6} />
      <span className="signed-in-left">{left.text}</span>
    </TouchButton>
  )
}

/** Goes back after a minute without a touch, or five while a form is open, whatever the board is pushed meanwhile. */
function useIdle(onIdle: () => void): void {
  const idle = useEffectEvent(onIdle)
  useEffect(() => {
    const waitForForm = () => {
      if (document.querySelector('[data-form]') === null) idle()
      else timer = setTimeout(() => idle(), formIdleMs - idleMs)
    }
    let timer = setTimeout(waitForForm, idleMs)
    const touched = () => {
      clearTimeout(timer)
      timer = setTimeout(waitForForm, idleMs)
    }
    window.addEventListener('pointerdown', touched)
    window.addEventListener('keydown', touched)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('pointerdown', touched)
      window.removeEventListener('keydown', touched)
    }
  }, [])
}
