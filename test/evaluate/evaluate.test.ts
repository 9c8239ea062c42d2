import { normaliseCluster } from '../../shared/collect/normalise';
import { evaluateCluster, evaluateSubscription, fillNames, type EvaluateOptions } from '../../shared/evaluate/evaluate';
import type { Subject } from '../../shared/model/baseline';
import {
  clusterCheck,
  fail,
  nodePoolCheck,
  notApplicable,
  pass,
  stopped,
  subscriptionCheck,
  unknown,
  type Check,
  type Profile,
} from '../../shared/model/check';
import type { Finding } from '../../shared/model/finding';
import type { Json } from '../../shared/model/json';
import { shellWord } from '../../shared/model/shell';
import { days, defaultsOf, list, type ParamValues } from '../../shared/model/params';
import type { ClusterSnapshot, UnreadReason } from '../../shared/model/snapshot';
import { cluster, CLUSTER_ID, pool, snapshotOf, SUBJECT } from '../support/evidence';

const NOW = new Date('2026-11-24T06:00:00.000Z');

const META = {
  title: 'It is good',
  category: 'network',
  severity: 'medium',
  checklistItem: 'S1',
  rationale: 'Because.',
  remediation: 'az aks update -n {cluster}',
  references: ['https://example.com'],
} as const;

const kubernetesVersions = [{ version: '1.34', isPreview: false, supportPlans: [] }];

/** Of a check with a need. */
const needing = clusterCheck({
  ...{ ...META, id: 'needing', needs: ['kubernetesVersions'] },
  evaluate: ({ kubernetesVersions: read }) => pass(`Read ${read.length}.`),
});

/** Of a check that goes without. */
const using = clusterCheck({
  ...{ ...META, id: 'using', uses: ['kubernetesVersions'] },
  evaluate: ({ kubernetesVersions: read }) =>
    pass(read.ok ? `Read ${read.value.length}.` : `Without: ${read.unread.reason}.`),
});

const throwing = clusterCheck({
  ...{ ...META, id: 'throwing' },
  evaluate: () => {
    throw new TypeError('x is not a function');
  },
});

const perPool = nodePoolCheck({
  ...{
    ...META,
    id: 'per-pool',
    remediation: 'az aks nodepool update -g {resourceGroup} --cluster-name {cluster} -n {nodePool}',
  },
  evaluate: ({ pool: { name, osType } }) => (osType === 'Linux' ? pass(`${name} is good.`) : fail(`${name} is bad.`)),
});

interface Options {
  readonly params?: ParamValues;
  readonly profile?: Profile;
  readonly history?: (checkId: string, nodePool: string | null) => Json;
}

function optionsOf({ params, profile = 'standard', history = () => null }: Options): {
  now: Date;
  baseline: EvaluateOptions['baseline'];
  subject: Subject;
  history: (checkId: string, nodePool: string | null) => Json;
} {
  const baseline: EvaluateOptions['baseline'] = {
    profile,
    expectationOf: (check) => ({
      enabled: true,
      params: { ...defaultsOf(check.params), ...params },
      severity: 'critical',
      hash: 'e7',
    }),
  };
  return { now: NOW, baseline, subject: SUBJECT, history };
}

function judge(check: Check | readonly Check[], snapshot: ClusterSnapshot, options: Options = {}): Finding[] {
  return evaluateCluster([check].flat(), snapshot, optionsOf(options));
}

