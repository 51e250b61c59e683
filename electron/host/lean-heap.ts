import { setFlagsFromString } from 'node:v8'

/**
 * The old part of the heap is collected when it has grown by half of what is in use, not by up to four times: a backlog of a
 * million messages then takes tens of megabytes instead of hundreds (`npm run bench -- ingest --million`), and a board's memory
 * does not grow with the load it once had (docs/soak.md). Call before the engine starts; V8 looks at it whenever it collects.
 */
export function keepHeapLean(): void {
  setFlagsFromString('--heap-growing-percent=50')
}
