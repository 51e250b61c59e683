import { Fit } from '../../fit/Fit.tsx'
import { TouchButton } from '../TouchButton.tsx'

/** Up to four sections of a form, of which one is open. */
export function Tabs<T extends string>(props: {
  tabs: readonly T[]
  open: T
  words: (tab: T) => string
  onOpen: (tab: T) => void
}) {
  const { tabs, open, words, onOpen } = props
  return (
    <div className="four">
      {tabs.map((tab) => (
        <TouchButton
          key={tab}
          kind={tab === open ? 'chosen' : 'plain'}
          onTap={() => onOpen(tab)}
          testId={`section-${tab}`}
        >
          <Fit text={words(tab)} floor={0.7} />
        </TouchButton>
      ))}
    </div>
  )
}
