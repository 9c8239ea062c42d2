/** The scans, in the order in which they are reported. Each has its own timer and its own state. */
export const SCANS = ['configuration', 'node-images', 'certificates', 'policy', 'defender'] as const;

export type Scan = (typeof SCANS)[number];

/** The unit of work: one message on the queue `scan-requests`. */
export interface ScanRequest {
  readonly scan: Scan;
  readonly subscriptionId: string;
  /** ISO 8601, UTC. */
  readonly requestedAt: string;
}
