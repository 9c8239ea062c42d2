import { clusterCheck, fail, pass } from '../../model/check';
import { newCluster, update } from '../commands';
import { hasAutoProvisioning, shown } from '../facts';
import { CLOSED_OUTBOUND_TYPES } from '../network';

const FLAGS = '--outbound-type userDefinedRouting';

export const egressOutboundType = clusterCheck({
  id: 'egress-outbound-type',
  title: 'Traffic leaves the cluster only by a route of your own, or not at all',
  category: 'network',
  severity: 'medium',
  checklistItem: 'S8',
  strict: 'a way out of its own is of medium severity, in place of low',
  rationale:
    'Through a load balancer or a NAT gateway every pod reaches every address of the internet, and so does whoever broke into one: to fetch tools, and to carry data away. A route to a firewall lets through what is listed.',
  remediation: `${update(FLAGS)} # first give the subnet a route table whose 0.0.0.0/0 leads to the firewall`,
  references: ['https://learn.microsoft.com/azure/aks/egress-outboundtype'],

  evaluate({ cluster }, { profile }) {
    const { outboundType } = cluster.networkProfile ?? {};
    const type = outboundType ?? 'loadBalancer';
    const found =
      outboundType === undefined ? 'No outbound type is set, which means loadBalancer' : `The outbound type is ${type}`;
    const said = { observed: shown({ outboundType }), watched: type.toLowerCase() };
    if (CLOSED_OUTBOUND_TYPES.includes(type.toLowerCase())) {
      return pass(`${found}: the cluster has no way out of its own.`, said);
    }
    return fail(`${found}: pods may reach every address of the internet.`, {
      ...said,
      severity: profile === 'strict' ? 'medium' : 'low',
      // With node auto-provisioning the type stays as it was created.
      ...(hasAutoProvisioning(cluster) && {
        remediation: newCluster(`--vnet-subnet-id "<subnet with the route>" ${FLAGS}`),
      }),
    });
  },
});
