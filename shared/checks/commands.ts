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

/** A node pool in the place of this one, for what can be chosen only when a pool is made. */
export function replaceNodePool(flags = ''): string {
  const made = `az aks nodepool add --subscription {subscriptionId} --resource-group {resourceGroup} --cluster-name {cluster} --name "<new pool>" --mode "<System or User>" ${flags}`;
  return `${made.trim()} && ${nodePoolCommand('delete')}`;
}

/** A word of a POSIX shell, whatever it holds. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
