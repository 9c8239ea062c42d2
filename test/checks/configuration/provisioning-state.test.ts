import { provisioningState } from '../../../shared/checks/configuration/provisioning-state';
import { describeCheck, NOW } from '../../support/describe-check';

const updating = { cluster: { provisioningState: 'Updating' } };
const SINCE = '2026-11-23T06:30:00.000Z';
const DUE = '2026-11-24T06:30:00.000Z';
const history = { state: 'Updating', since: SINCE };
const PATIENT = `The provisioning state has been Updating since ${SINCE}, which is normal for up to 24 hours.`;
const NEW = `The provisioning state has been Updating since ${NOW}, which is normal for up to 24 hours.`;
const NEW_DUE = '2026-11-25T06:00:00.000Z';
const ABORT =
  'az aks operation-abort --subscription 11111111-1111-1111-1111-111111111111 --resource-group rg1 --name c1';

describeCheck(provisioningState, {
  pass: [
    {
      when: 'Succeeded',
      given: { cluster: { provisioningState: 'Succeeded' } },
      says: 'The provisioning state is Succeeded.',
      remember: { state: 'Succeeded', since: NOW },
    },
    {
      when: 'in motion and seen for the first time',
      given: updating,
      says: NEW,
      dueOn: NEW_DUE,
      remember: { state: 'Updating', since: NOW },
    },
    {
      when: 'in motion and seen before',
      given: updating,
      history,
      says: PATIENT,
      dueOn: DUE,
      remember: history,
    },
    {
      when: 'in motion for a millisecond less than 24 hours',
      given: updating,
      history,
      now: '2026-11-24T06:29:59.999Z',
      says: PATIENT,
      dueOn: DUE,
    },
    {
      when: 'in motion and seen before in other letters',
      given: updating,
      history: { ...history, state: 'UPDATING' },
      says: PATIENT,
      dueOn: DUE,
    },
    {
      when: 'another motion than the one that was seen',
      given: updating,
      history: { state: 'Upgrading', since: '2026-11-20T06:00:00.000Z' },
      says: NEW,
      dueOn: NEW_DUE,
      remember: { state: 'Updating', since: NOW },
    },
    {
      when: 'what was remembered cannot be read',
      given: updating,
      history: { state: 'Updating', since: 'yesterday' },
      says: NEW,
      dueOn: NEW_DUE,
    },
    {
      when: 'what was remembered has no date',
      given: updating,
      history: { state: 'Updating' },
      says: NEW,
      dueOn: NEW_DUE,
    },
    {
      when: 'the baseline is more patient',
      given: updating,
      history,
      params: { maxHours: 48 },
      now: DUE,
      says: `The provisioning state has been Updating since ${SINCE}, which is normal for up to 48 hours.`,
      dueOn: '2026-11-25T06:30:00.000Z',
    },
    {
      when: 'in a state that nobody has heard of',
      given: { cluster: { provisioningState: 'Dreaming' } },
      says: `The provisioning state has been Dreaming since ${NOW}, which is normal for up to 24 hours.`,
      dueOn: NEW_DUE,
    },
  ],
  fail: [
    {
      when: 'Failed',
      given: { cluster: { provisioningState: 'Failed' } },
      says: 'The provisioning state is Failed.',
      remember: { state: 'Failed', since: NOW },
    },
    {
      when: 'Failed with a reason',
      given: {
        cluster: {
          provisioningState: 'Failed',
          status: { provisioningError: { code: 'QuotaExceeded', message: 'No cores are left.' } },
        },
      },
      says: 'The provisioning state is Failed: No cores are left.',
    },
    {
      when: 'Canceled',
      given: { cluster: { provisioningState: 'Canceled' } },
      says: 'The provisioning state is Canceled.',
      severity: 'medium',
    },
    {
      when: 'in motion for 24 hours',
      given: updating,
      history,
      now: DUE,
      says: `The provisioning state has been Updating since ${SINCE}, longer than 24 hours.`,
      severity: 'medium',
      remember: history,
      remediation: ABORT,
    },
  ],
  unknown: [
    {
      when: 'never set',
      given: {},
      history,
      says: 'properties.provisioningState is missing.',
      reason: 'notVisible',
    },
  ],
});
