import { clusterCheck, pass } from '../../model/check';
import { clusterCommand } from '../commands';
import { shown } from '../facts';
import { mustBeOn, says } from '../switches';

export const containerInsights = clusterCheck({
  id: 'container-insights',
  title: 'Container Insights collects the logs of containers',
  category: 'observability',
  severity: 'medium',
  checklistItem: 'S11',
  rationale:
    'What a container wrote is gone with its pod. Without logs that are kept elsewhere nobody can tell afterwards what an attacker, or a mistake, did in it.',
  remediation: clusterCommand('enable-addons', '--addons monitoring --workspace-resource-id "<workspace id>"'),
  references: [
    'https://learn.microsoft.com/azure/azure-monitor/containers/kubernetes-monitoring-enable',
    'https://learn.microsoft.com/azure/aks/monitor-aks',
  ],

  evaluate({ cluster }) {
    const { enabled, config = {} } = cluster.addonProfiles?.omsagent ?? {};
    const profile = cluster.azureMonitorProfile?.containerInsights ?? {};
    const workspace = config.loganalyticsworkspaceresourceid ?? profile.logAnalyticsWorkspaceResourceId;
    const useAADAuth = config.useaadauth;
    const observed = shown({ omsagent: enabled, useAADAuth, containerInsights: profile.enabled, workspace });
    return enabled === true && says(useAADAuth, 'false')
      ? pass('Container Insights is on; it signs in with the key of its workspace, not with an identity.', { observed })
      : mustBeOn('Container Insights', enabled === true || profile.enabled, observed);
  },
});
