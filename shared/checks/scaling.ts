import type { NodePool } from '../model/cluster';

/** Whether the cluster autoscaler sizes the pool; a null is off. Pools of the type VirtualMachines say so in a profile of their own. */
export function isAutoscaled({ enableAutoScaling, virtualMachinesProfile }: NodePool): boolean {
  return enableAutoScaling === true || (virtualMachinesProfile?.scale?.autoscale ?? []).length > 0;
}

/** The fewest nodes that the pool is meant to have, and the property that says so; undefined when it does not. */
export function fewestNodes(pool: NodePool): { readonly property: string; readonly nodes: number | undefined } {
  const { autoscale = [], manual = [] } = pool.virtualMachinesProfile?.scale ?? {};
  const counts = [...autoscale.map(({ minCount }) => minCount), ...manual.map(({ count }) => count)];
  if (counts.length > 0) {
    const nodes = counts.reduce(
      (sum, count) => (sum === undefined || count === undefined ? undefined : sum + count),
      0,
    );
    return { property: 'virtualMachinesProfile.scale', nodes };
  }
  return isAutoscaled(pool) ? { property: 'minCount', nodes: pool.minCount } : { property: 'count', nodes: pool.count };
}
