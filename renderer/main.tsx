import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'
import { channelFromWindow } from './link/channel.ts'
import { startLink } from './link/link.ts'
import { LiveContext } from './link/live.tsx'
import { reloadOnNewVersion } from './link/reload.ts'
import { createLiveStore } from './link/store.ts'
import './styles/index.css'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

const store = createLiveStore()
const link = startLink({
  source: channelFromWindow(),
  store,
  lineId: new URLSearchParams(window.location.search).get('line'),
  onVersion: reloadOnNewVersion({
    built: import.meta.env.VITE_LINESIDE_VERSION as string | undefined,
    storage: window.sessionStorage,
    reload: () => window.location.reload(),
  }),
})

createRoot(root).render(
  <LiveContext value={{ store, call: link.call }}>
    <App />
  </LiveContext>,
)
