import { nodePoolCheck, notApplicable } from '../../model/check';
import { nodePoolCommand } from '../commands';
import { hasAutoProvisioning, shown } from '../facts';
import { isAutoscaled } from '../scaling';
import { mustBeOn } from '../switches';

export const nodeAutoscaler = nodePoolCheck({
  id: 'node-autoscaler',
  title: 'The cluster autoscaler sizes node pools',
  category: 'reliability',
  severity: 'info',
  checklistItem: null,
  onByDefault: false,
  rationale:
    'A pool of a fixed size leaves pods waiting when load rises or a node fails, until somebody adds nodes by hand.',
  remediation: nodePoolCommand('update', '--enable-cluster-autoscaler --min-count "<fewest>" --max-count "<most>"'),
  references: ['https://learn.microsoft.com/azure/aks/cluster-autoscaler'],

  evaluate({ cluster, pool }) {
    if (pool.mode === 'Gateway') {
      return notApplicable(
        'The nodes of a gateway pool share one prefix of addresses: it cannot be scaled automatically.',
      );
    }
    // The autoscaler cannot be switched on beside it. https://learn.microsoft.com/azure/aks/node-auto-provisioning
    return hasAutoProvisioning(cluster)
      ? notApplicable('Node auto-provisioning adds and removes nodes in place of the cluster autoscaler.')
      : mustBeOn('The cluster autoscaler', isAutoscaled(pool), shown({ enableAutoScaling: pool.enableAutoScaling }));
  },
});
