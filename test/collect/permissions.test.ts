import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Azure } from '../../shared/collect/azure';
import { resourceChanges } from '../../shared/collect/changes';
import { listClusters, seekCluster } from '../../shared/collect/clusters';
import { resourceGroupTags, subscriptionTags } from '../../shared/collect/ownership-tags';
import { listSubscriptions } from '../../shared/collect/subscriptions';
import { readSettings } from '../../shared/config/settings';
import { azureReaders, collectCluster, collectSubscription } from '../../shared/run/collection';
import { DECLARATIONS, PERMISSIONS, permissionsOf } from '../../shared/run/permissions';
import type { Cluster } from '../../shared/model/cluster';
import type { Section } from '../../shared/model/snapshot';
import { FLEET_MANAGEMENT_GROUP, generatedFleet } from '../../simulator';
import { NOW, at, startLocalAzure, type LocalAzure } from '../simulator/local-azure';
import { clustersOf, connected, NO_DEADLINE, subscriptionIdOf } from './collecting';

const FOLDER = join(__dirname, '../../shared/collect');

/** More than one page of everything that has pages, and one subscription of which Defender says nothing. */
async function smallPages(): Promise<LocalAzure> {
  const world = generatedFleet({ subscriptions: 2, clustersPerSubscription: 3, poolsPerCluster: 2, now: NOW });
  world.pageSizes = { list: 1, policyStates: 5, resourceGraph: 5 };
  world.assessments.length = 12;
  return startLocalAzure(world);
}

type Clusters = ReadonlyMap<string, readonly Cluster[]>;

/** Reads all that a collector can read. @returns what could not be read; throws, where the collector does. */
type Read = (azure: Azure, local: LocalAzure, clusters: Clusters) => Promise<unknown>;

/** Collectors that no check asks for. */
const WITHOUT_CHECK: Readonly<Record<string, Read>> = {
  subscriptions: async (azure, { simulator: { environment } }) => {
    for (const settings of [{}, { AKS_DRIFT_MANAGEMENT_GROUP_IDS: FLEET_MANAGEMENT_GROUP }]) {
      await listSubscriptions(azure, readSettings({ ...environment, ...settings }, 'cli'));
    }
  },
  clusters: async (azure, { simulator: { world } }) => {
    const { clusters, unread } = await listClusters(azure, subscriptionIdOf(world));
    await seekCluster(azure, at(clusters, 0).cluster.id);
    return unread ?? undefined;
  },
  changes: async (azure, { simulator: { world } }) => {
    await resourceChanges(azure, subscriptionIdOf(world), NOW, NO_DEADLINE);
  },
  'ownership-tags': async (azure, { simulator: { world } }) => {
    await resourceGroupTags(azure, subscriptionIdOf(world));
    await subscriptionTags(azure, subscriptionIdOf(world));
  },
};

/** Over all subscriptions, clusters and pools. */
function readSection(section: Section): Read {
  return async (azure, _, clusters) => {
    const wanted = new Set([section]);
    const collected: { readonly ok: boolean }[] = [];
    for (const [subscriptionId, listed] of clusters) {
      const readers = azureReaders(azure, { subscriptionId, now: NOW, readClusterCa: true });
      const snapshots = await Promise.all(listed.map((cluster) => collectCluster(readers, wanted, cluster)));
      const sections = [
        (await collectSubscription(readers, wanted)).sections,
        ...snapshots.flatMap((snapshot) => [snapshot.sections, ...snapshot.nodePools.values()]),
      ];
      collected.push(...sections.flatMap((each) => Object.values(each) as { ok: boolean }[]));
    }
    return collected.length === 0 ? 'nothing was read' : collected.find(({ ok }) => !ok);
  };
}

describe.each(DECLARATIONS)('$collector', ({ collector, section, actions }) => {
  it('asks ARM for what needs the actions that it declares, and for nothing else', async () => {
    const local = await smallPages();
    const ids = local.simulator.world.subscriptions.map(({ id }) => id);
    const clusters = new Map<string, Cluster[]>();
    for (const id of ids) {
      clusters.set(id, await clustersOf(local, id));
    }
    local.simulator.requests.length = 0;
    const azure = connected(local);
    const notRead = await (WITHOUT_CHECK[collector] ?? readSection(section))(azure, local, clusters);
    const requests = local.simulator.requests.filter(({ path }) => !path.startsWith('/msi/token'));
    await local.simulator.stop();

    expect(notRead).toBeUndefined();
    expect(requests.filter(({ action, status }) => action === null || status !== 200)).toEqual([]);
    expect(azure.counts).toEqual({ armRequests: requests.length, throttled: 0 });
    const seen = new Set(requests.map(({ action }) => action));
    expect([...seen].sort()).toEqual(actions.map(({ action }) => action).sort());
  });
});

it('holds every collector that declares actions', () => {
  const declaring = readdirSync(FOLDER).filter((file) =>
    /^export const \w+_ACTIONS\b/m.test(readFileSync(join(FOLDER, file), 'utf8')),
  );

  expect(declaring).toEqual(DECLARATIONS.map(({ collector }) => `${collector}.ts`).sort());
});

describe('the role', () => {
  it('has each action once, with all that needs it', () => {
    const read = { action: 'a/read', why: 'Reads a.' };

    expect(
      permissionsOf([
        { collector: 'one', section: 'clusters', actions: [{ ...read, optional: true, without: 'No a.' }] },
        {
          collector: 'two',
          section: 'assessments',
          actions: [read, { action: 'a/list', why: 'Lists.', optional: true }],
        },
      ]),
    ).toEqual([
      { action: 'a/list', usedBy: ['assessments'], why: 'Lists.', without: null, optional: true },
      { action: 'a/read', usedBy: ['clusters', 'assessments'], why: 'Reads a.', without: 'No a.', optional: false },
    ]);
  });

  it('reads: what is no read is the query of Azure Policy, and what has to be opted in', () => {
    expect(
      PERMISSIONS.filter(({ action }) => !action.endsWith('/read')).map(({ action, optional }) => [action, optional]),
    ).toEqual([
      ['Microsoft.ContainerService/managedClusters/listClusterUserCredential/action', true],
      ['Microsoft.PolicyInsights/policyStates/queryResults/action', false],
    ]);
  });
});
