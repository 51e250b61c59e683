import { HostError } from './host-error.ts'

/** Asks on the terminal without showing what is typed. Throws HostError on Ctrl-C. */
export function askHidden(question: string): Promise<string> {
  const { stdin, stderr } = process
  stderr.write(question)
  stdin.setRawMode(true)
  stdin.resume()
  return new Promise((resolve, reject) => {
    let typed = ''
    const end = () => {
      stdin.off('data', onData)
      stdin.setRawMode(false)
      stdin.pause()
      stderr.write('\n')
    }
    const onData = (data: Buffer) => {
      for (const key of data.toString('utf8')) {
        if (key === '\r' || key === '\n') {
          end()
          return resolve(typed)
        }
        if (key === '\u0003' || key === '\u0004') {
          end()
          return reject(new HostError('Nothing was changed.'))
        }
        typed = key === '\u007f' || key === '\b' ? typed.slice(0, -1) : typed + key
      }
    }
    stdin.on('data', onData)
  })
}
