import { fail, nodePoolCheck, pass } from '../../model/check';
import { update } from '../commands';
import { shown } from '../facts';
import { missing, unknownWord } from '../unknowns';

const TYPE = 'properties.agentPoolProfiles[].type';

export const nodePoolScaleSet = nodePoolCheck({
  id: 'node-pool-scale-set',
  title: 'Node pools are no availability sets',
  category: 'lifecycle',
  severity: 'low',
  checklistItem: null,
  rationale:
    'AKS retired availability sets on 2025-09-30. Such a pool cannot scale by itself, cannot have company, and gets no support.',
  remediation: update('--migrate-vmas-to-vms'),
  references: ['https://learn.microsoft.com/azure/aks/availability-sets-on-aks'],

  evaluate({ pool: { type } }) {
    const observed = shown({ type });
    switch (type) {
      case undefined:
        return missing(TYPE, { observed });
      case 'VirtualMachineScaleSets':
      case 'VirtualMachines':
        return pass(`The pool is of the type ${type}.`, { observed });
      case 'AvailabilitySet':
        return fail('The pool is an availability set, a type that was retired on 2025-09-30.', { observed });
      default:
        return unknownWord(TYPE, type, { observed });
    }
  },
});
