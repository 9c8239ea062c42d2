import { setTimeout as sleep } from 'node:timers/promises';

/** For all but LIST and GET of clusters, AKS allows 60 requests at once and then one a second per subscription and region. https://learn.microsoft.com/azure/aks/quotas-skus-regions#throttling-limits-on-aks-resource-provider-apis */
const BURST = 60;
const PER_SECOND = 1;

/** Keeps below the limits of the AKS resource provider, so that others who use the subscription are not throttled by us. */
export class Limiter {
  readonly #buckets = new Map<string, { tokens: number; at: number }>();

  constructor(private readonly signal: AbortSignal) {}

  /** Waits for its turn. @throws AbortError when the deadline passes before. */
  async take(subscriptionId: string, region: string): Promise<void> {
    const key = `${subscriptionId}/${region}`.toLowerCase();
    const now = performance.now();
    const bucket = this.#buckets.get(key) ?? { tokens: BURST, at: now };
    const tokens = Math.min(BURST, bucket.tokens + ((now - bucket.at) / 1000) * PER_SECOND) - 1;
    this.#buckets.set(key, { tokens, at: now });
    if (tokens < 0) {
      await sleep((-tokens / PER_SECOND) * 1000, undefined, { signal: this.signal });
    }
  }
}
