import { clusterCheck, pass, unknown } from '../../model/check';
import { CALENDAR, judgeRetirement } from '../calendar';
import { update } from '../commands';
import { shown } from '../facts';
import { POLICY_ENGINES, policyEngineOf } from '../network';
import { unknownWord } from '../unknowns';

export const networkPolicyEngineRetiring = clusterCheck({
  id: 'network-policy-engine-retiring',
  title: 'The network policy engine is not retired soon',
  category: 'network',
  severity: 'medium',
  checklistItem: 'S6',
  rationale:
    'Azure Network Policy Manager gets no fixes after its end, on Windows in 2026 and on Linux in 2028. Another engine replaces every node, and its policies must be tested before.',
  remediation: update('--network-policy cilium --network-dataplane cilium'),
  references: [CALENDAR.networkPolicyManagerLinux.source],

  evaluate({ cluster }, { now }) {
    const engine = policyEngineOf(cluster);
    const { networkPolicy, networkDataplane } = cluster.networkProfile ?? {};
    const systems = cluster.nodePools?.map(({ osType }) => osType);
    const observed = {
      ...shown({ networkPolicy, networkDataplane }),
      osTypes: systems?.map((os) => os ?? null) ?? null,
    };
    if (engine !== 'azure') {
      return engine === 'none' || POLICY_ENGINES.includes(engine)
        ? pass(`The network policy engine is ${engine}, and not Azure Network Policy Manager.`, { observed })
        : unknownWord('properties.networkProfile.networkPolicy', engine, { observed });
    }
    if (systems === undefined || systems.length === 0) {
      return unknown('notVisible', 'properties.agentPoolProfiles is missing, or shows no pool.', { observed });
    }
    if (systems.includes('Windows')) {
      // Cilium runs on Linux only, and an engine is not replaced in one step.
      const remediation = `${update('--network-policy none')} && ${update('--network-policy calico')}`;
      return { ...judgeRetirement(CALENDAR.networkPolicyManagerWindows, now, observed), remediation };
    }
    const stranger = systems.findIndex((os) => os !== 'Linux');
    return stranger === -1
      ? judgeRetirement(CALENDAR.networkPolicyManagerLinux, now, observed)
      : unknownWord('properties.agentPoolProfiles[].osType', systems[stranger], { observed });
  },
});
