import type { ManagedCluster, ManagedClusterAgentPoolProfile } from '@azure/arm-containerservice';

/** What the SDK names, for reading only. At the border null and undefined become "absent". */
type Known<T> = T extends Date | Uint8Array
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Known<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]: Known<T[Key]> }
      : T;

/** A node pool whose mode is System, User or Gateway, or that has none. Other modes are managed by the platform and are nobody's to judge. */
export type NodePool = Omit<Known<ManagedClusterAgentPoolProfile>, 'name'> & {
  readonly name: string;
  /** Of preview api-versions, so that it comes from files only. */
  readonly enableCustomCATrust?: boolean;
};

/**
 * The one normalised form of a cluster, whatever it was read from (SDK, ARM body, `az aks list`).
 * Names are the SDK's. Enum values have the SDK's letter case. Add-on names and the keys of their settings are in lower case.
 */
export type Cluster = Omit<Known<ManagedCluster>, 'id' | 'name' | 'location' | 'agentPoolProfiles'> & {
  /** As Azure gave it; compare in lower case. */
  readonly id: string;
  readonly name: string;
  readonly location: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  /** Absent when the body had no array of pools: nothing is known about them then. */
  readonly nodePools?: readonly NodePool[];
};
