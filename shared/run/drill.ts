import { CATALOGUE } from '../checks';
import { apiAuthorizedIpBreadth } from '../checks/configuration/api-authorized-ip-breadth';
import { credentialOf } from '../collect/azure';
import { normaliseCluster } from '../collect/normalise';
import { hashOf } from '../compare/compare';
import { compareFinding, emptyEntry, type EntryChange } from '../compare/finding';
import { defaultBaseline } from '../config/baseline';
import { ConfigError } from '../config/problems';
import type { Settings } from '../config/settings';
import { evaluateCluster } from '../evaluate/evaluate';
import type { Cluster } from '../model/cluster';
import type { Finding } from '../model/finding';
import type { AksComplianceRow, AksDriftRow } from '../model/rows';
import type { ClusterFacts, StateEntry } from '../model/state';
import { complianceRow, driftRow, type RunContext } from '../publish/rows';
import { requireIdentity } from './identity';
import { Sender } from './outbox';
import { listedSubscriptions } from './requests';
import { findingIds } from './scan';
import { factsOf, subjectOf } from './subject';
import { MONITOR_VERSION } from './version';
import { requiredPublisher } from './wiring';

/** The cluster, and the group, that a drill is about. No Azure holds it. */
const NAME = 'aks-drift-drill';

const SCAN = 'configuration';

/** Documentation addresses: https://www.rfc-editor.org/rfc/rfc5737 */
const NARROW = ['203.0.113.0/24'];
const OPEN = [...NARROW, '0.0.0.0/0'];

const NOTHING_TO_DO = 'Drill: nothing has to be put right.';

/** Rows that the alert rules take for an API server that was opened to the internet, and for its end. */
export interface Drill {
  readonly subscriptionId: string;
  /** The key of the alert. */
  readonly findingId: string;
  /** Each sends its rows now. @returns why rows were not taken; empty: all were. */
  readonly open: () => Promise<readonly string[]>;
  readonly resolve: () => Promise<readonly string[]>;
}

/**
 * Prepares a drill in the first subscription that the settings name, or that can be listed.
 * Check, comparison and rows are those of every scan; only the cluster is invented.
 * @throws ConfigError, NoIdentityError, SubscriptionsUnreadError
 */
export async function prepareDrill(settings: Settings): Promise<Drill> {
  const clock = (): Date => settings.now ?? new Date();
  const credential = credentialOf(settings);
  const publisher = requiredPublisher(settings, credential, clock);
  await requireIdentity(credential, settings.cloud.logsAudience);
  const [subscriptionId] = await listedSubscriptions(settings);
  if (subscriptionId === undefined) {
    throw new ConfigError('The drill has no subscription', ['none can be listed; accepts --subscription <id>']);
  }
  const send = async ({ event, row }: Rows): Promise<readonly string[]> => {
    const sender = new Sender(publisher);
    await sender.send('AksDrift_CL', [event]);
    await sender.send('AksCompliance_CL', [row]);
    return sender.problems;
  };
  const { portal } = settings.cloud;
  return {
    subscriptionId,
    findingId: findingIds(SCAN, subscriptionId)(apiAuthorizedIpBreadth.id, clusterWith(subscriptionId, OPEN).id, null),
    open: () => send(openedRows(contextOf(subscriptionId, portal, clock()))),
    resolve: () => send(resolvedRows(contextOf(subscriptionId, portal, clock()))),
  };
}

interface Rows {
  readonly event: AksDriftRow;
  readonly row: AksComplianceRow;
}

function openedRows(run: RunContext): Rows {
  const opened = opening(run);
  const finding = findingOf(OPEN, run);
  return { event: eventOf(opened, run), row: rowOf(opened.entry, finding, run) };
}

/** It does not matter when it was opened, nor by which call. */
function resolvedRows(run: RunContext): Rows {
  const resolved = compareFinding(opening(run).entry, findingOf(NARROW, run), contextFor(run));
  const row = rowOf(resolved.entry, null, run);
  return { event: eventOf(resolved, run), row: { ...row, Message: `Drill: ${row.Message ?? ''}` } };
}

/** From narrow ranges to every address. */
function opening(run: RunContext): EntryChange {
  const before = findingOf(NARROW, run);
  const { entry } = compareFinding(emptyEntry(before, false), before, contextFor(run));
  return compareFinding(entry, findingOf(OPEN, run), contextFor(run));
}

function eventOf({ transitions }: EntryChange, run: RunContext): AksDriftRow {
  const [transition] = transitions;
  if (transition === undefined) {
    throw new Error(`${apiAuthorizedIpBreadth.id} sees no difference between ${NARROW.join()} and ${OPEN.join()}.`);
  }
  return driftRow(transition, facts(run), run, null);
}

function rowOf(entry: StateEntry, finding: Finding | null, run: RunContext): AksComplianceRow {
  return complianceRow({ finding, entry, exemption: null, severity: null }, facts(run), run);
}

function facts({ subscriptionId }: RunContext): ClusterFacts {
  return factsOf(clusterWith(subscriptionId, OPEN), () => ({ owner: null, environment: null }));
}

/** What the check says of the drill's cluster, marked as a drill. */
function findingOf(authorizedIPRanges: readonly string[], run: RunContext): Finding {
  const cluster = clusterWith(run.subscriptionId, authorizedIPRanges);
  const [finding] = evaluateCluster(
    [apiAuthorizedIpBreadth],
    { cluster, sections: {}, nodePools: new Map() },
    {
      now: new Date(run.observedAt),
      baseline: defaultBaseline(),
      subject: subjectOf(run.subscriptionId, facts(run), null),
      history: () => null,
    },
  );
  if (finding === undefined) {
    throw new Error(`${apiAuthorizedIpBreadth.id} is off by default, and cannot be drilled.`);
  }
  return { ...finding, message: `Drill: ${finding.message}`, remediation: NOTHING_TO_DO };
}

function clusterWith(subscriptionId: string, authorizedIPRanges: readonly string[]): Cluster {
  const id = `/subscriptions/${subscriptionId}/resourceGroups/${NAME}/providers/Microsoft.ContainerService/managedClusters/${NAME}`;
  const properties = { apiServerAccessProfile: { authorizedIPRanges }, agentPoolProfiles: [] };
  return normaliseCluster({ id, name: NAME, location: 'drill', properties }).cluster;
}

function contextFor({ observedAt, runId }: RunContext): Parameters<typeof compareFinding>[2] {
  return {
    now: observedAt,
    eventId: (checkId, _, transition) => hashOf('drill', runId, checkId ?? '', transition),
    severityOf: () => null,
    ...{ heldSince: null, unconfirmed: null, exemption: null },
  };
}

function contextOf(subscriptionId: string, portal: string, now: Date): RunContext {
  const observedAt = now.toISOString();
  return {
    ...{ scan: SCAN, subscriptionId, subscriptionName: null, observedAt, portal },
    runId: hashOf('drill', subscriptionId, observedAt),
    baselineHash: defaultBaseline().hash,
    monitorVersion: MONITOR_VERSION,
    ownership: { owner: null, environment: null },
    remediationDays: () => null,
    isMuted: () => false,
    check: (id) => CATALOGUE.find((check) => check.id === id),
    findingId: findingIds(SCAN, subscriptionId),
  };
}
