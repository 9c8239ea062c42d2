import { CATALOGUE } from '../../shared/checks';
import { clustersFromFiles } from '../../shared/collect/input';
import type { Cluster } from '../../shared/model/cluster';
import type { Finding } from '../../shared/model/finding';
import { emptyWorld, type ArmBody } from '../../simulator';
import { at, startLocalAzure } from '../simulator/local-azure';
import { azShape } from '../support/az-shape';
import { judgeCluster, specimens, type Specimen } from '../support/specimens';
import { clustersOf } from './collecting';

const SUBSCRIPTION = '22222222-2222-4222-8222-222222222222';

/**
 * What the SDK drops, because stable api-versions do not have it, and a check looks for all the same where a file has it
 * (decisions 18 and 50 of aks-checks.md): by its place in a cluster, or in a node pool.
 */
const ONLY_IN_FILES: readonly { readonly of: 'cluster' | 'pool'; readonly place: string }[] = [
  { of: 'cluster', place: 'securityProfile.kubernetesResourceObjectEncryptionProfile' },
  { of: 'pool', place: 'enableCustomCATrust' },
];

type Json = Record<string, unknown>;

/** The three ways to a cluster, by the name of the specimen. */
interface Shapes {
  readonly specimen: Specimen;
  readonly sdk: Cluster;
  readonly arm: Cluster;
  readonly az: Cluster;
}

let all: readonly Shapes[] = [];

beforeAll(async () => {
  const known = (await specimens()).map((specimen, index) => ({ ...specimen, body: under(specimen.body, index) }));
  const bodies = known.map(({ body }) => body);
  const local = await startLocalAzure({
    ...{ ...emptyWorld(), clusters: bodies, throttling: false },
    subscriptions: [{ id: SUBSCRIPTION, displayName: 'shapes', state: 'Enabled' }],
  });
  const read = await clustersOf(local, SUBSCRIPTION).finally(() => local.simulator.stop());
  const arm = fromFile({ value: bodies });
  const az = fromFile(bodies.map(azShape));
  all = known.map((specimen, index) => ({
    ...{ specimen, sdk: at(read, index), arm: at(arm, index), az: at(az, index) },
  }));
});

/** A subscription may hold no two clusters of one id, and recorded ones share theirs. */
function under(body: ArmBody, index: number): ArmBody {
  const id = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/c${index}`;
  return { ...structuredClone(body), id, name: `c${index}` };
}

function fromFile(content: unknown): Cluster[] {
  return clustersFromFiles([{ name: 'clusters.json', text: JSON.stringify(content) }]).map(({ cluster }) => cluster);
}

/** All that every check says; what surrounds the cluster is the same for all three. */
function judge(specimen: Specimen, cluster: Cluster): Finding[] {
  return judgeCluster(CATALOGUE, specimen, cluster);
}

/** The cluster without what only a file can hold. */
function withoutFiles(cluster: Cluster): Cluster {
  const copy = structuredClone(cluster);
  for (const { of, place } of ONLY_IN_FILES) {
    (of === 'cluster' ? [copy] : (copy.nodePools ?? [])).forEach((owner) => {
      const names = place.split('.');
      const last = names.pop() ?? '';
      Reflect.deleteProperty(
        names.reduce<Json>((value, name) => (value[name] ?? {}) as Json, owner),
        last,
      );
    });
  }
  return copy;
}

/** Whether any part of it is there. */
function holds(cluster: Cluster, { of, place }: (typeof ONLY_IN_FILES)[number]): boolean {
  const owners = of === 'cluster' ? [cluster] : (cluster.nodePools ?? []);
  return owners.some(
    (owner) =>
      place.split('.').reduce<unknown>((value, name) => (value as Json | undefined)?.[name], owner) !== undefined,
  );
}

function differing(one: (shapes: Shapes) => Cluster, other: (shapes: Shapes) => Cluster): unknown[] {
  return all.flatMap((shapes) => {
    const { specimen } = shapes;
    const [ours, theirs] = [judge(specimen, one(shapes)), judge(specimen, other(shapes))];
    return ours
      .map((finding, index) => ({ in: specimen.name, finding, other: theirs[index] }))
      .filter(({ finding, other: found }) => JSON.stringify(finding) !== JSON.stringify(found));
  });
}

describe('the same findings come', () => {
  it('from ARM bodies in a file as from `az aks list` in a file', () => {
    expect(
      differing(
        ({ arm }) => arm,
        ({ az }) => az,
      ),
    ).toEqual([]);
  });

  it('from the SDK as from ARM bodies in a file, but for what the SDK drops', () => {
    expect(
      differing(
        ({ sdk }) => sdk,
        ({ arm }) => withoutFiles(arm),
      ),
    ).toEqual([]);
  });

  it('from the SDK as from `az aks list` in a file, but for what the SDK drops', () => {
    expect(
      differing(
        ({ sdk }) => sdk,
        ({ az }) => withoutFiles(az),
      ),
    ).toEqual([]);
  });

  it('of as many clusters, and of every check that is about one', () => {
    const judged = new Set(all.flatMap(({ specimen, sdk }) => judge(specimen, sdk).map(({ checkId }) => checkId)));
    const about = CATALOGUE.filter(({ grain }) => grain !== 'subscription').map(({ id }) => id);

    expect([...judged].sort()).toEqual(about.sort());
  });
});

it('what is said to be dropped by the SDK is, and is kept from a file', () => {
  const kept = ONLY_IN_FILES.filter((each) => all.some(({ arm, az }) => holds(arm, each) && holds(az, each)));
  const read = ONLY_IN_FILES.filter((each) => all.some(({ sdk }) => holds(sdk, each)));

  expect([kept, read]).toEqual([ONLY_IN_FILES, []]);
});
