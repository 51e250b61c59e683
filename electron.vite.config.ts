import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

// One build for all hosts: `app` holds the Electron main process, the engine's utility process and the command line as
// CommonJS that also runs on the older Node inside older Electrons; only electron and better-sqlite3 stay outside.
const external = ['electron', 'better-sqlite3', 'bufferutil', 'utf-8-validate']
const app = {
  outDir: 'dist/app',
  target: 'node18',
  minify: false,
  externalizeDeps: false,
  rollupOptions: {
    external,
    output: { format: 'cjs' as const, entryFileNames: '[name].cjs', chunkFileNames: 'chunk-[hash].cjs' },
  },
}

export default defineConfig({
  main: {
    build: {
      ...app,
      rollupOptions: {
        ...app.rollupOptions,
        input: {
          main: 'electron/main/main.ts',
          engine: 'electron/host/engine-process.ts',
          lineside: 'electron/host/lineside.ts',
          'store-worker': 'db/store-worker.ts',
        },
      },
    },
  },
  preload: {
    build: {
      ...app,
      outDir: 'dist/preload',
      rollupOptions: { ...app.rollupOptions, input: { preload: 'electron/preload/preload.ts' } },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react()],
    build: {
      outDir: 'dist/renderer',
      target: 'chrome114',
      // The page's policy allows fonts from its own host only, not from data: addresses.
      assetsInlineLimit: 0,
      rollupOptions: { input: 'renderer/index.html' },
    },
  },
})