describe('sections', () => {
  it('that are needed and read are handed over', () => {
    expect(judge(needing, snapshotOf({ kubernetesVersions }))).toMatchObject([{ outcome: 'pass', message: 'Read 1.' }]);
  });

  it.each<UnreadReason>([
    ...(['forbidden', 'notFound', 'throttled', 'unavailable'] as const),
    ...(['timeout', 'unreachable', 'invalid', 'disabled'] as const),
  ])('that are needed and unread give unknown: %s', (reason) => {
    const unread = { source: 'kubernetesVersions' as const, scope: 'westeurope', reason, detail: 'Said so.' };
    const snapshot = { ...snapshotOf({}), sections: { kubernetesVersions: { ok: false as const, unread } } };

    expect(judge(needing, snapshot)).toMatchObject([
      {
        ...{ outcome: 'unknown', reason, observed: null, watched: null, dueOn: null, remember: null },
        message: `kubernetesVersions could not be read (${reason}): Said so.`,
      },
    ]);
  });

  it('that are needed and that the scan does not collect give unknown', () => {
    expect(judge(needing, snapshotOf({}))).toMatchObject([
      {
        ...{ outcome: 'unknown', reason: 'disabled' },
        message: 'kubernetesVersions could not be read (disabled): This scan did not collect it.',
      },
    ]);
  });

  it('that are used and read are handed over', () => {
    expect(judge(using, snapshotOf({ kubernetesVersions }))).toMatchObject([{ outcome: 'pass', message: 'Read 1.' }]);
  });

  it('that are used and unread leave it to the check', () => {
    expect(judge(using, snapshotOf({}, ['kubernetesVersions']))).toMatchObject([
      { outcome: 'pass', reason: null, message: 'Without: forbidden.' },
    ]);
  });

  it('that are used and not collected leave it to the check', () => {
    expect(judge(using, snapshotOf({}))).toMatchObject([{ outcome: 'pass', message: 'Without: disabled.' }]);
  });

  it('of a pool are those of that pool, and else those of its cluster', () => {
    const check = nodePoolCheck({
      ...{ ...META, id: 'pool-sections', needs: ['upgradeProfiles', 'kubernetesVersions'] },
      evaluate: ({ upgradeProfiles, kubernetesVersions: read }) =>
        pass(`${upgradeProfiles.latestNodeImageVersion ?? 'none'} ${read.length}`),
    });
    const unread = { source: 'upgradeProfiles' as const, scope: 'p2', reason: 'notFound' as const, detail: '404' };
    const snapshot: ClusterSnapshot = {
      cluster: cluster({ nodePools: [pool({ name: 'p1' }), pool({ name: 'p2' }), pool({ name: 'p3' })] }),
      sections: { kubernetesVersions: { ok: true, value: kubernetesVersions } },
      nodePools: new Map([
        ['p1', { upgradeProfiles: { ok: true, value: { latestNodeImageVersion: 'img-1' } } }],
        ['p2', { upgradeProfiles: { ok: false, unread } }],
      ]),
    };

    expect(judge(check, snapshot)).toMatchObject([
      { nodePool: 'p1', outcome: 'pass', message: 'img-1 1' },
      { nodePool: 'p2', outcome: 'unknown', reason: 'notFound' },
      { nodePool: 'p3', outcome: 'unknown', reason: 'disabled' },
    ]);
  });

  it('that were not declared are not handed over', () => {
    let handed: string[] = [];
    const check = clusterCheck({
      ...{ ...META, id: 'nosy', needs: ['kubernetesVersions'] },
      evaluate: (evidence) => {
        handed = Object.keys(evidence);
        return pass('Seen.');
      },
    });
    judge(check, snapshotOf({ kubernetesVersions, assessments: [], policyStates: [] }));

    expect(handed.sort()).toEqual(['cluster', 'history', 'kubernetesVersions']);
  });
});

describe('a check that throws', () => {
  it('gives an error, and the others are judged', () => {
    expect(judge([needing, throwing, perPool], snapshotOf({ kubernetesVersions }))).toMatchObject([
      { checkId: 'needing', outcome: 'pass' },
      {
        ...{ checkId: 'throwing', outcome: 'error', reason: null, observed: null, watched: null },
        message: 'The check failed: x is not a function',
      },
      { checkId: 'per-pool', outcome: 'pass' },
    ]);
  });

  it('for one pool leaves the other pools judged', () => {
    const check = nodePoolCheck({
      ...{ ...META, id: 'picky' },
      evaluate: ({ pool: { name } }) => {
        if (name === 'p1') {
          throw new Error('no');
        }
        return pass('Good.');
      },
    });
    const snapshot = snapshotOf({ cluster: { nodePools: [pool({ name: 'p1' }), pool({ name: 'p2' })] } });

    expect(judge(check, snapshot).map(({ outcome }) => outcome)).toEqual(['error', 'pass']);
  });

  it('something else than an Error is an error too', () => {
    const check = { ...throwing, evaluate: () => Promise.reject.call(null, 'x') as never };

    expect(judge(check, snapshotOf({}))).toMatchObject([{ outcome: 'error' }]);
  });
});

