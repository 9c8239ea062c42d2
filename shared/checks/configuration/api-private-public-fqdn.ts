import { clusterCheck, notApplicable } from '../../model/check';
import { newCluster, update } from '../commands';
import { isPrivate, shown } from '../facts';
import { mustBeOff } from '../switches';

export const apiPrivatePublicFqdn = clusterCheck({
  id: 'api-private-public-fqdn',
  title: 'Private API servers publish no public name',
  category: 'apiServer',
  severity: 'low',
  checklistItem: 'S7',
  rationale:
    'The public name of a private API server resolves to its private address for everybody. That tells strangers that the cluster exists and how its network is numbered, and a client outside the network is sent to whatever has that address there.',
  remediation: update('--disable-public-fqdn'),
  references: ['https://learn.microsoft.com/azure/aks/private-clusters'],

  evaluate({ cluster }) {
    const { enablePrivateClusterPublicFqdn: published, privateDNSZone } = cluster.apiServerAccessProfile ?? {};
    const observed = shown({ enablePrivateClusterPublicFQDN: published, privateDNSZone });
    if (!isPrivate(cluster)) {
      return notApplicable('The API server is public, and so is its name.', { observed });
    }
    const verdict = mustBeOff('The public name of the private API server', published, observed);
    // Without a private zone the public name is the only one, and AKS adds no zone to a cluster that has none.
    return privateDNSZone?.toLowerCase() === 'none'
      ? {
          ...verdict,
          remediation: newCluster('--enable-private-cluster --private-dns-zone system --disable-public-fqdn'),
        }
      : verdict;
  },
});
