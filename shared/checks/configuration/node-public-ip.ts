import { fail, nodePoolCheck, pass } from '../../model/check';

export const nodePublicIp = nodePoolCheck({
  id: 'node-public-ip',
  title: 'Nodes have no public IP addresses',
  category: 'network',
  severity: 'high',
  checklistItem: 'S7',
  rationale:
    'A node with a public address can be reached from the internet past the load balancer and the firewall, and leaves the network past the egress rules. A mistake in one network security group then exposes the kubelet and SSH.',
  remediation:
    'az aks nodepool add --subscription {subscriptionId} --resource-group {resourceGroup} --cluster-name {cluster} --name "<new pool>" --mode "<System or User>" && az aks nodepool delete --subscription {subscriptionId} --resource-group {resourceGroup} --cluster-name {cluster} --name {nodePool}',
  references: ['https://learn.microsoft.com/azure/aks/use-node-public-ips'],

  evaluate({ pool: { enableNodePublicIP, nodePublicIPPrefixID } }) {
    const observed = {
      enableNodePublicIP: enableNodePublicIP ?? null,
      nodePublicIPPrefixID: nodePublicIPPrefixID ?? null,
    };
    if (enableNodePublicIP === true) {
      return fail('Every node of the pool has a public IP address.', { observed });
    }
    return nodePublicIPPrefixID === undefined
      ? pass('The nodes have no public IP addresses.', { observed })
      : fail(`The pool takes public IP addresses from ${nodePublicIPPrefixID}.`, { observed });
  },
});
