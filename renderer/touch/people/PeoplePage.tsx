import { useCallback, useEffect, useState } from 'react'
import type { PersonView } from '../../../shared/contract/protocol.ts'
import { useBoard } from '../../board-view.tsx'
import { ChoiceGrid } from '../ChoiceGrid.tsx'
import type { PageProps } from '../pages.ts'
import { TouchButton } from '../TouchButton.tsx'
import { NewPerson } from './NewPerson.tsx'
import { PersonSheet } from './PersonSheet.tsx'

/** Who may sign here: an admin adds people, gives roles, PINs and badges, and takes them away. */
export function PeoplePage(props: PageProps) {
  const { t } = useBoard()
  const { entry, onDone } = props
  const { send } = entry
  const [people, setPeople] = useState<readonly PersonView[] | null>(null)
  const [chosen, setChosen] = useState<string | null>(null)
  const [adding, setAdding] = useState<'person' | 'admin' | null>(null)
  const load = useCallback(async () => setPeople(await send('people', {})), [send])
  useEffect(() => {
    void Promise.resolve().then(load)
  }, [load])

  const done = async (text: string) => {
    onDone(text)
    setAdding(null)
    setChosen(null)
    await load()
  }
  const leave = () => {
    entry.clear()
    setAdding(null)
    setChosen(null)
  }
  if (adding !== null) {
    return (
      <NewPerson
        entry={entry}
        first={adding === 'admin'}
        onCancel={leave}
        onSaved={(text) => void done(text)}
      />
    )
  }
  const person = people?.find(({ id }) => id === chosen)
  if (person) {
    return <PersonSheet person={person} entry={entry} onCancel={leave} onSaved={(text) => void done(text)} />
  }
  if (people === null) {
    return (
      <>
        <p className="touch-empty">{entry.busy ? '' : t('hands.people.adminsOnly')}</p>
        <div className="two-buttons steps">
          <TouchButton className="side" onTap={() => setAdding('admin')} testId="first-admin">
            {t('hands.people.first')}
          </TouchButton>
          <TouchButton
            kind="main"
            className="confirm"
            disabled={entry.busy}
            onTap={() => void load()}
            testId="people-sign-in"
          >
            {t('hands.people.signIn')}
          </TouchButton>
        </div>
      </>
    )
  }
  const words = ({ name, role }: PersonView) => `${name} \u00b7 ${t(`hands.roles.${role}`)}`
  return (
    <>
      <ChoiceGrid
        choices={people.map((one) => ({ id: one.id, name: words(one) }))}
        chosen={null}
        onChoose={setChosen}
      />
      <TouchButton kind="main" className="confirm" onTap={() => setAdding('person')} testId="add-person">
        {t('hands.people.add')}
      </TouchButton>
    </>
  )
}
