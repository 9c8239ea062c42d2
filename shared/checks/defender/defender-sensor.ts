import { clusterCheck, fail, pass } from '../../model/check';
import type { Json } from '../../model/json';
import type { Assessment } from '../../model/snapshot';
import { update } from '../commands';
import { DEFENDER_PROFILE_ASSESSMENT, shown } from '../facts';

export const defenderSensor = clusterCheck({
  id: 'defender-sensor',
  title: 'The Defender sensor is installed on the cluster',
  category: 'scanning',
  severity: 'high',
  checklistItem: 'S11',
  rationale:
    'The sensor sees what happens on the nodes while it happens. Without it, processes and connections of an attacker inside a container stay unseen, whatever the plan of the subscription.',
  remediation: update('--enable-defender'),
  references: ['https://learn.microsoft.com/azure/defender-for-cloud/defender-for-containers-introduction'],
  uses: ['assessments'],

  evaluate({ cluster, assessments, history }) {
    const { securityMonitoring, logAnalyticsWorkspaceResourceId: workspace } = cluster.securityProfile?.defender ?? {};
    // What is not there today, refused or left out without a word, is what it was when it was last read.
    const assessment = (assessments.ok ? codeOf(assessments.value) : null) ?? lastCode(history);
    const observed = shown({ securityMonitoring: securityMonitoring?.enabled, workspace, assessment });
    const said = { observed, remember: { assessment } };
    if (securityMonitoring?.enabled === true) {
      return pass('The Defender sensor is enabled.', said);
    }
    if (assessment?.toLowerCase() === 'healthy') {
      const message = 'The Defender profile is off, but Defender for Cloud finds its sensor: installed by Helm.';
      return pass(message, said);
    }
    // Absent means off: the service leaves the profile out unless it was set.
    return fail('The Defender sensor is not enabled.', said);
  },
});

function lastCode(history: Json): string | null {
  const { assessment } = (history ?? {}) as { readonly assessment?: Json };
  return typeof assessment === 'string' ? assessment : null;
}

function codeOf(assessments: readonly Assessment[]): string | null {
  return assessments.find(({ key }) => key === DEFENDER_PROFILE_ASSESSMENT)?.code ?? null;
}
