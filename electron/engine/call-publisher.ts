import type { OpenCall } from '../../shared/contract/board-line.ts'
import type { Publication } from './ingest/broker-link.ts'

/** Events for pagers that wait for the broker, at most; beyond that the oldest are dropped: what is open is retained anyway. */
export const maxWaitingEvents = 100

export type CallPublisherOptions = {
  lineIds: readonly string[]
  prefix: string
  calls: (lineId: string) => readonly OpenCall[]
  now: () => number
  /** False: it was not taken, and is offered again. */
  publish: (publication: Publication) => boolean
  isConnected: () => boolean
}

/**
 * Tells the plant which calls are open: retained for stack lights, and as single events for pagers (docs/calls.md).
 */
export type CallPublisher = {
  /** To be called after each change and every second: calls go up by time alone. */
  look: () => void
  droppedEvents: () => number
}

type Event = 'raise' | 'ack' | 'coming' | 'again' | 'escalate' | 'end'

export function createCallPublisher(options: CallPublisherOptions): CallPublisher {
  const lines = new Map(
    options.lineIds.map((lineId) => [
      lineId,
      { published: '', known: new Map<string, OpenCall>(), first: true },
    ]),
  )
  const events: Publication[] = []
  let dropped = 0

  function tell(lineId: string, event: Event, call: OpenCall): void {
    const { category, cell, text, who, escalation } = call
    const payload = JSON.stringify({
      event,
      line: lineId,
      call: call.call,
      category,
      cell,
      text,
      who,
      raised_ms: call.raisedMs,
      level: escalation?.level ?? 0,
      to: escalation?.to ?? null,
      timestamp: options.now(),
    })
    events.push({ topic: `${options.prefix}/calls/${lineId}/event`, payload, qos: 1, retain: false })
    if (events.length <= maxWaitingEvents) return
    events.shift()
    dropped += 1
  }

  function lookAt(lineId: string): void {
    const line = lines.get(lineId)!
    const open = options.calls(lineId)
    if (!line.first) {
      for (const call of open)
        for (const event of eventsOf(line.known.get(call.call), call)) tell(lineId, event, call)
      for (const [id, call] of line.known) if (!open.some((one) => one.call === id)) tell(lineId, 'end', call)
    }
    line.first = false
    line.known = new Map(open.map((call) => [call.call, call]))
    const payload = JSON.stringify(retained(open))
    if (payload === line.published) return
    const topic = `${options.prefix}/calls/${lineId}/open`
    if (options.publish({ topic, payload, qos: 1, retain: true })) line.published = payload
  }

  return {
    look() {
      // Another board, or the broker's own restart, may have changed what is retained.
      if (!options.isConnected()) for (const line of lines.values()) line.published = ''
      for (const lineId of options.lineIds) lookAt(lineId)
      while (events[0] !== undefined && options.publish(events[0])) events.shift()
    },
    droppedEvents: () => dropped,
  }
}

function eventsOf(before: OpenCall | undefined, call: OpenCall): Event[] {
  if (before === undefined) return ['raise']
  const events: Event[] = []
  if (call.times > before.times) events.push('again')
  if (call.ackMs !== null && before.ackMs === null) events.push(call.coming ? 'coming' : 'ack')
  else if (call.coming && !before.coming) events.push('coming')
  if ((call.escalation?.level ?? 0) > (before.escalation?.level ?? 0)) events.push('escalate')
  return events
}

/** `light`: for a stack light without logic of its own. */
function retained(open: readonly OpenCall[]) {
  const waiting = open.some(({ ackMs }) => ackMs === null)
  return {
    light: waiting ? 'flash' : open.length > 0 ? 'on' : 'off',
    calls: open.map(({ call, category, cell, text, raisedMs, ackMs, who, coming, escalation }) => ({
      call,
      category,
      cell,
      text,
      raised_ms: raisedMs,
      answered_ms: ackMs,
      who,
      coming,
      level: escalation?.level ?? 0,
      to: escalation?.to ?? null,
    })),
  }
}