describe('a property of the wrong kind', () => {
  const body = (properties: object): ClusterSnapshot => ({
    cluster: normaliseCluster({ id: CLUSTER_ID, location: 'westeurope', properties }).cluster,
    ...{ sections: {}, nodePools: new Map() },
  });
  const reading = clusterCheck({
    ...{ ...META, id: 'reading' },
    evaluate: ({ cluster: { disableLocalAccounts } }) => (disableLocalAccounts === true ? pass('Off.') : fail('On.')),
  });
  const deep = clusterCheck({
    ...{ ...META, id: 'deep' },
    evaluate: ({ cluster: { apiServerAccessProfile } }) =>
      apiServerAccessProfile?.enablePrivateCluster === true ? pass('Private.') : fail('Public.'),
  });

  it('is unknown: invalid for the checks that read it, and names the property', () => {
    expect(judge([reading, deep], body({ disableLocalAccounts: 'yes', agentPoolProfiles: [] }))).toMatchObject([
      {
        ...{ checkId: 'reading', outcome: 'unknown', reason: 'invalid' },
        message: 'properties.disableLocalAccounts: expected a boolean, got a string.',
      },
      { checkId: 'deep', outcome: 'fail' },
    ]);
  });

  it('is named with its path', () => {
    expect(judge(deep, body({ apiServerAccessProfile: { enablePrivateCluster: 1 } }))).toMatchObject([
      {
        ...{ outcome: 'unknown', reason: 'invalid' },
        message: 'properties.apiServerAccessProfile.enablePrivateCluster: expected a boolean, got a number.',
      },
    ]);
  });

  it('of one pool leaves the other pools judged', () => {
    const agentPoolProfiles = [
      { name: 'p1', mode: 'System', osType: 7 },
      { name: 'p2', mode: 'User', osType: 'linux' },
    ];

    expect(judge(perPool, body({ agentPoolProfiles }))).toMatchObject([
      {
        ...{ nodePool: 'p1', outcome: 'unknown', reason: 'invalid' },
        message: 'properties.agentPoolProfiles[0].osType: expected a string, got a number.',
      },
      { nodePool: 'p2', outcome: 'pass' },
    ]);
  });

  it('is unknown: invalid where it decides whether a check is about the pool', () => {
    const choosy = nodePoolCheck({
      ...{ ...META, id: 'choosy' },
      isAbout: ({ osType }) => osType === 'Linux',
      evaluate: () => pass('Good.'),
    });
    const agentPoolProfiles = [{ name: 'p1', osType: 7 }, { name: 'p2', osType: 'linux' }, { name: 'p3' }];

    expect(judge([choosy, deep], body({ agentPoolProfiles }))).toMatchObject([
      {
        ...{ checkId: 'choosy', nodePool: 'p1', outcome: 'unknown', reason: 'invalid' },
        message: 'properties.agentPoolProfiles[0].osType: expected a string, got a number.',
      },
      { nodePool: 'p2', outcome: 'pass' },
      { checkId: 'deep' },
    ]);
  });

  it('that is null is absent', () => {
    expect(judge(reading, body({ disableLocalAccounts: null }))).toMatchObject([{ outcome: 'fail' }]);
  });
});

describe('subjects', () => {
  it('every pool is judged, and not only the first', () => {
    const nodePools = ['Linux', 'Windows', 'Linux', 'Windows'].map((osType, index) =>
      pool({ name: `p${index}`, osType }),
    );

    expect(judge(perPool, snapshotOf({ cluster: { nodePools } }))).toMatchObject([
      { nodePool: 'p0', outcome: 'pass' },
      { nodePool: 'p1', outcome: 'fail', message: 'p1 is bad.' },
      { nodePool: 'p2', outcome: 'pass' },
      { nodePool: 'p3', outcome: 'fail', message: 'p3 is bad.' },
    ]);
  });

  it('pools without an array have no findings; the cluster has its own', () => {
    const poolless = cluster();
    Reflect.deleteProperty(poolless, 'nodePools');
    const snapshot: ClusterSnapshot = { cluster: poolless, sections: {}, nodePools: new Map() };

    expect(judge([perPool, using], snapshot)).toMatchObject([{ checkId: 'using', nodePool: null }]);
  });

  it('an empty array of pools has no findings', () => {
    expect(judge(perPool, snapshotOf({ cluster: { nodePools: [] } }))).toEqual([]);
  });

  it('a check of the subscription gives one finding there, and none for a cluster', () => {
    const check = subscriptionCheck({
      ...{
        ...META,
        id: 'plan',
        needs: ['defenderPlan'],
        remediation: 'az security --subscription {subscriptionId} {cluster}',
      },
      evaluate: ({ defenderPlan }) => fail(defenderPlan.pricingTier),
    });
    const sections = { defenderPlan: { ok: true as const, value: { pricingTier: 'Free', extensions: [] } } };

    expect(judge(check, snapshotOf({}))).toEqual([]);
    expect(evaluateSubscription([check, needing, perPool], { sections }, optionsOf({}))).toMatchObject([
      {
        ...{ checkId: 'plan', nodePool: null, outcome: 'fail', message: 'Free' },
        remediation: 'az security --subscription 11111111-1111-1111-1111-111111111111 {cluster}',
      },
    ]);
    expect(evaluateSubscription([check], { sections: {} }, optionsOf({}))).toMatchObject([
      { outcome: 'unknown', reason: 'disabled' },
    ]);
  });
});

