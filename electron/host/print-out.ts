import { HostError } from './host-error.ts'

/**
 * Writes to standard output and waits until it took the text. False: the reader has seen enough (`| head`). Throws HostError
 * when the text could not be written, so that no half file passes for a whole one.
 */
export function printOut(text: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const { stdout } = process
    // Failures come to the callback; without a listener the event would end the process.
    if (stdout.listenerCount('error') === 0) stdout.on('error', () => {})
    stdout.write(text, (error?: NodeJS.ErrnoException | null) => {
      if (!error) resolve(true)
      else if (error.code === 'EPIPE') resolve(false)
      else
        reject(
          new HostError(
            `The output could not be written whole (${error.code}): free some space, or write it elsewhere.`,
          ),
        )
    })
  })
}
