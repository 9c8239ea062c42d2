import { stopped, type Verdict } from '../model/check';
import type { Cluster, NodePool } from '../model/cluster';
import type { Json } from '../model/json';

/** What a check shows of its subject: absent values are null, so that a person sees that they were looked for. */
export function shown<K extends string>(values: Readonly<Record<K, Json | undefined>>): Record<K, Json> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value ?? null])) as Record<K, Json>;
}

/** AKS Automatic: the platform presets and enforces much of the configuration. https://learn.microsoft.com/azure/aks/intro-aks-automatic */
export function isAutomatic(cluster: Cluster): boolean {
  return cluster.sku?.name === 'Automatic';
}

/** In lower case; what was Paid until 2023 is Standard. https://learn.microsoft.com/azure/aks/free-standard-pricing-tiers */
export function tierOf({ sku }: Cluster): string | undefined {
  const tier = sku?.tier?.toLowerCase();
  return tier === 'paid' ? 'standard' : tier;
}

/** Integrated in the managed or in the legacy way (with application ids of its own). */
export function hasEntra(cluster: Cluster): boolean {
  return isAutomatic(cluster) || hasManagedEntra(cluster) || hasLegacyEntra(cluster);
}

/** Legacy integration names its own applications. https://learn.microsoft.com/azure/aks/azure-ad-integration-cli */
export function hasLegacyEntra({ aadProfile }: Cluster): boolean {
  return aadProfile?.clientAppID !== undefined || aadProfile?.serverAppID !== undefined;
}

/** Milliseconds. */
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** Whole days between two moments; negative when `to` comes first. */
export function wholeDays(from: Date, to: Date): number {
  return Math.floor((to.getTime() - from.getTime()) / DAY);
}

/** ISO 8601, UTC: a moment so many milliseconds after (or, if negative, before) another. */
export function isoAfter(moment: Date, milliseconds: number): string {
  return new Date(moment.getTime() + milliseconds).toISOString();
}

/** The day of a moment in UTC, `YYYY-MM-DD`. */
export function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}

/** What a check of something that must run says where it, or the cluster around it, was stopped; null when nothing says that it was. */
export function stoppedVerdict(cluster: Cluster, pool?: NodePool): Verdict | null {
  if (cluster.powerState?.code === 'Stopped') {
    return stopped('The cluster is stopped.');
  }
  return pool?.powerState?.code === 'Stopped' ? stopped('The node pool is stopped.') : null;
}

/** Node auto-provisioning makes and removes nodes by itself, beside the pools. https://learn.microsoft.com/azure/aks/node-auto-provisioning */
export function hasAutoProvisioning({ nodeProvisioningProfile }: Cluster): boolean {
  return nodeProvisioningProfile?.mode === 'Auto';
}

/** Keys of assessments of Defender for Cloud: "Defender profile enabled" and "Azure Policy add-on installed". */
export const DEFENDER_PROFILE_ASSESSMENT = '56a83a6e-c417-42ec-b567-1e6fcb3d09a9';
export const POLICY_ADDON_ASSESSMENT = '08e628db-e2ed-4793-bc91-d13e684401c3';

/**
 * Integrated by the platform. A profile that names no applications is of this kind, unless it is empty or says otherwise;
 * AKS Automatic presets it.
 */
export function hasManagedEntra(cluster: Cluster): boolean {
  const { aadProfile = {} } = cluster;
  if (hasLegacyEntra(cluster)) {
    return false;
  }
  // By all names: what is there and of the wrong kind is not enumerable, and still no empty profile.
  return aadProfile.managed ?? (isAutomatic(cluster) || Object.getOwnPropertyNames(aadProfile).length > 0);
}

/** The API server has no public endpoint. */
export function isPrivate({ apiServerAccessProfile }: Cluster): boolean {
  return apiServerAccessProfile?.enablePrivateCluster === true;
}

/** No pool runs Linux; undefined when that cannot be seen: of the list of pools, or of what they run. */
export function isWindowsOnly({ nodePools }: Cluster): boolean | undefined {
  if (nodePools?.length === 0 || nodePools?.some(({ osType }) => osType === 'Linux') === true) {
    return false;
  }
  return nodePools?.every(({ osType }) => osType === 'Windows') === true ? true : undefined;
}
