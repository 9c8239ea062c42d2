import { fail, nodePoolCheck, pass } from '../../model/check';
import { count } from '../../model/params';
import { replaceNodePool } from '../commands';
import { shown } from '../facts';
import { missing } from '../unknowns';

export const maxPods = nodePoolCheck({
  id: 'max-pods',
  title: 'Nodes can run enough pods',
  category: 'reliability',
  severity: 'info',
  checklistItem: null,
  rationale:
    'System pods take a dozen places on every node. Where few are left, nodes stay half empty and a cluster needs more of them than its workloads do.',
  remediation: replaceNodePool('--max-pods 110'),
  references: ['https://learn.microsoft.com/azure/aks/quotas-skus-regions'],
  // What AKS lets a node run at least and at most.
  params: { minimum: count(50, 'Pods that a node must be able to run', { min: 10, max: 250, stricter: 'higher' }) },

  evaluate({ pool: { maxPods: most } }, { params: { minimum } }) {
    const observed = shown({ maxPods: most });
    if (most === undefined) {
      return missing('properties.agentPoolProfiles[].maxPods', { observed });
    }
    const message = `A node can run ${most} pods; ${minimum} are asked for.`;
    return most < minimum ? fail(message, { observed }) : pass(message, { observed });
  },
});
