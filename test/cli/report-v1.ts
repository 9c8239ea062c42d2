import { z } from 'zod';

/** Version 1 of the JSON output, written from the contract (DESIGN.md, section 6) and from nothing in the code. */

const instant = z.iso.datetime();
const guid = z.guid();
const scan = z.enum(['configuration', 'node-images', 'certificates', 'policy', 'defender']);
const section = z.enum([
  ...(['clusters', 'kubernetesVersions', 'upgradeProfiles', 'apiServerCertificate', 'clusterCa'] as const),
  ...(['policyStates', 'defenderPlan', 'assessments', 'maintenanceConfigurations', 'trustBundles'] as const),
]);
const unreadReason = [
  ...(['forbidden', 'notFound', 'throttled', 'unavailable', 'timeout', 'unreachable', 'invalid'] as const),
  'disabled' as const,
] as const;
const severity = z.enum(['critical', 'high', 'medium', 'low', 'info']);
const transition = z.enum([
  ...(['baseline', 'regressed', 'worsened', 'resolved', 'changed', 'removed', 'retired'] as const),
  ...(['clusterAppeared', 'clusterRemoved', 'nodePoolAppeared', 'nodePoolRemoved'] as const),
  ...(['exemptionStarted', 'exemptionExpired', 'subscriptionAppeared', 'subscriptionLost', 'baselineChanged'] as const),
]);
const cause = z.enum(['azure', 'time', 'expectation', 'monitor', 'firstRead', 'newSubject']);
const clusterId = z
  .string()
  .regex(/^\/subscriptions\/[^/]+\/resource[gG]roups\/[^/]+\/providers\/[^/]+\/managedClusters\/[^/]+$/i);

/** A stored outcome is never `unknown` or `error`. */
const standing = z.strictObject({ outcome: z.enum(['pass', 'fail', 'notApplicable']), observed: z.json() });

const finding = z.strictObject({
  findingId: z.string().min(1),
  subscriptionId: guid,
  clusterId: clusterId.nullable(),
  nodePool: z.string().nullable(),
  checkId: z.string().min(1),
  scan,
  severity,
  outcome: z.enum(['pass', 'fail', 'notApplicable', 'unknown', 'error']),
  reason: z.enum([...unreadReason, 'notEvaluated', 'notVisible', 'stopped']).nullable(),
  message: z.string().min(1),
  observed: z.json(),
  controls: z.record(z.string(), z.array(z.string())),
  owner: z.string().nullable(),
  since: instant.nullable(),
  dueOn: instant.nullable(),
  muted: z.boolean().nullable(),
  exemption: z
    .strictObject({
      reason: z.string(),
      expiresOn: z.string().regex(/^\d{4}-\d{2}-\d{2}/),
      approvedBy: z.string().nullable(),
    })
    .nullable(),
  lastChange: z
    .strictObject({
      eventId: z.string().min(1),
      transition,
      cause,
      before: standing.nullable(),
      changedBy: z.string().nullable(),
      at: instant,
    })
    .nullable(),
});

const event = z.strictObject({
  eventId: z.string().min(1),
  findingId: z.string().min(1),
  transition,
  cause,
  subscriptionId: guid,
  clusterId: clusterId.nullable(),
  nodePool: z.string().nullable(),
  checkId: z.string().nullable(),
  before: standing.nullable(),
  now: standing.nullable(),
  since: instant,
  changedBy: z.string().nullable(),
});

export const reportSchema = z.strictObject({
  schemaVersion: z.literal(1),
  runId: z.string().min(1),
  startedAt: instant,
  finishedAt: instant,
  monitorVersion: z.string().min(1),
  subscriptions: z.array(
    z.strictObject({
      id: guid,
      scan,
      status: z.enum(['completed', 'partial', 'failed']),
      clusters: z.int().nonnegative(),
      unread: z.array(
        z.strictObject({
          source: section,
          scope: z.string().min(1),
          reason: z.enum(unreadReason),
          detail: z.string().min(1),
          lastReadAt: instant.nullable(),
        }),
      ),
    }),
  ),
  clusters: z.array(
    z.strictObject({
      id: clusterId,
      name: z.string().min(1),
      subscriptionId: guid,
      resourceGroup: z.string().min(1),
      location: z.string(),
      kubernetesVersion: z.string().nullable(),
      nodePools: z.array(z.string().min(1)),
    }),
  ),
  findings: z.array(finding),
  events: z.array(event),
});

export type ReportV1 = z.infer<typeof reportSchema>;
export type FindingV1 = ReportV1['findings'][number];
