import type { ScrapBucket } from './facts.ts'

/**
 * Rejects found inside by reason, most first. `scrap`: all of them. What nobody named a reason for is '': `included` scrap names
 * reasons of pieces that were counted without one.
 */
export function scrapByReason(
  buckets: readonly Pick<ScrapBucket, 'reason' | 'detected' | 'qty'>[],
  scrap: number,
): { reason: string; qty: number }[] {
  const sums = new Map<string, number>()
  let named = 0
  for (const { reason, detected, qty } of buckets) {
    if (reason === '' || detected !== 'internal') continue
    sums.set(reason, (sums.get(reason) ?? 0) + qty)
    named += qty
  }
  sums.set('', Math.max(0, scrap - named))
  return [...sums]
    .map(([reason, qty]) => ({ reason, qty }))
    .filter(({ qty }) => qty !== 0)
    .sort((a, b) => b.qty - a.qty || (a.reason < b.reason ? -1 : 1))
}
