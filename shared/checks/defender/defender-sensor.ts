import { clusterCheck, fail, pass } from '../../model/check';
import type { Assessment } from '../../model/snapshot';
import { DEFENDER_PROFILE_ASSESSMENT } from '../facts';

export const defenderSensor = clusterCheck({
  id: 'defender-sensor',
  title: 'The Defender sensor is installed on the cluster',
  category: 'scanning',
  severity: 'high',
  checklistItem: 'S11',
  rationale:
    'The sensor sees what happens on the nodes while it happens. Without it, processes and connections of an attacker inside a container stay unseen, whatever the plan of the subscription.',
  remediation:
    'az aks update --subscription {subscriptionId} --resource-group {resourceGroup} --name {cluster} --enable-defender',
  references: ['https://learn.microsoft.com/azure/defender-for-cloud/defender-for-containers-introduction'],
  controls: {
    'azure-policy': ['a1840de2-8088-4ea8-b153-b4c723e9cb01'],
    defender: [DEFENDER_PROFILE_ASSESSMENT],
    mcsb: ['LT-1', 'LT-2'],
  },
  uses: ['assessments'],

  evaluate({ cluster, assessments }) {
    const { securityMonitoring, logAnalyticsWorkspaceResourceId } = cluster.securityProfile?.defender ?? {};
    const enabled = securityMonitoring?.enabled ?? null;
    const assessment = assessments.ok ? codeOf(assessments.value) : null;
    const observed = { securityMonitoring: enabled, workspace: logAnalyticsWorkspaceResourceId ?? null, assessment };
    if (enabled === true) {
      return pass('The Defender sensor is enabled.', { observed });
    }
    if (assessment?.toLowerCase() === 'healthy') {
      const message = 'The Defender profile is off, but Defender for Cloud finds its sensor: installed by Helm.';
      return pass(message, { observed });
    }
    // Absent means off: the service leaves the profile out unless it was set.
    return fail('The Defender sensor is not enabled.', { observed });
  },
});

function codeOf(assessments: readonly Assessment[]): string | null {
  return assessments.find(({ key }) => key === DEFENDER_PROFILE_ASSESSMENT)?.code ?? null;
}
