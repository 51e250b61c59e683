// The kiosk's main script on a device with a TV and a touch screen beside it. No X server at hand shows Electron a second output, so
// that Electron is told of two; the windows, their places on the X server and the window manager's monitors are real.
const { app, screen } = require('electron')

const tv = { width: 1920, height: 1080, x: 0, y: 0 }
const touch = { width: 1280, height: 800, x: 1920, y: 0 }
let plugged = true

app.whenReady().then(() => {
  const real = screen.getPrimaryDisplay()
  const display = (id, bounds) => ({ ...real, id, bounds, workArea: bounds, scaleFactor: 1 })
  screen.getPrimaryDisplay = () => display(60, tv)
  screen.getAllDisplays = () => [display(60, tv), ...(plugged ? [display(61, touch)] : [])]
  global.plugTouch = (isThere) => {
    plugged = isThere
    screen.emit(isThere ? 'display-added' : 'display-removed', {}, display(61, touch))
  }
})

require(process.env.KIOSK_MAIN)
