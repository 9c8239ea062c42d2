import { poolsOf, type ArmBody, type World } from '../../simulator';
import { containersPlan } from '../../simulator/defender';
import { imageFamily, weeklyImage } from '../../simulator/node-image';
import type { Subscription } from '../../simulator/world';
import type { Scan } from '../../shared/model/scan';
import { partOf } from '../demo/fleet';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const ON_CALL = { changedBy: 'on-call@example.com', changedByType: 'User', clientType: 'Azure Portal' };
const PIPELINE = {
  changedBy: '6a1f0f3e-0000-4000-8000-00000000a001',
  changedByType: 'Application',
  clientType: 'Azure Resource Manager',
};

const READ_POLICY_STATES = 'Microsoft.PolicyInsights/policyStates/queryResults/action';
const READ_DEFENDER_PLAN = 'Microsoft.Security/pricings/read';

/** What the people of the month may change: Azure itself, what the monitor may read, and which baseline file is in force. */
export interface Stage {
  readonly world: World;
  now: Date;
  /** What comes into being later: a subscription, and a cluster of the first one. */
  readonly later: { readonly subscription: Subscription; readonly cluster: ArmBody };
  /** Which baseline file is in force: the weaker one switches checks off, the renewed one has a new exemption. */
  baseline: 'usual' | 'weaker' | 'renewed';
  /** Nothing runs, the timers neither. */
  silent: boolean;
  /** One of the two halves of `aks-drift drill`. */
  readonly drill: (step: 'open' | 'resolve') => Promise<void>;
  /** Of the second subscription: nobody works its messages. */
  stuck: Scan | null;
}

/** Something that happens in the month, before the runs of that hour. */
export interface Happening {
  /** Of the month, from 1. */
  readonly day: number;
  /** An even hour, UTC. */
  readonly hour: number;
  readonly what: string;
  readonly happen: (stage: Stage) => Promise<void> | void;
}

/** The month, in order. Every kind of event has its part, and every alert rule but `check-error`. */
export const STORY: readonly Happening[] = [
  at(3, 2, 'the API server of cluster 1 is opened to the Internet', setRanges(1, 1, ['0.0.0.0/0'])),
  at(3, 10, 'it is closed again', setRanges(1, 1, ['203.0.113.0/24'])),
  at(5, 8, 'local accounts come back on cluster 2', localAccounts(1, 2, true)),
  at(6, 14, 'somebody drills', ({ drill }) => drill('open')),
  at(6, 16, 'the drill ends', ({ drill }) => drill('resolve')),
  at(7, 10, 'Defender for Containers is switched off in the second subscription', defenderPlan(2, 'Free')),
  at(8, 14, 'Defender for Containers is on again', defenderPlan(2, 'Standard')),
  at(9, 6, 'a cluster appears, with public addresses on its nodes and no channel that updates them', createCluster),
  at(9, 16, 'local accounts are switched off on cluster 2', localAccounts(1, 2, false)),
  at(10, 10, 'a node pool with public addresses is added to cluster 3', addPool),
  at(11, 2, "the second subscription's policy states may not be read any more", deny(READ_POLICY_STATES)),
  at(12, 8, 'a subscription comes under the management group', addSubscription),
  at(14, 4, 'the monitor stands still', set({ silent: true })),
  at(14, 14, 'the monitor goes on', set({ silent: false })),
  at(14, 20, 'policy states may be read again', allow(READ_POLICY_STATES)),
  at(16, 8, 'the baseline file asks for less', set({ baseline: 'weaker' })),
  at(17, 8, 'the baseline file is put right', set({ baseline: 'usual' })),
  at(18, 6, 'a rollout brings local accounts back nearly everywhere', localAccountsEverywhere(true)),
  at(19, 12, 'the rollout is taken back', localAccountsEverywhere(false)),
  at(20, 6, "nobody works the second subscription's Defender messages", set({ stuck: 'defender' })),
  at(21, 2, 'cluster 4 serves a certificate that ends in six days', serveCertificate(1, 4, 6)),
  at(22, 8, 'the Defender messages are worked again', set({ stuck: null })),
  at(22, 12, 'the certificate of cluster 4 is rotated', serveCertificate(1, 4, 730)),
  at(23, 8, 'the exemption of cluster 5, which has ended, is granted anew', set({ baseline: 'renewed' })),
  at(23, 10, 'cluster 8 of the second subscription is deleted', deleteCluster),
  at(24, 10, 'the node pool of cluster 3 is deleted', deletePool),
  at(25, 2, 'the API server of cluster 5 is opened to the Internet, and stays so', setRanges(2, 5, ['0.0.0.0/0'])),
  at(25, 12, 'and to the whole network of a provider', setRanges(2, 5, ['0.0.0.0/0', '8.0.0.0/8'])),
  at(26, 8, 'local accounts come back on cluster 2, and stay', localAccounts(1, 2, true)),
  at(27, 8, 'the subscription of day 12 is taken away', loseSubscription),
  at(28, 2, "the second subscription's Defender plan may not be read any more", deny(READ_DEFENDER_PLAN)),
  at(28, 2, 'cluster 6 serves a certificate that ends in 25 days', serveCertificate(2, 6, 25)),
];

