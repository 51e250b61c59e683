import { app } from 'electron'
import { runUpdate, updateOrder } from './update/run-update.ts'

// An update is installed without a window and beside a running board; everything else is the board.
const order = updateOrder(process.argv.slice(1), process.env)
if (order) {
  void runUpdate(order).then((code) => app.exit(code))
} else {
  import('./board.ts').catch((error: unknown) => {
    // Electron's own answer would be a dialog that waits for somebody.
    console.error(`The board cannot be loaded: ${String(error)}`)
    app.exit(1)
  })
}
