import { clusterCheck } from '../../model/check';
import { update } from '../commands';
import { shown } from '../facts';
import { mustBeOff } from '../switches';

export const podIdentityLegacy = clusterCheck({
  id: 'pod-identity-legacy',
  title: 'The deprecated pod-managed identity is off',
  category: 'identity',
  severity: 'medium',
  checklistItem: 'S5',
  rationale:
    'Pod-managed identity is a deprecated preview without support. It takes the calls of all pods for tokens into its hands on every node, and a pod that gets past it gets the identity of the node. Workload identity replaces it.',
  // The flag is one of the extension aks-preview.
  remediation: `az extension add --upgrade --name aks-preview && ${update('--disable-pod-identity')}`,
  references: ['https://learn.microsoft.com/azure/aks/workload-identity-migrate-from-pod-identity'],

  evaluate({ cluster }) {
    const enabled = cluster.podIdentityProfile?.enabled;
    return mustBeOff('Pod-managed identity', enabled, shown({ enabled }));
  },
});