/** What goes on all the time: policies are evaluated, images are built, and pools whose channel works take them after two days. */
export function everyDay({ world, now }: Stage): void {
  for (const state of world.policyStates) {
    state.timestamp = new Date(now.getTime() - 3 * HOUR_MS).toISOString();
  }
  for (const images of Object.values(world.latestNodeImages)) {
    for (const family of Object.keys(images)) {
      images[family] = weeklyImage(family, now);
    }
  }
  const twoDaysAgo = new Date(now.getTime() - 2 * DAY_MS);
  for (const { properties } of world.clusters) {
    const takesImages = partOf(properties, 'autoUpgradeProfile').nodeOSUpgradeChannel === 'NodeImage';
    for (const pool of takesImages ? poolsOf({ properties } as ArmBody) : []) {
      pool.nodeImageVersion = weeklyImage(imageFamily(String(pool.nodeImageVersion)), twoDaysAgo);
    }
  }
}

/** A cluster of the month's fleet, by its subscription and its number, both from 1. */
export function clusterOf({ subscriptions, clusters }: World, subscription: number, number: number): ArmBody {
  const place = `/subscriptions/${subscriptions[subscription - 1]?.id ?? ''}/`;
  const suffix = `-${String(number).padStart(3, '0')}`;
  const cluster = clusters.find(({ id, name }) => id.startsWith(place) && name.endsWith(suffix));
  if (cluster === undefined) {
    throw new Error(`The month's fleet has no cluster ${number} in subscription ${subscription}.`);
  }
  return cluster;
}

function at(day: number, hour: number, what: string, happen: Happening['happen']): Happening {
  return { day, hour, what, happen };
}

function set(change: Partial<Pick<Stage, 'silent' | 'baseline' | 'stuck'>>): Happening['happen'] {
  return (stage) => {
    Object.assign(stage, change);
  };
}

/** Azure keeps who changed what, a quarter of an hour ago. */
function note({ world, now }: Stage, { id }: ArmBody, path: string, by: typeof ON_CALL): void {
  const name = `change-${world.resourceChanges.length}`;
  const timestamp = new Date(now.getTime() - HOUR_MS / 4).toISOString();
  world.resourceChanges.push({
    id: `${id}/providers/Microsoft.Resources/changes/${name}`,
    name,
    properties: {
      targetResourceId: id,
      targetResourceType: 'microsoft.containerservice/managedclusters',
      changeType: 'Update',
      changeAttributes: {
        ...{ ...by, timestamp, correlationId: name },
        operation: 'Microsoft.ContainerService/managedClusters/write',
      },
      changes: { [path]: { previousValue: null, newValue: null } },
    },
  });
}

