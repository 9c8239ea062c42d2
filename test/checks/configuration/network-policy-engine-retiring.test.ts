import type { Cluster, NodePool } from '../../../shared/model/cluster';
import { networkPolicyEngineRetiring } from '../../../shared/checks/configuration/network-policy-engine-retiring';
import { describeCheck } from '../../support/describe-check';
import { pool, type Given } from '../../support/evidence';

const engine = (networkProfile: Cluster['networkProfile'] & object, more: Partial<Cluster> = {}): Given => ({
  cluster: { networkProfile, ...more },
});
const npm = (...pools: Partial<NodePool>[]): Given =>
  engine({ networkPlugin: 'azure', networkPolicy: 'azure' }, { nodePools: pools.map((one) => pool(one)) });
const withWindows = npm({}, { name: 'win', osType: 'Windows' });

const UNSEEN = { nodePools: undefined } as unknown as Partial<Cluster>;
const UNTOLD = { osType: undefined } as unknown as Partial<NodePool>;

const not = (name: string): string => `The network policy engine is ${name}, and not Azure Network Policy Manager.`;
const LINUX = 'Azure Network Policy Manager on Linux will be retired on 2028-09-30';
const UPDATE = 'az aks update --subscription 11111111-1111-1111-1111-111111111111 --resource-group rg1 --name c1';

describeCheck(networkPolicyEngineRetiring, {
  pass: [
    { when: 'never set', given: {}, says: not('none') },
    { when: 'the word none is given', given: engine({ networkPolicy: 'none' }), says: not('none') },
    { when: 'the name is empty', given: engine({ networkPolicy: '' }), says: not('none') },
    { when: 'calico', given: engine({ networkPlugin: 'kubenet', networkPolicy: 'calico' }), says: not('calico') },
    { when: 'cilium', given: engine({ networkPolicy: 'cilium', networkDataplane: 'cilium' }), says: not('cilium') },
    {
      when: 'the data plane cilium enforces the policies, whatever engine is named',
      given: engine({ networkPolicy: 'azure', networkDataplane: 'cilium' }),
      says: not('cilium'),
    },
    { when: 'the cluster brings its own CNI', given: engine({ networkPlugin: 'none' }), says: not('none') },
    { when: 'never set on AKS Automatic', given: { cluster: { sku: { name: 'Automatic' } } }, says: not('cilium') },
    {
      when: 'no engine, with a Windows pool',
      given: { cluster: { networkProfile: { networkPlugin: 'azure' } }, pool: { osType: 'Windows' } },
      says: not('none'),
    },
    {
      when: 'Azure on Linux, long before its end',
      given: npm({}),
      says: `${LINUX}, which is still far.`,
      dueOn: '2028-04-03T00:00:00.000Z',
      watched: null,
    },
    {
      when: 'Azure on Windows, a millisecond before the half year of notice',
      given: withWindows,
      now: '2026-04-02T23:59:59.999Z',
      says: 'Azure Network Policy Manager on Windows will be retired on 2026-09-30, which is still far.',
      dueOn: '2026-04-03T00:00:00.000Z',
    },
  ],
  fail: [
    {
      when: 'Azure, and one pool of several runs Windows',
      given: withWindows,
      says: 'Azure Network Policy Manager on Windows was retired on 2026-09-30.',
      remediation: `${UPDATE} --network-policy none && ${UPDATE} --network-policy calico`,
      watched: null,
    },
    {
      when: 'the cluster is stopped, because that is configuration',
      given: engine(
        { networkPolicy: 'azure' },
        { powerState: { code: 'Stopped' }, nodePools: [pool({ osType: 'Windows' })] },
      ),
      says: 'Azure Network Policy Manager on Windows was retired on 2026-09-30.',
    },
    {
      when: 'a pool runs Windows, and another does not tell',
      given: npm({ osType: 'Solaris' }, { osType: 'Windows' }),
      says: 'Azure Network Policy Manager on Windows was retired on 2026-09-30.',
    },
    {
      when: 'Azure on Windows within the half year of notice',
      given: withWindows,
      now: '2026-04-03T00:00:00.000Z',
      says: 'Azure Network Policy Manager on Windows will be retired on 2026-09-30.',
      dueOn: '2026-09-30T00:00:00.000Z',
    },
    {
      when: 'Azure on Linux within the half year of notice',
      given: npm({}),
      now: '2028-04-03T00:00:00.000Z',
      says: `${LINUX}.`,
      dueOn: '2028-09-30T00:00:00.000Z',
      remediation: `${UPDATE} --network-policy cilium --network-dataplane cilium`,
    },
    {
      when: 'Azure on Linux after its end',
      given: npm({}),
      now: '2028-09-30T00:00:00.000Z',
      says: 'Azure Network Policy Manager on Linux was retired on 2028-09-30.',
    },
  ],
  unknown: [
    {
      when: 'the engine is not known',
      given: engine({ networkPolicy: 'weave' }),
      says: 'properties.networkProfile.networkPolicy is weave: not known.',
      reason: 'invalid',
    },
    {
      when: 'Azure, and the pools could not be seen',
      given: { cluster: { networkProfile: { networkPolicy: 'azure' }, ...UNSEEN } },
      says: 'properties.agentPoolProfiles is missing, or shows no pool.',
      reason: 'notVisible',
    },
    {
      when: "Azure, and no pool is somebody's to judge",
      given: npm(),
      says: 'properties.agentPoolProfiles is missing, or shows no pool.',
      reason: 'notVisible',
    },
    {
      when: 'Azure, and a pool does not tell its operating system',
      given: npm({}, UNTOLD),
      says: 'properties.agentPoolProfiles[].osType is missing.',
      reason: 'notVisible',
    },
    {
      when: 'Azure, and a pool runs what nobody knows',
      given: npm({}, { osType: 'Solaris' }),
      says: 'properties.agentPoolProfiles[].osType is Solaris: not known.',
      reason: 'invalid',
    },
  ],
});
