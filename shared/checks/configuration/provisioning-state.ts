import { clusterCheck } from '../../model/check';
import { clusterCommand, update } from '../commands';
import { judgeProvisioning, MAX_HOURS } from '../provisioning';

export const provisioningState = clusterCheck({
  id: 'provisioning-state',
  title: 'The last operation on the cluster succeeded',
  category: 'lifecycle',
  severity: 'high',
  checklistItem: 'S10',
  rationale:
    'A cluster in a failed state, or one whose operation never ends, takes no upgrades and may run a half-applied configuration. Security updates stop without a word.',
  remediation: `${clusterCommand('show', '--query status')} && ${update('')}`,
  references: ['https://learn.microsoft.com/azure/aks/manage-abort-operations'],
  params: { maxHours: MAX_HOURS },

  evaluate: ({ cluster, history }, { params: { maxHours }, now }) =>
    judgeProvisioning(cluster, {
      property: 'properties.provisioningState',
      abort: clusterCommand('operation-abort'),
      history,
      maxHours,
      now,
    }),
});
