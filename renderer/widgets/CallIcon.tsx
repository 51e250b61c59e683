import { BadgeCheck, HeartPulse, Package, UserRound, Wrench } from 'lucide-react'

const icons = [
  { match: /maint|repair/i, Icon: Wrench },
  { match: /qual/i, Icon: BadgeCheck },
  { match: /mater|logist/i, Icon: Package },
  { match: /safe/i, Icon: HeartPulse },
]

/** Call types are told apart by icon and word, never by colour. */
export function CallIcon({ category }: { category: string }) {
  const Icon = icons.find(({ match }) => match.test(category))?.Icon ?? UserRound
  return <Icon className="call-icon" strokeWidth={2} aria-hidden />
}
