import { clusterCheck, fail, notApplicable, pass, unknown } from '../../model/check';
import { list } from '../../model/params';
import { clusterCommand, update } from '../commands';
import { DEFENDER_PROFILE_ASSESSMENT, POLICY_ADDON_ASSESSMENT } from '../facts';
import { canonical } from '../lists';

/** The commands that the recommendations ask for, by key. */
const REMEDIATIONS: Readonly<Record<string, string>> = {
  [DEFENDER_PROFILE_ASSESSMENT]: update('--enable-defender'),
  [POLICY_ADDON_ASSESSMENT]: clusterCommand('enable-addons', '--addons azure-policy'),
};

export const defenderAssessments = clusterCheck({
  id: 'defender-assessments',
  title: 'Defender for Cloud has no open recommendation for the cluster',
  category: 'scanning',
  severity: 'high',
  checklistItem: 'S11',
  rationale:
    "A recommendation of Defender for Cloud is Microsoft's own judgement that a protection is missing. It lowers the secure score until somebody acts on it.",
  remediation: `az security assessment list --subscription {subscriptionId} --query "[?contains(id, '/{cluster}/') && status.code=='Unhealthy']"`,
  references: ['https://learn.microsoft.com/azure/defender-for-cloud/recommendations-reference-container'],
  needs: ['assessments'],
  params: {
    keys: list(Object.keys(REMEDIATIONS), 'Keys of the assessments that count', { items: 'guid', stricter: 'longer' }),
  },

  evaluate({ assessments }, { params }) {
    const keys = canonical(params.keys);
    const tracked = keys.flatMap((tracking) => assessments.filter(({ key }) => key === tracking));
    const byCode = Object.groupBy(tracked, ({ code }) => code.toLowerCase());
    const { healthy = [], unhealthy = [], notapplicable: skipped = [], ...others } = byCode;
    const observed = tracked.map(({ key, code, cause, description }) => ({ key, code, cause, description }));
    const watched = unhealthy.map(({ key }) => key);
    if (unhealthy.length > 0) {
      const remediation = watched.flatMap((key) => REMEDIATIONS[key] ?? []).join(' && ') || this.remediation;
      return fail(`Defender for Cloud calls unhealthy: ${watched.join(', ')}.`, { observed, watched, remediation });
    }
    const other = Object.values(others).flatMap((assessment) => assessment ?? []);
    if (other.length > 0) {
      const codes = other.map(({ key, code }) => `"${code}" (${key})`).join(', ');
      return unknown('invalid', `properties.status.code is none that is known: ${codes}.`, { observed });
    }
    const missing = keys.filter((key) => !tracked.some((assessment) => assessment.key === key));
    if (missing.length > 0) {
      const message = `Defender for Cloud has not assessed ${missing.join(', ')} for this cluster.`;
      return unknown('notEvaluated', message, { observed });
    }
    const causes = skipped.map(({ key, cause }) => `${key} (${cause || 'no cause given'})`).join(', ');
    if (healthy.length === 0) {
      return notApplicable(`Defender for Cloud says not applicable: ${causes}.`, { observed, watched });
    }
    const skippedNote = causes === '' ? '' : `; not applicable: ${causes}`;
    const names = healthy.map(({ key }) => key).join(', ');
    return pass(`Defender for Cloud calls healthy: ${names}${skippedNote}.`, { observed, watched });
  },
});
