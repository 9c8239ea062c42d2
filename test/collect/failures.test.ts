import { assessments } from '../../shared/collect/assessments';
import type { Azure } from '../../shared/collect/azure';
import { clusterCa } from '../../shared/collect/cluster-ca';
import { listClusters, seekCluster } from '../../shared/collect/clusters';
import { defenderPlan } from '../../shared/collect/defender-plan';
import { kubernetesVersions } from '../../shared/collect/kubernetes-versions';
import { maintenanceConfigurations } from '../../shared/collect/maintenance-configurations';
import { policyStates } from '../../shared/collect/policy-states';
import { upgradeProfiles } from '../../shared/collect/upgrade-profiles';
import type { Cluster } from '../../shared/model/cluster';
import type { Unread, UnreadReason } from '../../shared/model/snapshot';
import { generatedFleet, type Fault } from '../../simulator';
import { NOW, at, startLocalAzure, type LocalAzure } from '../simulator/local-azure';
import { clustersOf, connected, poolOf, subscriptionIdOf } from './collecting';

type Reader = (azure: Azure, cluster: Cluster) => Promise<Unread | null>;

const section =
  (read: (azure: Azure, cluster: Cluster) => Promise<{ ok: true } | { ok: false; unread: Unread }>): Reader =>
  async (azure, cluster) => {
    const collected = await read(azure, cluster);
    return collected.ok ? null : collected.unread;
  };

/** Every reader, each asked for one cluster; null: it says that it has read. */
const READERS: Readonly<Record<string, Reader>> = {
  listClusters: async (azure, { subscriptionId }) => {
    const { clusters, unread } = await listClusters(azure, subscriptionId);
    expect(clusters).toEqual([]);
    return unread;
  },
  seekCluster: async (azure, { id }) => {
    const sought = await seekCluster(azure, id);
    return sought.kind === 'unread' ? sought.unread : null;
  },
  kubernetesVersions: section((azure, cluster) => kubernetesVersions(azure, cluster.subscriptionId)(cluster)),
  upgradeProfiles: section((azure, cluster) =>
    upgradeProfiles(azure, cluster.subscriptionId)(cluster, poolOf(cluster)),
  ),
  clusterCa: section((azure, cluster) => clusterCa(azure, cluster.subscriptionId, true)(cluster)),
  policyStates: section((azure, cluster) => policyStates(azure, cluster.subscriptionId, NOW)(cluster)),
  defenderPlan: section((azure, { subscriptionId }) => defenderPlan(azure, subscriptionId)()),
  assessments: section((azure, cluster) => assessments(azure, cluster.subscriptionId)(cluster)),
  maintenanceConfigurations: section((azure, cluster) =>
    maintenanceConfigurations(azure, cluster.subscriptionId)(cluster),
  ),
};

interface Failure {
  readonly when: string;
  readonly fault: Omit<Fault, 'match'>;
  /** Milliseconds until the deadline. */
  readonly deadline?: number;
  readonly reason: UnreadReason;
  readonly detail: string;
}

const error = (code: string, message: string): string => JSON.stringify({ error: { code, message } });

