import { systemPoolIsolated } from '../../../shared/checks/configuration/system-pool-isolated';
import { evaluateCluster } from '../../../shared/evaluate/evaluate';
import { defaultBaseline } from '../../../shared/config/baseline';
import { describeCheck, NOW } from '../../support/describe-check';
import { pool, snapshotOf, SUBJECT, type Given } from '../../support/evidence';

const tainted = (...nodeTaints: string[]): Given => ({ pool: { nodeTaints } });
const isolated = 'A taint keeps other pods off the system pool.';
const open = 'No taint CriticalAddonsOnly=true:NoSchedule keeps other pods off the system pool.';
const command = (taints: string): string =>
  `az aks nodepool update --subscription 11111111-1111-1111-1111-111111111111 --resource-group rg1 --cluster-name c1 --name pool1 --node-taints ${taints}`;

describeCheck(systemPoolIsolated, {
  pass: [
    { when: 'the taint is there', given: tainted('CriticalAddonsOnly=true:NoSchedule'), says: isolated, watched: null },
    { when: 'it evicts too', given: tainted('a=b:NoSchedule', 'CriticalAddonsOnly=true:NoExecute'), says: isolated },
    { when: 'it has no value', given: tainted('CriticalAddonsOnly:NoSchedule'), says: isolated },
    {
      when: 'the cluster is stopped: taints are configuration',
      given: { ...tainted('CriticalAddonsOnly=true:NoSchedule'), cluster: { powerState: { code: 'Stopped' } } },
      says: isolated,
    },
  ],
  fail: [
    {
      when: 'never set, though it is the only pool',
      given: {},
      says: open,
      remediation: command('CriticalAddonsOnly=true:NoSchedule'),
    },
    { when: 'there are no taints', given: tainted(), says: open },
    {
      when: 'there is another taint (APRL 5ee083cd is content with any)',
      given: tainted('sku=gpu:NoSchedule'),
      says: open,
      remediation: command('sku=gpu:NoSchedule,CriticalAddonsOnly=true:NoSchedule'),
    },
    {
      when: 'the taint only prefers other pools',
      given: tainted('CriticalAddonsOnly=true:PreferNoSchedule'),
      says: open,
    },
    {
      when: 'the key has another letter case, which Kubernetes does not take for the same',
      given: tainted('criticaladdonsonly=true:NoSchedule'),
      says: open,
    },
    { when: 'the key only begins alike', given: tainted('CriticalAddonsOnlyNot=true:NoSchedule'), says: open },
    { when: 'a pool of AKS Automatic has none', given: { cluster: { sku: { name: 'Automatic' } } }, says: open },
  ],
  unknown: [
    {
      when: 'the pool does not say its mode',
      given: { cluster: { nodePools: [{ name: 'pool1', nodeTaints: ['CriticalAddonsOnly=true:NoSchedule'] }] } },
      reason: 'notVisible',
      says: 'properties.agentPoolProfiles[].mode is missing.',
    },
  ],
});

it('is about every system pool and no other', () => {
  const nodePools = [
    pool({ name: 'system1' }),
    pool({ name: 'user1', mode: 'User' }),
    pool({ name: 'system2', nodeTaints: ['CriticalAddonsOnly=true:NoSchedule'] }),
    pool({ name: 'gateway', mode: 'Gateway' }),
  ];
  const options = { now: new Date(NOW), baseline: defaultBaseline(), subject: SUBJECT, history: () => null };
  const findings = evaluateCluster([systemPoolIsolated], snapshotOf({ cluster: { nodePools } }), options);

  expect(findings.map(({ nodePool, outcome }) => [nodePool, outcome])).toEqual([
    ['system1', 'fail'],
    ['system2', 'pass'],
  ]);
});
