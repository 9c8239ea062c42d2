import { nodePoolCheck } from '../../model/check';
import { nodePoolCommand } from '../commands';
import { judgeProvisioning, MAX_HOURS } from '../provisioning';

export const nodePoolProvisioningState = nodePoolCheck({
  id: 'node-pool-provisioning-state',
  title: 'The last operation on the node pool succeeded',
  category: 'lifecycle',
  severity: 'high',
  checklistItem: 'S10',
  rationale:
    'A node pool in a failed state, or one whose operation never ends, may hold nodes of two images and takes no upgrades. The cluster itself can look healthy meanwhile.',
  remediation: `${nodePoolCommand('show', '--query status')} && ${nodePoolCommand('update')}`,
  references: ['https://learn.microsoft.com/azure/aks/manage-abort-operations'],
  params: { maxHours: MAX_HOURS },

  evaluate: ({ pool, history }, { params: { maxHours }, now }) =>
    judgeProvisioning(pool, {
      property: 'properties.agentPoolProfiles[].provisioningState',
      abort: nodePoolCommand('operation-abort'),
      history,
      maxHours,
      now,
    }),
});
