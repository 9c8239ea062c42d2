import { fail, nodePoolCheck, pass } from '../../model/check';
import { replaceNodePool } from '../commands';
import { canonical } from '../lists';

export const nodeUnsafeSysctls = nodePoolCheck({
  id: 'node-unsafe-sysctls',
  title: 'Pods may set no unsafe kernel parameters',
  category: 'nodes',
  severity: 'low',
  checklistItem: 'S2',
  rationale:
    'An unsafe sysctl is one that is not isolated between pods: a pod that may set it can starve its neighbours, or weaken the kernel of the node for all of them.',
  remediation: `${replaceNodePool()} # without allowedUnsafeSysctls in --kubelet-config`,
  references: [
    'https://learn.microsoft.com/azure/aks/custom-node-configuration',
    'https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/',
  ],

  evaluate({ pool: { kubeletConfig } }) {
    const allowed = canonical(kubeletConfig?.allowedUnsafeSysctls ?? []);
    const said = { observed: { allowedUnsafeSysctls: allowed }, watched: allowed };
    return allowed.length === 0
      ? pass('No unsafe sysctl is allowed.', said)
      : fail(`Pods may set unsafe sysctls: ${allowed.join(', ')}.`, said);
  },
});
