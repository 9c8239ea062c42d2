import { clusterCheck } from '../../model/check';
import { clusterCommand } from '../commands';
import { shown } from '../facts';
import { mustBeOff } from '../switches';

export const dashboardOff = clusterCheck({
  id: 'dashboard-off',
  title: 'The Kubernetes dashboard add-on is off',
  category: 'ingress',
  severity: 'low',
  checklistItem: null,
  rationale:
    'The dashboard shows and changes whatever its service account may, and clusters have been taken over through it. The add-on is retired; the Azure portal shows the same with the rights of the person who looks.',
  remediation: clusterCommand('disable-addons', '--addons kube-dashboard'),
  references: ['https://learn.microsoft.com/azure/aks/kubernetes-portal'],

  evaluate({ cluster }) {
    const enabled = cluster.addonProfiles?.kubedashboard?.enabled;
    return mustBeOff('The Kubernetes dashboard', enabled, shown({ enabled }));
  },
});
