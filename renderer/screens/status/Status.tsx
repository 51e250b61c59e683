import { useBoardOf } from '../../board-view.tsx'
import { stateLook } from '../state-look.ts'
import { Down } from './Down.tsx'
import { NoData } from './NoData.tsx'
import { NotScheduled } from './NotScheduled.tsx'
import { Planned } from './Planned.tsx'
import { Running } from './Running.tsx'

/** The home screen: is the line running, are we winning or losing. */
export function Status() {
  switch (useBoardOf(stateLook).word) {
    case 'down':
      return <Down />
    case 'nodata':
      return <NoData />
    case 'notscheduled':
      return <NotScheduled />
    case 'changeover':
    case 'break':
    case 'maintenance':
    case 'planned':
      return <Planned />
    default:
      return <Running />
  }
}
