import { fail, nodePoolCheck, notApplicable, pass } from '../../model/check';
import { nodePoolCommand } from '../commands';
import { shown } from '../facts';
import { unknownWord } from '../unknowns';

/** Nodes, or a share of the pool. */
const AMOUNT = /^\d+%?$/;
const NONE = /^0+%?$/;
const ONE_AT_MOST = /^(0*1|0+%?)$/;

export const nodeMaxSurge = nodePoolCheck({
  id: 'node-max-surge',
  title: 'Upgrades of node pools move several nodes at a time',
  category: 'lifecycle',
  severity: 'low',
  checklistItem: null,
  rationale:
    'One node at a time makes the upgrade of a large pool last for days. It then outlives its maintenance window, and security fixes reach the last nodes long after the first.',
  remediation: nodePoolCommand('update', '--max-surge 33%'),
  references: ['https://learn.microsoft.com/azure/aks/upgrade-cluster'],

  evaluate({ pool: { type, upgradeSettings } }) {
    const { maxSurge, maxUnavailable } = upgradeSettings ?? {};
    const observed = shown({ maxSurge, maxUnavailable });
    if (type === 'AvailabilitySet') {
      return notApplicable('An availability set has no surge.', { observed });
    }
    for (const [name, amount = '0'] of Object.entries({ maxSurge, maxUnavailable })) {
      if (!AMOUNT.test(amount)) {
        return unknownWord(`properties.agentPoolProfiles[].upgradeSettings.${name}`, amount, { observed });
      }
    }
    if (maxSurge !== undefined && !ONE_AT_MOST.test(maxSurge)) {
      return pass(`Upgrades may add ${maxSurge} of the nodes at a time.`, { observed });
    }
    return maxUnavailable === undefined || NONE.test(maxUnavailable)
      ? fail(`Upgrades move one node at a time: maxSurge is ${maxSurge ?? 'not set'}.`, { observed })
      : pass(`Upgrades may take down ${maxUnavailable} of the nodes at a time.`, { observed });
  },
});
