import { AzureError } from './azure-error';

interface Limit {
  /** Requests that may come at once. */
  capacity: number;
  /** Requests that are added back each second. */
  perSecond: number;
}

/**
 * Token buckets of ARM and of the AKS resource provider.
 * https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling
 * https://learn.microsoft.com/azure/aks/quotas-skus-regions#throttling-limits-on-aks-resource-provider-apis
 */
const LIMITS = {
  armReads: { capacity: 250, perSecond: 25 },
  /** All principals of a subscription together: 15 times the limit of one. */
  armGlobalReads: { capacity: 3750, perSecond: 375 },
  aksList: { capacity: 500, perSecond: 1 },
  aksGet: { capacity: 60, perSecond: 1 },
  aksOther: { capacity: 60, perSecond: 1 },
} satisfies Record<string, Limit>;

export type LimitName = keyof typeof LIMITS;

/** https://learn.microsoft.com/azure/governance/resource-graph/concepts/guidance-for-throttled-requests */
const GRAPH_QUOTA = { queries: 15, windowMs: 5000 };

/** Counts requests by the real clock: `Retry-After` is real time, whatever clock the world has. */
export class Throttle {
  private readonly buckets = new Map<string, { tokens: number; at: number }>();
  private graphWindow = { startedAt: -Infinity, used: 0 };

  /** Takes one request from a bucket. Returns what is left, or the seconds until there is one again. */
  take(name: LimitName, key: string): { remaining: number } | { retryAfter: number } {
    const { capacity, perSecond } = LIMITS[name];
    const now = performance.now();
    const id = `${name} ${key}`;
    const last = this.buckets.get(id) ?? { tokens: capacity, at: now };
    const tokens = Math.min(capacity, last.tokens + ((now - last.at) / 1000) * perSecond);
    const granted = tokens >= 1;
    this.buckets.set(id, { tokens: granted ? tokens - 1 : tokens, at: now });
    return granted ? { remaining: Math.floor(tokens - 1) } : { retryAfter: Math.ceil((1 - tokens) / perSecond) };
  }

  /** Takes one query from the caller's Resource Graph quota; returns its headers or throws 429. */
  takeGraphQuery(): Record<string, string> {
    const now = performance.now();
    if (now - this.graphWindow.startedAt >= GRAPH_QUOTA.windowMs) {
      this.graphWindow = { startedAt: now, used: 0 };
    }
    const left = Math.ceil((this.graphWindow.startedAt + GRAPH_QUOTA.windowMs - now) / 1000);
    const resetsAfter = { 'x-ms-user-quota-resets-after': `00:00:0${left}` };
    if (this.graphWindow.used >= GRAPH_QUOTA.queries) {
      throw new AzureError(
        429,
        'RateLimiting',
        'Client application has been throttled. See https://aka.ms/resourcegraph-throttling.',
        {
          headers: { ...resetsAfter, 'x-ms-user-quota-remaining': '0', 'Retry-After': String(left) },
        },
      );
    }
    this.graphWindow.used += 1;
    return { ...resetsAfter, 'x-ms-user-quota-remaining': String(GRAPH_QUOTA.queries - this.graphWindow.used) };
  }
}
