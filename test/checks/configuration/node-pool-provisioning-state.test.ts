import { nodePoolProvisioningState } from '../../../shared/checks/configuration/node-pool-provisioning-state';
import type { Cluster } from '../../../shared/model/cluster';
import { describeCheck, NOW } from '../../support/describe-check';
import type { Given } from '../../support/evidence';

const SINCE = '2026-11-23T06:30:00.000Z';
const DUE = '2026-11-24T06:30:00.000Z';
const history = { state: 'Scaling', since: SINCE };

const state = (provisioningState: string, cluster: Partial<Cluster> = {}): Given => ({
  cluster,
  pool: { provisioningState },
});

describeCheck(nodePoolProvisioningState, {
  pass: [
    {
      when: 'Succeeded',
      given: state('Succeeded'),
      says: 'The provisioning state is Succeeded.',
      remember: { state: 'Succeeded', since: NOW },
      watched: null,
    },
    {
      when: 'Succeeded, although the cluster failed',
      given: state('succeeded', { provisioningState: 'Failed' }),
      says: 'The provisioning state is Succeeded.',
    },
    {
      when: 'in motion and seen for the first time',
      given: state('Scaling'),
      says: `The provisioning state has been Scaling since ${NOW}, which is normal for up to 24 hours.`,
      dueOn: '2026-11-25T06:00:00.000Z',
      remember: { state: 'Scaling', since: NOW },
    },
    {
      when: 'in motion for a millisecond less than 24 hours',
      given: state('Scaling'),
      history,
      now: '2026-11-24T06:29:59.999Z',
      says: `The provisioning state has been Scaling since ${SINCE}, which is normal for up to 24 hours.`,
      dueOn: DUE,
    },
    {
      when: 'in a state that nobody has heard of',
      given: state('Dreaming'),
      says: `The provisioning state has been Dreaming since ${NOW}, which is normal for up to 24 hours.`,
      dueOn: '2026-11-25T06:00:00.000Z',
    },
  ],
  fail: [
    {
      when: 'Failed, although the cluster succeeded',
      given: state('Failed', { provisioningState: 'Succeeded' }),
      says: 'The provisioning state is Failed.',
      severity: 'high',
    },
    {
      when: 'Failed with a reason',
      given: {
        pool: { provisioningState: 'Failed', status: { provisioningError: { message: 'No cores are left.' } } },
      },
      says: 'The provisioning state is Failed: No cores are left.',
    },
    {
      when: 'Canceled, on a stopped Windows pool',
      given: { pool: { provisioningState: 'Canceled', osType: 'Windows', powerState: { code: 'Stopped' } } },
      says: 'The provisioning state is Canceled.',
      severity: 'medium',
    },
    {
      when: 'a Gateway pool failed on AKS Automatic',
      given: {
        cluster: { sku: { name: 'Automatic' } },
        pool: { provisioningState: 'Failed', mode: 'Gateway' },
      },
      says: 'The provisioning state is Failed.',
    },
    {
      when: 'in motion for 24 hours',
      given: state('Scaling'),
      history,
      now: DUE,
      says: `The provisioning state has been Scaling since ${SINCE}, longer than 24 hours.`,
      severity: 'medium',
      remember: history,
      remediation:
        'az aks nodepool operation-abort --subscription 11111111-1111-1111-1111-111111111111 --resource-group rg1 --cluster-name c1 --name pool1',
    },
    {
      when: 'the baseline is less patient',
      given: state('Scaling'),
      history,
      params: { maxHours: 12 },
      says: `The provisioning state has been Scaling since ${SINCE}, longer than 12 hours.`,
      severity: 'medium',
    },
  ],
  unknown: [
    {
      when: 'never set',
      given: {},
      history,
      says: 'properties.agentPoolProfiles[].provisioningState is missing.',
      reason: 'notVisible',
    },
  ],
});
