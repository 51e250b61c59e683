import { setFlagsFromString } from 'node:v8'

const growth = '--heap-growing-percent'

/**
 * The old part of the heap is collected when it has grown by half of what is in use, not by up to four times: a backlog of a
 * million messages then takes tens of megabytes instead of hundreds (`npm run bench -- ingest --million`), and a board's memory
 * does not grow with the load it once had (docs/soak.md). A switch given at the start stands: `npm start` lets it double, for a
 * tenth of the rate and 20 MB (`npm run bench -- ingest --quick`). Call before the engine starts; V8 looks at it whenever it collects.
 */
export function keepHeapLean(): void {
  if (!process.execArgv.some((given) => given.startsWith(growth))) setFlagsFromString(`${growth}=50`)
}
