import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'
import { channelFromWindow } from './link/channel.ts'
import { startLink } from './link/link.ts'
import { LiveContext } from './link/live.tsx'
import { createOutbox } from './link/outbox.ts'
import { reloadOnNewVersion } from './link/reload.ts'
import { createLiveStore } from './link/store.ts'
import './styles/index.css'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

const store = createLiveStore()
const reloadIfNew = reloadOnNewVersion({
  built: import.meta.env.VITE_LINESIDE_VERSION as string | undefined,
  storage: window.sessionStorage,
  reload: () => window.location.reload(),
})
const link = startLink({
  source: channelFromWindow(),
  store,
  lineId: new URLSearchParams(window.location.search).get('line'),
  onVersion: (version) => {
    reloadIfNew(version)
    if (version !== '') outbox.flush()
  },
})
const { call, connected } = link
const outbox = createOutbox({ call, connected, nowMs: store.nowMs, storage: window.sessionStorage })

createRoot(root).render(
  <LiveContext value={{ store, call, outbox }}>
    <App />
  </LiveContext>,
)
