import { clusterCheck, nodePoolCheck, pass, subscriptionCheck, unknown } from '../../shared/model/check';
import { days } from '../../shared/model/params';

const META = {
  id: 'x',
  title: 'It is good',
  category: 'network',
  severity: 'medium',
  checklistItem: 'S1',
  rationale: '',
  remediation: '',
  references: ['https://example.com'],
} as const;

/**
 * What a check may not write. The compiler proves it: an expectation of an error that does not come is itself an error.
 * None of these is ever run.
 */
const REFUSED = [
  clusterCheck({
    ...{ ...META, needs: ['kubernetesVersions'] },
    // @ts-expect-error: a section that was not declared
    evaluate: ({ assessments }) => pass(String(assessments)),
  }),
  clusterCheck({
    ...META,
    // @ts-expect-error: no section was declared at all
    evaluate: ({ kubernetesVersions }) => pass(String(kubernetesVersions)),
  }),
  clusterCheck({
    ...{ ...META, uses: ['kubernetesVersions'] },
    // @ts-expect-error: what is only used may be unread
    evaluate: ({ kubernetesVersions }) => pass(String(kubernetesVersions.length)),
  }),
  clusterCheck({
    ...META,
    // @ts-expect-error: a check of the cluster knows no single pool
    evaluate: ({ pool }) => pass(String(pool)),
  }),
  subscriptionCheck({
    ...META,
    // @ts-expect-error: a check of the subscription knows no cluster
    evaluate: ({ cluster }) => pass(String(cluster)),
  }),
  clusterCheck({
    ...META,
    // @ts-expect-error: a section of the subscription cannot be needed by a check of the cluster
    needs: ['defenderPlan'],
    evaluate: () => pass(''),
  }),
  nodePoolCheck({
    ...META,
    // @ts-expect-error: a section that does not exist
    needs: ['weather'],
    evaluate: () => pass(''),
  }),
  clusterCheck({
    ...{ ...META, params: { days: days(14, 'of grace') } },
    // @ts-expect-error: a parameter that was not declared
    evaluate: (_, { params }) => pass(String(params.hours)),
  }),
  clusterCheck({
    ...META,
    // @ts-expect-error: that a section was refused is the engine's to say
    evaluate: () => unknown('forbidden', ''),
  }),
  clusterCheck({
    ...META,
    evaluate: ({ cluster }) => {
      // @ts-expect-error: evidence is for reading only
      cluster.name = 'other';
      return pass('');
    },
  }),
];

describe('the types of checks', () => {
  it('let a check read what it declared', () => {
    const check = nodePoolCheck({
      ...{
        ...META,
        needs: ['upgradeProfiles', 'assessments'],
        uses: ['policyStates'],
        params: { days: days(14, 'of grace') },
      },
      evaluate: ({ cluster, pool, upgradeProfiles, assessments, policyStates, history }, { params }) => {
        const read = [upgradeProfiles.latestNodeImageVersion, assessments.length, policyStates.ok, history];
        return pass(`${cluster.name} ${pool.name} ${params.days} ${read.length}`);
      },
    });

    expect(check).toMatchObject({
      needs: ['upgradeProfiles', 'assessments'],
      uses: ['policyStates'],
      grain: 'nodePool',
    });
  });

  it('refuse the rest, in what the compiler has read above', () => {
    expect(REFUSED).toHaveLength(10);
  });
});
