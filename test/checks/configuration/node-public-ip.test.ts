import { nodePublicIp } from '../../../shared/checks/configuration/node-public-ip';
import { describeCheck } from '../../support/describe-check';

const nodePublicIPPrefixID = '/subscriptions/s/resourceGroups/rg1/providers/Microsoft.Network/publicIPPrefixes/prefix1';

describeCheck(nodePublicIp, {
  pass: [
    { when: 'never set', given: {}, says: 'The nodes have no public IP addresses.' },
    { when: 'off', given: { pool: { enableNodePublicIP: false } }, says: 'The nodes have no public IP addresses.' },
  ],
  fail: [
    {
      when: 'on',
      given: { pool: { enableNodePublicIP: true } },
      says: 'Every node of the pool has a public IP address.',
    },
    {
      when: 'on in a user pool of Windows nodes (Prowler is content with one pool without)',
      given: { pool: { name: 'win', mode: 'User', osType: 'Windows', enableNodePublicIP: true, nodePublicIPPrefixID } },
      says: 'Every node of the pool has a public IP address.',
      remediation:
        'az aks nodepool add --subscription 11111111-1111-1111-1111-111111111111 --resource-group rg1 --cluster-name c1 --name "<new pool>" --mode "<System or User>" # then move the workloads, and: az aks nodepool delete --subscription 11111111-1111-1111-1111-111111111111 --resource-group rg1 --cluster-name c1 --name win',
    },
    {
      when: 'only a prefix of public addresses is set',
      given: { pool: { nodePublicIPPrefixID } },
      says: `The pool takes public IP addresses from ${nodePublicIPPrefixID}.`,
    },
  ],
});
