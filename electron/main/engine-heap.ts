/**
 * V8's switches that must be there when the engine's process starts; `electron/host/lean-heap.ts` sets the rest. The young part of
 * the heap has one size for good: left alone it shrinks to 1 MiB in calm hours, so that a backlog begins with a collection for every
 * few hundred messages, and widens and narrows with the load by more than a leak could hide in (docs/soak.md). Electron's pointers
 * are half as wide as Node's, and nobody needs the speed of `npm start`, which has 16 MiB, on a device: 4 MiB.
 */
export const engineHeapSwitches = ['--min-semi-space-size=4', '--max-semi-space-size=4'] as const
