import { policyStateFresh } from '../../../shared/checks/policy/policy-state-fresh';
import type { PolicyState } from '../../../shared/model/snapshot';
import { describeCheck } from '../../support/describe-check';

function state(evaluatedAt: string): PolicyState {
  return {
    assignmentId: '/providers/microsoft.authorization/policyassignments/a',
    assignmentName: 'a',
    definitionId: '/providers/microsoft.authorization/policydefinitions/d',
    referenceId: '',
    complianceState: 'Compliant',
    evaluatedAt,
  };
}

const given = { policyStates: [state('2026-11-20T06:00:00.000Z'), state('2026-11-23T06:00:00.000Z')] };
const says = (hours: number, limit = 48): string =>
  `The newest of 2 policy states is from 2026-11-23T06:00:00.000Z, ${hours} hours ago; the limit is ${limit} hours.`;

describeCheck(policyStateFresh, {
  pass: [
    {
      when: 'the newest state is a day old',
      given,
      says: says(24),
      dueOn: '2026-11-25T06:00:00.001Z',
      watched: null,
    },
    {
      when: 'the newest state is exactly 48 hours old',
      given,
      now: '2026-11-25T06:00:00.000Z',
      says: says(48),
      dueOn: '2026-11-25T06:00:00.001Z',
    },
    {
      when: 'the limit is a week',
      given,
      params: { maxAgeHours: 168 },
      now: '2026-11-28T06:00:00.000Z',
      says: says(120, 168),
      dueOn: '2026-11-30T06:00:00.001Z',
    },
  ],
  fail: [
    {
      when: 'the newest state is a millisecond older than 48 hours',
      given,
      now: '2026-11-25T06:00:00.001Z',
      says: says(48),
      watched: null,
    },
    {
      when: 'the limit is 12 hours',
      given,
      params: { maxAgeHours: 12 },
      says: says(24, 12),
    },
  ],
  unknown: [
    {
      when: 'nothing was evaluated',
      given: { policyStates: [] },
      reason: 'notEvaluated',
      says: 'No policy assignment has been evaluated for this cluster in the last 7 days: it has no policyStates.',
    },
  ],
});
