import { isDeepStrictEqual } from 'node:util';

import { CATALOGUE } from '../checks';
import { ATTESTABLE_ITEMS } from '../checks/attestation';
import { connect, credentialOf, deadlineOf } from '../collect/azure';
import { listClusters, type ListedCluster } from '../collect/clusters';
import { clustersFromFiles, type InputFile } from '../collect/input';
import { listSubscriptions, SubscriptionsUnreadError } from '../collect/subscriptions';
import { compareBaselines, type BaselineDifference } from '../compare/baseline';
import { defaultBaseline, readBaseline } from '../config/baseline';
import type { Settings } from '../config/settings';
import type { Baseline, Expectation, Subject } from '../model/baseline';
import type { Check } from '../model/check';
import { Owners } from './ownership';
import { factsOf, plain, subjectOf } from './subject';

/** What a baseline file changes for one cluster or one of its pools. */
export interface ExplainedChange {
  /** Null: the cluster as a whole. */
  readonly nodePool: string | null;
  readonly checkId: string;
  /** Clauses: `off`, `severity high → low`, `linuxDays 30 → 45`, `exempt until 2027-03-31: why`. */
  readonly changes: readonly string[];
}

export interface ExplainedCluster {
  readonly name: string;
  readonly id: string;
  readonly inScope: boolean;
  readonly owner: string | null;
  readonly environment: string | null;
  readonly changes: readonly ExplainedChange[];
}

export interface ExplainedBaseline {
  /** What the file changes in general, against the built-in baseline; null: nothing. */
  readonly difference: BaselineDifference | null;
  readonly clusters: readonly ExplainedCluster[];
  /** Clusters or tags that could not be read. */
  readonly problems: readonly string[];
}

/** Where the clusters come from for which a file is explained. */
export type FleetSource =
  | { readonly kind: 'files'; readonly files: readonly InputFile[] }
  | { readonly kind: 'azure'; readonly settings: Settings }
  /** The file alone is explained, offline. */
  | { readonly kind: 'none' };

/**
 * Reads a baseline file and says what it changes, for each cluster.
 * @param place is named in errors.
 * @throws ConfigError for a wrong file or input. @throws SubscriptionsUnreadError when the subscriptions cannot be listed.
 */
export async function explainBaseline(
  text: string,
  place: string,
  source: FleetSource,
  now: Date,
): Promise<ExplainedBaseline> {
  const baseline = readBaseline(text, place, CATALOGUE, ATTESTABLE_ITEMS);
  const fleet = await fleetOf(source, baseline);
  return {
    difference: compareBaselines(defaultBaseline().effect, baseline.effect, CATALOGUE),
    clusters: fleet.clusters.map(({ listed, owners }) => explainCluster(listed, owners, baseline, now)),
    problems: fleet.problems,
  };
}

interface Fleet {
  readonly clusters: { readonly listed: ListedCluster; readonly owners: Owners }[];
  readonly problems: string[];
}

async function fleetOf(source: FleetSource, baseline: Baseline): Promise<Fleet> {
  if (source.kind !== 'azure') {
    const owners = new Owners(baseline);
    const listed = source.kind === 'files' ? clustersFromFiles(source.files) : [];
    return { clusters: listed.map((each) => ({ listed: each, owners })), problems: [] };
  }
  const { settings } = source;
  const azure = connect(settings, credentialOf(settings), deadlineOf(settings));
  const subscriptions = await listSubscriptions(azure, settings).catch((error: unknown) => {
    throw new SubscriptionsUnreadError(error, azure.signal);
  });
  const fleet: Fleet = { clusters: [], problems: [] };
  for (const { id } of subscriptions) {
    const owners = new Owners(baseline);
    await owners.read(azure, id);
    const { clusters, unread } = await listClusters(azure, id);
    fleet.clusters.push(...clusters.map((listed) => ({ listed, owners })));
    fleet.problems.push(
      ...owners.problems,
      ...(unread === null
        ? []
        : [`The clusters of ${unread.scope} could not be listed (${unread.reason}): ${unread.detail}`]),
    );
  }
  return fleet;
}

function explainCluster({ cluster }: ListedCluster, owners: Owners, baseline: Baseline, now: Date): ExplainedCluster {
  const facts = factsOf(cluster, (tags, resourceGroup) => owners.ofCluster(tags, resourceGroup, null));
  const subject = subjectOf(cluster.subscriptionId, facts, null);
  const inScope = baseline.isInScope(subject, plain(() => cluster.systemData?.createdAt) ?? null, now);
  const pools = (cluster.nodePools ?? []).map(({ name }) => ({ ...subject, nodePool: name }));
  const { name, id, owner, environment } = facts;
  const changes = CATALOGUE.filter(({ grain }) => grain !== 'subscription').flatMap((check) =>
    (check.grain === 'cluster' ? [subject] : pools).flatMap((each) => explainCheck(check, each, baseline, now)),
  );
  return { name, id, inScope, owner, environment, changes: inScope ? changes : [] };
}

const BUILT_IN = defaultBaseline();

function explainCheck(check: Check, subject: Subject, baseline: Baseline, now: Date): ExplainedChange[] {
  const [before, after] = [BUILT_IN.expectationOf(check, subject), baseline.expectationOf(check, subject)];
  const exemption = baseline.exemptionOf(check.id, subject, now);
  const changes = [
    ...(before.enabled === after.enabled ? [] : [after.enabled ? 'on' : 'off']),
    ...(after.enabled && baseline.profile === 'strict' && check.strict !== null ? [`strict: ${check.strict}`] : []),
    ...(after.enabled ? expectationChanges(check, before, after) : []),
    ...(exemption === null ? [] : [`exempt until ${exemption.expiresOn}: ${exemption.reason}`]),
    ...(baseline.isMuted(check.id, subject, now) ? ['muted now'] : []),
  ];
  return changes.length === 0 ? [] : [{ nodePool: subject.nodePool, checkId: check.id, changes }];
}

function expectationChanges(check: Check, before: Expectation, after: Expectation): string[] {
  const params = Object.entries(after.params).filter(([name, value]) => !isDeepStrictEqual(value, before.params[name]));
  return [
    ...(after.severity === null || after.severity === check.severity
      ? []
      : [`severity ${check.severity} → ${after.severity}`]),
    ...params.map(([name, value]) => `${name} ${JSON.stringify(before.params[name])} → ${JSON.stringify(value)}`),
  ];
}