const FAILURES: readonly Failure[] = [
  { when: '401', fault: { status: 401 }, reason: 'forbidden', detail: 'HTTP 401 Fault: Simulated fault.' },
  {
    when: '403',
    fault: { status: 403 },
    reason: 'forbidden',
    detail: 'HTTP 403 AuthorizationFailed: Simulated fault.',
  },
  {
    when: '404 on the subscription',
    fault: { status: 404, body: error('SubscriptionNotFound', "The subscription 's' could not be found.") },
    reason: 'notFound',
    detail: "HTTP 404 SubscriptionNotFound: The subscription 's' could not be found.",
  },
  {
    when: '429 for ever without Retry-After',
    fault: { status: 429 },
    reason: 'throttled',
    detail: 'HTTP 429 TooManyRequests: Simulated fault.',
  },
  {
    when: '429 for ever with Retry-After',
    fault: { status: 429, headers: { 'Retry-After': '1' }, body: error('Throttled', 'Too many.') },
    reason: 'throttled',
    detail: 'HTTP 429 Throttled: Too many.',
  },
  {
    when: '400',
    fault: { status: 400, body: error('BadRequest', 'No.') },
    reason: 'unavailable',
    detail: 'HTTP 400 BadRequest: No.',
  },
  {
    when: '500',
    fault: { status: 500 },
    reason: 'unavailable',
    detail: 'HTTP 500 InternalServerError: Simulated fault.',
  },
  {
    when: '502 with a page of HTML',
    fault: { status: 502, body: '<html>Bad Gateway</html>', headers: { 'content-type': 'text/html' } },
    reason: 'unavailable',
    detail: 'HTTP 502',
  },
  {
    when: '503',
    fault: { status: 503, headers: { 'Retry-After': '1' } },
    reason: 'unavailable',
    detail: 'HTTP 503 ServerTimeout',
  },
  {
    when: 'no answer before the deadline',
    fault: { hang: true },
    deadline: 300,
    reason: 'timeout',
    detail: 'deadline',
  },
  {
    when: 'the deadline while it waits to try again',
    fault: { status: 429, headers: { 'Retry-After': '60' } },
    deadline: 300,
    reason: 'timeout',
    detail: 'deadline',
  },
  { when: 'a deadline that has passed', fault: { status: 500 }, deadline: 0, reason: 'timeout', detail: 'deadline' },
  {
    when: 'a connection that is reset',
    fault: { reset: true },
    reason: 'unreachable',
    detail: 'ECONNRESET|hang up|disconnected',
  },
  { when: 'a body that is not JSON', fault: { body: '<html>' }, reason: 'invalid', detail: '.' },
  { when: 'an empty body', fault: { body: '' }, reason: 'invalid', detail: '.' },
  { when: 'the body null', fault: { body: 'null' }, reason: 'invalid', detail: '.' },
  { when: 'a body that is a string', fault: { body: '"text"' }, reason: 'invalid', detail: '.' },
  { when: 'the body {}', fault: { body: '{}' }, reason: 'invalid', detail: '.' },
  {
    when: 'null for the list',
    fault: { body: '{"value":null,"values":null,"data":null,"kubeconfigs":null,"properties":null}' },
    reason: 'invalid',
    detail: '.',
  },
  {
    when: 'a string for the list',
    fault: { body: '{"value":"text","values":"text","data":"text","kubeconfigs":"text"}' },
    reason: 'invalid',
    detail: '.',
  },
];

/** The unread of a reader under a failure, null when it says that it has read, or what it threw. */
const outcomes = new Map<string, unknown>();
const keyOf = (reader: string, failure: Failure): string => `${reader} ${failure.when}`;
const started: LocalAzure[] = [];

const deadlineIn = (milliseconds: number): AbortSignal =>
  milliseconds === 0 ? AbortSignal.abort() : AbortSignal.timeout(milliseconds);

async function play(azure: LocalAzure, cluster: Cluster, failure: Failure): Promise<void> {
  azure.simulator.faults.push({ ...failure.fault, match: /^\w+ \/(?!msi)/ });
  const signal = failure.deadline === undefined ? undefined : deadlineIn(failure.deadline);
  await Promise.all(
    Object.entries(READERS).map(async ([name, read]) => {
      const outcome = await read(connected(azure, signal), cluster).catch((thrown: unknown) => ({ thrown }));
      outcomes.set(keyOf(name, failure), outcome);
    }),
  );
}

// Every failure has an Azure of its own, and all of them fail at the same time: what costs time is the waiting of the SDKs.
beforeAll(async () => {
  const playing: Promise<void>[] = [];
  for (const failure of FAILURES) {
    const world = generatedFleet({ subscriptions: 1, clustersPerSubscription: 1, poolsPerCluster: 1, now: NOW });
    const azure = await startLocalAzure(world);
    started.push(azure);
    const cluster = at(await clustersOf(azure, subscriptionIdOf(world)), 0);
    playing.push(play(azure, cluster, failure));
  }
  await Promise.all(playing);
}, 60_000);

afterAll(() => Promise.all(started.map(({ simulator }) => simulator.stop())));

describe.each(FAILURES)('$when', (failure) => {
  it.each(Object.keys(READERS))(`%s is unread: ${failure.reason}`, (reader) => {
    const detail: unknown = expect.stringMatching(failure.detail);
    expect(outcomes.get(keyOf(reader, failure))).toMatchObject({ reason: failure.reason, detail });
  });
});
