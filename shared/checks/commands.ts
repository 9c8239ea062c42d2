/** A command of the Azure CLI about the cluster. https://learn.microsoft.com/cli/azure/aks */
export function clusterCommand(verb: string, flags = ''): string {
  return `az aks ${verb} --subscription {subscriptionId} --resource-group {resourceGroup} --name {cluster} ${flags}`.trim();
}

/** A command of the Azure CLI about the node pool. https://learn.microsoft.com/cli/azure/aks/nodepool */
export function nodePoolCommand(verb: string, flags = ''): string {
  return `az aks nodepool ${verb} --subscription {subscriptionId} --resource-group {resourceGroup} --cluster-name {cluster} --name {nodePool} ${flags}`.trim();
}

/** The commonest remedy: one setting of the cluster. */
export function update(flags: string): string {
  return clusterCommand('update', flags);
}

/** For what a node pool keeps all its life: a new pool. The old one goes when its workloads have moved, and not in the same breath. */
export function replaceNodePool(flags = ''): string {
  const add = nodePoolCommand('add', `--mode "<System or User>" ${flags}`).replace('{nodePool}', '"<new pool>"');
  return `${add.trim()} # then move the workloads, and: ${nodePoolCommand('delete')}`;
}

/** Not to be run without a plan. https://learn.microsoft.com/azure/aks/certificate-rotation */
export const ROTATE_CERTIFICATES = clusterCommand(
  'rotate-certs',
  '# recreates all nodes, up to 30 minutes of downtime; fetch every kubeconfig again afterwards',
);

/** For what a cluster keeps all its life: a new cluster, and the old one goes. */
export function newCluster(flags = ''): string {
  const create = clusterCommand('create', flags).replace('{cluster}', '"<new cluster>"');
  return `${create} # {cluster} cannot be changed: move its workloads, then delete it`;
}
