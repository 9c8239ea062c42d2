import { clusterCheck, fail, pass } from '../../model/check';
import { update } from '../commands';
import { isPrivate, shown } from '../facts';
import { authorizedRanges } from '../ip-ranges';

const GO_PRIVATE = update('--enable-private-cluster');

export const apiPrivateCluster = clusterCheck({
  id: 'api-private-cluster',
  title: 'The API server is private, or public with authorized IP ranges',
  category: 'apiServer',
  severity: 'medium',
  checklistItem: 'S7',
  // Azure/AKS#1543: the list shows stale values for a while.
  flaps: true,
  strict: 'it must be private; authorized IP ranges do not make up for it',
  rationale:
    'A private API server has an address in the virtual network only, so that an attacker must first be inside it. The profile "strict" asks for that; the profile "standard" is content with authorized IP ranges.',
  // A cluster becomes private later only where its API server is in the virtual network.
  remediation: `${update('--enable-apiserver-vnet-integration --apiserver-subnet-id "<subnet id>"')} && ${GO_PRIVATE} # cannot be undone, restarts the API server under another address and renews every node: plan it`,
  references: [
    'https://learn.microsoft.com/azure/aks/private-clusters',
    'https://learn.microsoft.com/azure/aks/api-server-vnet-integration',
  ],

  evaluate({ cluster }, { profile }) {
    const { enablePrivateCluster, enableVnetIntegration } = cluster.apiServerAccessProfile ?? {};
    const authorizedIPRanges = authorizedRanges(cluster);
    const said = {
      observed: shown({ enablePrivateCluster, enableVnetIntegration, authorizedIPRanges }),
      // With VNet integration a cluster can become public at any time, which authorized ranges must not hide.
      watched: isPrivate(cluster) ? 'private' : 'public',
      ...(enableVnetIntegration === true && { remediation: GO_PRIVATE }),
    };
    if (isPrivate(cluster)) {
      return pass('The API server is private.', said);
    }
    if (profile === 'strict') {
      return fail('The API server is public; the profile "strict" wants it private.', said);
    }
    return authorizedIPRanges.length > 0
      ? pass('The API server is public, with authorized IP ranges.', said)
      : fail('The API server is public, and every address may reach it.', said);
  },
});
