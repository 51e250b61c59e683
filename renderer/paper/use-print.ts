import { useCallback, useEffect, useRef, useState } from 'react'
import type { PagePrinted, PrintPage } from '../../shared/contract/kiosk.ts'
import type { PaperAnswer } from '../../shared/contract/huddle-calls.ts'

/** A kiosk that has not answered by then has not printed. Milliseconds. */
export const printLimitMs = 20_000

export type Print = {
  /** What stands on the paper; null: nothing was asked for. */
  answer: PaperAnswer | null
  /** Puts it on paper: the kiosk makes a file and says its name, a browser asks for the printer (''). Null: it failed. */
  print: (answer: PaperAnswer, name: string) => Promise<string | null>
}

/** Prints once the paper is drawn with its letters. */
export function usePrint(): Print {
  const [answer, setAnswer] = useState<PaperAnswer | null>(null)
  const waiting = useRef<{ name: string; done: (file: string | null) => void } | null>(null)
  useEffect(() => {
    const asked = waiting.current
    if (answer === null || asked === null) return
    waiting.current = null
    void document.fonts.ready.then(() => toPaper(asked.name)).then(asked.done)
  }, [answer])
  const print = useCallback(
    (next: PaperAnswer, name: string) =>
      new Promise<string | null>((done) => {
        waiting.current = { name, done }
        setAnswer({ ...next })
      }),
    [],
  )
  return { answer, print }
}

function toPaper(name: string): Promise<string | null> {
  if (window.lineside === undefined) {
    window.print()
    return Promise.resolve('')
  }
  return new Promise((resolve) => {
    const finish = (file: string | null) => {
      clearTimeout(timer)
      window.removeEventListener('message', heard)
      resolve(file)
    }
    const heard = (event: MessageEvent) => {
      const message = event.data as Partial<PagePrinted> | null
      if (event.source === window && message?.type === 'lineside-printed') finish(message.file ?? null)
    }
    const timer = setTimeout(() => finish(null), printLimitMs)
    window.addEventListener('message', heard)
    const order: PrintPage = { type: 'lineside-print', name }
    window.postMessage(order, window.location.origin)
  })
}
