import { fail, nodePoolCheck, notApplicable, pass } from '../../model/check';
import { count } from '../../model/params';
import { nodePoolCommand } from '../commands';
import { stoppedVerdict } from '../facts';
import { fewestNodes, isAutoscaled } from '../scaling';
import { missing } from '../unknowns';

export const nodePoolMinCount = nodePoolCheck({
  id: 'node-pool-min-count',
  title: 'Node pools keep enough nodes to lose one',
  category: 'reliability',
  severity: 'info',
  checklistItem: null,
  onByDefault: false,
  rationale:
    'With one node, a failure or an upgrade of it stops everything that runs in the pool. Spot nodes may go at any time and gateway nodes run no pods, so no minimum is asked of them.',
  remediation: nodePoolCommand('scale', '--node-count 2'),
  references: ['https://learn.microsoft.com/azure/aks/use-system-pools'],
  params: { minNodes: count(2, 'Nodes that a pool never goes below', { min: 1, max: 1000, stricter: 'higher' }) },

  evaluate({ cluster, pool }, { params: { minNodes } }) {
    if (pool.mode === 'Gateway' || pool.scaleSetPriority === 'Spot') {
      return notApplicable(`No minimum is asked of a ${pool.mode === 'Gateway' ? 'gateway' : 'spot'} pool.`);
    }
    const halted = stoppedVerdict(cluster, pool);
    if (halted !== null) {
      return halted;
    }
    const { property, nodes } = fewestNodes(pool);
    const observed = { [property]: nodes ?? null };
    if (nodes === undefined) {
      return missing(`properties.agentPoolProfiles[].${property}`, { observed });
    }
    const message = `The node pool has at least ${nodes} nodes (${property}); ${minNodes} are wanted.`;
    const flags = `--update-cluster-autoscaler --min-count ${minNodes} --max-count "<most>"`;
    const remediation = isAutoscaled(pool)
      ? nodePoolCommand('update', flags)
      : nodePoolCommand('scale', `--node-count ${minNodes}`);
    return nodes < minNodes ? fail(message, { observed, remediation }) : pass(message, { observed });
  },
});
