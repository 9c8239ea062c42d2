import { clusterCheck, fail, pass, unknown } from '../../model/check';
import { shellWord } from '../../model/shell';
import type { Cluster, NodePool } from '../../model/cluster';
import { CALENDAR, judgeRetirement, type Retirement } from '../calendar';
import { clusterCommand, nodePoolCommand } from '../commands';

const DISABLE_MESH = clusterCommand('disable-addons', '--addons open-service-mesh');

interface Feature extends Retirement {
  readonly name: string;
  /** The command that ends its use; null where it is not used. */
  readonly remedyFor: (cluster: Cluster) => string | null;
}

/** What has an end date and is judged by no other check. */
const FEATURES: readonly Feature[] = [
  {
    ...CALENDAR.customCaTrustFlag,
    name: 'customcatrustflag',
    remedyFor: ({ nodePools = [] }) =>
      nodePools
        .filter((pool) => pool.enableCustomCATrust === true)
        .map(distrust)
        .join(' && ') || null,
  },
  {
    ...CALENDAR.openServiceMesh,
    name: 'openservicemesh',
    remedyFor: ({ addonProfiles }) => (addonProfiles?.openservicemesh?.enabled === true ? DISABLE_MESH : null),
  },
];

export const featureRetirement = clusterCheck({
  id: 'feature-retirement',
  title: 'No feature is in use that AKS retires soon',
  category: 'lifecycle',
  severity: 'medium',
  checklistItem: 'S2',
  rationale:
    'A retired feature gets no fixes and may make the next scaling or upgrade fail. What other checks judge (operating systems, network plugins and engines, ingress) is left to them.',
  remediation: DISABLE_MESH,
  references: [CALENDAR.openServiceMesh.source, CALENDAR.customCaTrustFlag.source],

  evaluate({ cluster }, { now }) {
    const used = FEATURES.filter(({ remedyFor }) => remedyFor(cluster) !== null);
    const observed = used.map(({ what, endsOn }) => ({ what, endsOn }));
    const verdicts = used.map((feature) => judgeRetirement(feature, now, observed));
    const [dueOn] = verdicts.flatMap((verdict) => verdict.dueOn ?? []).sort();
    const said = {
      observed,
      watched: used.map(({ name }) => name),
      ...(dueOn !== undefined && { dueOn }),
      ...(used.length > 0 && { remediation: used.map(({ remedyFor }) => remedyFor(cluster)).join(' && ') }),
    };
    const message = verdicts.map((verdict) => verdict.message).join(' ');
    if (verdicts.some(({ outcome }) => outcome === 'fail')) {
      return fail(message, said);
    }
    return cluster.nodePools === undefined
      ? unknown('notVisible', 'properties.agentPoolProfiles is missing.', said)
      : pass(message || 'No feature with an end date is in use.', said);
  },
});

function distrust({ name }: NodePool): string {
  return nodePoolCommand('update', '--disable-custom-ca-trust').replace('{nodePool}', shellWord(name));
}
