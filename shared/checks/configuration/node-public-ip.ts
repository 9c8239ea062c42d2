import { fail, nodePoolCheck, pass } from '../../model/check';
import { replaceNodePool } from '../commands';
import { shown } from '../facts';

export const nodePublicIp = nodePoolCheck({
  id: 'node-public-ip',
  title: 'Nodes have no public IP addresses',
  category: 'network',
  severity: 'high',
  checklistItem: 'S7',
  rationale:
    'A node with a public address can be reached from the internet past the load balancer and the firewall, and leaves the network past the egress rules. A mistake in one network security group then exposes the kubelet and SSH.',
  remediation: replaceNodePool(),
  references: ['https://learn.microsoft.com/azure/aks/use-node-public-ips'],

  evaluate({ pool: { enableNodePublicIP, nodePublicIPPrefixID } }) {
    const observed = shown({ enableNodePublicIP, nodePublicIPPrefixID });
    if (enableNodePublicIP === true) {
      return fail('Every node of the pool has a public IP address.', { observed });
    }
    return nodePublicIPPrefixID === undefined
      ? pass('The nodes have no public IP addresses.', { observed })
      : fail(`The pool takes public IP addresses from ${nodePublicIPPrefixID}.`, { observed });
  },
});
