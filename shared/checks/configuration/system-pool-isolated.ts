import { fail, nodePoolCheck, pass } from '../../model/check';
import { shellWord } from '../../model/shell';
import { nodePoolCommand } from '../commands';
import { missing } from '../unknowns';

const TAINT = 'CriticalAddonsOnly=true:NoSchedule';

export const systemPoolIsolated = nodePoolCheck({
  id: 'system-pool-isolated',
  title: 'System pools run system pods only',
  category: 'reliability',
  severity: 'low',
  checklistItem: null,
  rationale:
    'Workloads on a system pool compete with CoreDNS, the metrics server and the tunnel to the API server. One that takes the memory of its node takes name resolution, and with it the whole cluster, down.',
  remediation: nodePoolCommand(
    'update',
    `--node-taints ${TAINT} # replaces all taints; workloads need a user pool first`,
  ),
  references: ['https://learn.microsoft.com/azure/aks/use-system-pools'],
  // A pool without a mode may be a system pool.
  isAbout: ({ mode }) => mode === 'System' || mode === undefined,

  evaluate({ pool: { mode, nodeTaints = [] } }) {
    const observed = { nodeTaints };
    if (mode === undefined) {
      return missing('properties.agentPoolProfiles[].mode', { observed });
    }
    if (nodeTaints.some((taint) => /^CriticalAddonsOnly(=[^:]*)?:(NoSchedule|NoExecute)$/.test(taint))) {
      return pass('A taint keeps other pods off the system pool.', { observed });
    }
    // The command replaces all taints.
    const remediation = nodePoolCommand('update', `--node-taints ${shellWord([...nodeTaints, TAINT].join(','))}`);
    return fail(`No taint ${TAINT} keeps other pods off the system pool.`, { observed, remediation });
  },
});