describe('what a check is given', () => {
  const telling = clusterCheck({
    ...{
      ...META,
      id: 'telling',
      params: { days: days(14, 'of grace'), names: list(['x'], 'Names', { items: 'text', stricter: 'longer' }) },
    },
    evaluate: ({ history }, { params, profile, now }) =>
      pass(JSON.stringify({ params, profile, now: now.toISOString(), history })),
  });

  it('parameters and profile come from the baseline, the moment from the run, the history from the state', () => {
    const history = (checkId: string, nodePool: string | null): Json => [checkId, nodePool];
    const [finding] = judge(telling, snapshotOf({}), { params: { days: 3 }, profile: 'strict', history });

    expect(JSON.parse(finding?.message ?? '')).toEqual({
      ...{ params: { days: 3, names: ['x'] }, profile: 'strict' },
      ...{ now: NOW.toISOString(), history: ['telling', null] },
    });
  });

  it('the history of a pool is its own', () => {
    const check = nodePoolCheck({ ...META, id: 'past', evaluate: ({ history }) => pass(JSON.stringify(history)) });
    const snapshot = snapshotOf({ cluster: { nodePools: [pool({ name: 'p1' }), pool({ name: 'p2' })] } });

    expect(judge(check, snapshot, { history: (_, nodePool) => nodePool })).toMatchObject([
      { message: '"p1"' },
      { message: '"p2"' },
    ]);
  });

  it('a method of the check finds the check', () => {
    const check = clusterCheck({
      ...{ ...META, id: 'self' },
      evaluate() {
        return pass((this as unknown as { title: string }).title);
      },
    });

    expect(judge(check, snapshotOf({}))).toMatchObject([{ message: 'It is good' }]);
  });
});

describe('a finding', () => {
  const saying = (verdict: ReturnType<typeof pass>, revision = 3): Check =>
    clusterCheck({ ...META, id: 'saying', revision, evaluate: () => verdict });

  it.each([
    ['pass', pass('Good.'), { outcome: 'pass', reason: null }],
    ['fail', fail('Bad.'), { outcome: 'fail', reason: null }],
    ['notApplicable', notApplicable('Not here.'), { outcome: 'notApplicable', reason: null }],
    ['stopped', stopped('It does not run.'), { outcome: 'notApplicable', reason: 'stopped' }],
    ['unknown', unknown('notVisible', 'x is missing.'), { outcome: 'unknown', reason: 'notVisible' }],
  ])('carries what the check says: %s', (_, verdict, expected) => {
    expect(judge(saying(verdict), snapshotOf({}))).toMatchObject([{ ...expected, message: verdict.message }]);
  });

  it('has the defaults of the check where the verdict says nothing', () => {
    expect(judge(saying(fail('Bad.')), snapshotOf({}))).toEqual([
      {
        ...{ checkId: 'saying', nodePool: null, outcome: 'fail', reason: null, message: 'Bad.' },
        ...{ observed: null, watched: null, severity: 'medium', dueOn: null, remediation: 'az aks update -n c1' },
        ...{ remember: null, revision: 3, expectation: 'e7' },
      },
    ]);
  });

  it('has what the verdict says in place of the defaults', () => {
    const said = {
      observed: 1,
      watched: ['x'],
      severity: 'high',
      dueOn: '2027-01-01T00:00:00Z',
      remediation: 'kubectl get -n {cluster}',
      remember: { n: 1 },
    } as const;

    expect(judge(saying(fail('Bad.', said)), snapshotOf({}))).toMatchObject([
      { ...said, remediation: 'kubectl get -n c1' },
    ]);
  });

  it('has the severity of the check, and not that of the baseline file, which is told beside it', () => {
    expect(judge(saying(fail('Bad.')), snapshotOf({}))).toMatchObject([{ severity: 'medium' }]);
  });

  it('names its subject in the remediation', () => {
    expect(judge(perPool, snapshotOf({ pool: { name: 'p7' } }))).toMatchObject([
      { remediation: 'az aks nodepool update -g rg1 --cluster-name c1 -n p7' },
    ]);
  });

  it('keeps a name one word of the shell, whatever it holds', () => {
    expect(fillNames('az -g {resourceGroup}', { resourceGroup: 'rg(prod)' })).toBe("az -g 'rg(prod)'");
    // What was quoted before is not filled in.
    expect(fillNames(shellWord('a={cluster}'), { cluster: 'c1' })).toBe("'a={''cluster}'");
  });

  it('leaves placeholders that have no name', () => {
    expect(fillNames('{cluster} {nodePool} {{cluster}}', { cluster: 'c1' })).toBe('c1 {nodePool} {c1}');
  });
});
