/**
 * V8's switches that must be there when the engine's process starts; `electron/host/lean-heap.ts` sets the rest. The young part of
 * the heap has one size for good: left alone it shrinks to 1 MiB in calm hours, so that a backlog begins with a collection for every
 * thousand messages, and widens again with the load, which looks like a leak (docs/soak.md). One batch of messages fits in.
 */
export const engineHeapSwitches = ['--min-semi-space-size=16', '--max-semi-space-size=16'] as const
