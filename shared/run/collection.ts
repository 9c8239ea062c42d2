import { apiServerCertificate } from '../collect/api-server-certificate';
import { assessments } from '../collect/assessments';
import type { Azure } from '../collect/azure';
import { clusterCa } from '../collect/cluster-ca';
import { defenderPlan } from '../collect/defender-plan';
import { kubernetesVersions } from '../collect/kubernetes-versions';
import { maintenanceConfigurations } from '../collect/maintenance-configurations';
import { policyStates } from '../collect/policy-states';
import { trustBundles } from '../collect/trust-bundles';
import { unreadSection } from '../collect/unread';
import { upgradeProfiles } from '../collect/upgrade-profiles';
import type { Check } from '../model/check';
import type { Cluster, NodePool } from '../model/cluster';
import type {
  ClusterSections,
  ClusterSnapshot,
  Collected,
  NodePoolSections,
  Section,
  SubscriptionSections,
  SubscriptionSnapshot,
} from '../model/snapshot';

/** How each section is read, for one run over one subscription. */
export interface SectionReaders {
  readonly subscription: {
    readonly [S in keyof SubscriptionSections]: () => Promise<Collected<SubscriptionSections[S]>>;
  };
  readonly cluster: {
    readonly [S in keyof ClusterSections]: (cluster: Cluster) => Promise<Collected<ClusterSections[S]>>;
  };
  readonly nodePool: {
    readonly [S in keyof NodePoolSections]: (
      cluster: Cluster,
      pool: NodePool,
    ) => Promise<Collected<NodePoolSections[S]>>;
  };
}

export interface AzureReaderOptions {
  readonly subscriptionId: string;
  readonly now: Date;
  readonly readClusterCa: boolean;
}

/** Reads from Azure. What several clusters share is asked for once. */
export function azureReaders(azure: Azure, { subscriptionId, now, readClusterCa }: AzureReaderOptions): SectionReaders {
  return {
    subscription: { defenderPlan: defenderPlan(azure, subscriptionId) },
    cluster: {
      kubernetesVersions: kubernetesVersions(azure, subscriptionId),
      apiServerCertificate: apiServerCertificate(azure),
      clusterCa: clusterCa(azure, subscriptionId, readClusterCa),
      policyStates: policyStates(azure, subscriptionId, now),
      assessments: assessments(azure, subscriptionId),
      maintenanceConfigurations: maintenanceConfigurations(azure, subscriptionId),
      trustBundles,
    },
    nodePool: { upgradeProfiles: upgradeProfiles(azure, subscriptionId) },
  };
}

/** Of what the input files do not hold, nothing can be read. */
export function inputReaders(subscriptionId: string): SectionReaders {
  const off = (source: Section) => (): Promise<Collected<never>> =>
    Promise.resolve(
      unreadSection(source, `/subscriptions/${subscriptionId}`, 'disabled', 'The input files do not hold it.'),
    );
  return {
    subscription: { defenderPlan: off('defenderPlan') },
    cluster: {
      kubernetesVersions: off('kubernetesVersions'),
      apiServerCertificate: off('apiServerCertificate'),
      clusterCa: off('clusterCa'),
      policyStates: off('policyStates'),
      assessments: off('assessments'),
      maintenanceConfigurations: off('maintenanceConfigurations'),
      trustBundles,
    },
    nodePool: { upgradeProfiles: off('upgradeProfiles') },
  };
}

/** The sections that these checks look at; what no check asks for is not asked of Azure. */
export function sectionsOf(checks: readonly Check[]): ReadonlySet<Section> {
  return new Set(checks.flatMap(({ needs, uses }) => [...needs, ...uses]));
}

/** Reads the wanted sections of the subscription itself. */
export async function collectSubscription(
  readers: SectionReaders,
  wanted: ReadonlySet<Section>,
): Promise<SubscriptionSnapshot> {
  return { sections: await readAll(readers.subscription, wanted, (read) => read()) };
}

/** Reads the wanted sections of one cluster and of its node pools. Never throws. */
export async function collectCluster(
  readers: SectionReaders,
  wanted: ReadonlySet<Section>,
  cluster: Cluster,
): Promise<ClusterSnapshot> {
  const sections = await readAll(readers.cluster, wanted, (read) => read(cluster));
  const nodePools = new Map<string, ClusterSnapshot['nodePools'] extends ReadonlyMap<string, infer S> ? S : never>();
  for (const pool of cluster.nodePools ?? []) {
    nodePools.set(pool.name, await readAll(readers.nodePool, wanted, (read) => read(cluster, pool)));
  }
  return { cluster, sections, nodePools };
}

async function readAll<R extends object>(
  readers: R,
  wanted: ReadonlySet<Section>,
  ask: (read: R[keyof R]) => Promise<unknown>,
): Promise<Record<string, never>> {
  const names = (Object.keys(readers) as (keyof R & Section)[]).filter((name) => wanted.has(name));
  const entries = await Promise.all(names.map(async (name) => [name, await ask(readers[name])] as const));
  return Object.fromEntries(entries) as Record<string, never>;
}
