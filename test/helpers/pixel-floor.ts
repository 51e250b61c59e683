/**
 * The floor under every board that gets its numbers over MQTT, as a process of its own: mqtt.js receives a message, a WebSocket
 * hands its bytes to a blank page, and the page writes the number into a text node. Nothing is stored, nothing computed.
 * Arguments: broker URL, topic. Prints its address.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connectAsync } from 'mqtt'
import { WebSocketServer } from 'ws'

const [url = '', topic = ''] = process.argv.slice(2)
const page = `<!doctype html><title>floor</title><body style="background:#0e1316;color:#fff;font-size:200px">
<span data-testid="made" data-value="0">0</span><script>
const shown = document.querySelector('span')
const text = shown.firstChild
let sum = 0
new WebSocket('ws://' + location.host).onmessage = ({ data }) => {
  sum += JSON.parse(data).good
  text.data = sum
  shown.dataset.value = sum
}
</script>`

const server = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'text/html' })
  response.end(page)
})
const sockets = new WebSocketServer({ server })
const client = await connectAsync(url)
await client.subscribeAsync(topic, { qos: 1 })
client.on('message', (_topic, payload) => {
  for (const socket of sockets.clients) socket.send(payload.toString())
})
server.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
})
process.on('SIGTERM', () => process.exit(0))
