/** The scans, in the order in which they are reported. Each has its own timer and its own state. */
export const SCANS = ['configuration', 'node-images', 'certificates', 'policy', 'defender'] as const;

export type Scan = (typeof SCANS)[number];

export const SUBSCRIPTION_LISTINGS = ['new', 'missing'] as const;

type SubscriptionListing = (typeof SUBSCRIPTION_LISTINGS)[number];

/** The unit of work: one message on the queue `scan-requests`. */
export interface ScanRequest {
  readonly scan: Scan;
  readonly subscriptionId: string;
  /** ISO 8601, UTC. */
  readonly requestedAt: string;
  /** What the listing of subscriptions told of it: first listed after the first run of the deployment, or no longer listed. Absent: neither, or nobody asked. */
  readonly listing?: SubscriptionListing | undefined;
}