function setRanges(subscription: number, number: number, ranges: readonly string[]): Happening['happen'] {
  return (stage) => {
    const cluster = clusterOf(stage.world, subscription, number);
    partOf(cluster.properties, 'apiServerAccessProfile').authorizedIPRanges = ranges;
    note(stage, cluster, 'properties.apiServerAccessProfile.authorizedIPRanges[0]', ON_CALL);
  };
}

function localAccounts(subscription: number, number: number, on: boolean): Happening['happen'] {
  return (stage) => {
    const cluster = clusterOf(stage.world, subscription, number);
    cluster.properties.disableLocalAccounts = !on;
    note(stage, cluster, 'properties.disableLocalAccounts', ON_CALL);
  };
}

/** All clusters but the one that other parts of the story need for themselves. */
function localAccountsEverywhere(on: boolean): Happening['happen'] {
  return (stage) => {
    const { world } = stage;
    for (const cluster of world.clusters.filter((each) => each !== clusterOf(world, 1, 2))) {
      cluster.properties.disableLocalAccounts = !on;
      note(stage, cluster, 'properties.disableLocalAccounts', PIPELINE);
    }
  };
}

function defenderPlan(subscription: number, tier: 'Free' | 'Standard'): Happening['happen'] {
  return ({ world, now }) => {
    const id = world.subscriptions[subscription - 1]?.id ?? '';
    world.pricings = [
      ...world.pricings.filter((plan) => !plan.id.startsWith(`/subscriptions/${id}/`)),
      containersPlan(id, tier, now),
    ];
  };
}

function createCluster({ world, later: { cluster } }: Stage): void {
  partOf(cluster.properties, 'autoUpgradeProfile').nodeOSUpgradeChannel = 'None';
  for (const pool of poolsOf(cluster)) {
    pool.enableNodePublicIP = true;
  }
  world.clusters = [...world.clusters, cluster];
}

function deleteCluster({ world }: Stage): void {
  const gone = clusterOf(world, 2, 8);
  const isOthers = (id: string): boolean => id !== gone.id && !id.startsWith(`${gone.id}/`);
  world.clusters = world.clusters.filter(({ id }) => isOthers(id));
  world.policyStates = world.policyStates.filter(({ resourceId }) => isOthers(resourceId));
  world.assessments = world.assessments.filter(({ id }) => isOthers(id));
}

function addPool({ world }: Stage): void {
  const cluster = clusterOf(world, 1, 3);
  const [, pool] = poolsOf(cluster);
  cluster.properties.agentPoolProfiles = [...poolsOf(cluster), { ...pool, name: 'batch', enableNodePublicIP: true }];
}

function deletePool({ world }: Stage): void {
  const cluster = clusterOf(world, 1, 3);
  cluster.properties.agentPoolProfiles = poolsOf(cluster).filter(({ name }) => name !== 'batch');
}

function addSubscription({ world, later: { subscription } }: Stage): void {
  world.subscriptions = [...world.subscriptions, subscription];
}

function loseSubscription({ world, later: { subscription } }: Stage): void {
  world.subscriptions = world.subscriptions.filter(({ id }) => id !== subscription.id);
}

/** The second subscription, for whoever reads it. */
function deny(action: string): Happening['happen'] {
  return ({ world }) => {
    world.denied.push({ scope: `/subscriptions/${world.subscriptions[1]?.id ?? ''}`, action });
  };
}

function allow(action: string): Happening['happen'] {
  return ({ world }) => {
    world.denied = world.denied.filter((denied) => denied.action !== action);
  };
}

function serveCertificate(subscription: number, number: number, days: number): Happening['happen'] {
  return ({ world, now }) => {
    const { certificate } = world.apiServers[clusterOf(world, subscription, number).id.toLowerCase()] ?? {};
    Object.assign(certificate ?? {}, {
      notBefore: new Date(now.getTime() - DAY_MS),
      notAfter: new Date(now.getTime() + days * DAY_MS + HOUR_MS),
    });
  };
}
