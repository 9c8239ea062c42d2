import { policyCompliance } from '../../../shared/checks/policy/policy-compliance';
import type { PolicyState } from '../../../shared/model/snapshot';
import { describeCheck } from '../../support/describe-check';

const PRIVATE = '040732e8-d947-40b8-95d6-854c95024bf8';
const RANGES = '0e246bcf-5f6f-4f87-bc6f-775d4712c7ea';
const SCOPE = '/subscriptions/11111111-1111-1111-1111-111111111111';

function state(complianceState: string, more: Partial<PolicyState> = {}): PolicyState {
  return {
    assignmentId: `${SCOPE}/providers/microsoft.authorization/policyassignments/baseline`,
    assignmentName: 'baseline',
    definitionId: `/providers/microsoft.authorization/policydefinitions/${PRIVATE}`,
    referenceId: '',
    complianceState,
    evaluatedAt: '2026-11-24T00:00:00.000Z',
    ...more,
  };
}

const ranges = { definitionId: `/providers/microsoft.authorization/policydefinitions/${RANGES}` };
const rule = (number: number): PolicyState => state('NonCompliant', { referenceId: `r${number}` });

describeCheck(policyCompliance, {
  pass: [
    {
      when: 'all are Compliant',
      given: { policyStates: [state('Compliant'), state('Compliant', ranges)] },
      says: 'The cluster complies with every assigned policy (2 Compliant, 0 waived as Exempt).',
      watched: [],
    },
    {
      when: 'the letter case is another',
      given: { policyStates: [state('COMPLIANT')] },
      says: 'The cluster complies with every assigned policy (1 Compliant, 0 waived as Exempt).',
    },
    {
      when: 'what it breaks is exempt',
      given: { policyStates: [state('Compliant'), state('Exempt', ranges)] },
      says: 'The cluster complies with every assigned policy (1 Compliant, 1 waived as Exempt).',
      watched: [],
    },
  ],
  fail: [
    {
      when: 'one is NonCompliant',
      given: { policyStates: [state('Compliant'), state('NonCompliant', ranges)] },
      says: `The cluster breaks 1 of 2 assigned policies: baseline/${RANGES}.`,
      watched: [`baseline/${RANGES}`],
    },
    {
      when: 'another has no verdict yet',
      given: { policyStates: [state('NotStarted'), state('noncompliant', ranges)] },
      says: `The cluster breaks 1 of 2 assigned policies: baseline/${RANGES}.`,
      watched: [`baseline/${RANGES}`],
    },
    {
      when: 'two assignments of one policy are NonCompliant (azqr merges them)',
      given: { policyStates: [state('NonCompliant', { assignmentName: 'Strict' }), state('NonCompliant')] },
      says: `The cluster breaks 2 of 2 assigned policies: baseline/${PRIVATE}, strict/${PRIVATE}.`,
      watched: [`baseline/${PRIVATE}`, `strict/${PRIVATE}`],
    },
    {
      when: 'an initiative holds one policy several times',
      given: { policyStates: [4, 3, 2, 1].map(rule) },
      says: `The cluster breaks 4 of 4 assigned policies: baseline/${PRIVATE}/r1, baseline/${PRIVATE}/r2, baseline/${PRIVATE}/r3 and 1 more.`,
      watched: [1, 2, 3, 4].map((number) => `baseline/${PRIVATE}/r${number}`),
    },
    {
      when: 'assignments of one name in two scopes are NonCompliant',
      given: { policyStates: [state('NonCompliant'), state('NonCompliant', { assignmentId: 'other' })] },
      says: `The cluster breaks 2 of 2 assigned policies: baseline/${PRIVATE}.`,
      watched: [`baseline/${PRIVATE}`],
    },
  ],
  unknown: [
    {
      when: 'nothing was evaluated',
      given: { policyStates: [] },
      reason: 'notEvaluated',
      says: 'No policy assignment has been evaluated for this cluster in the last 7 days: it has no policyStates.',
    },
    {
      when: 'some have no verdict',
      given: { policyStates: [state('Compliant'), state('NotStarted'), state('Conflict', ranges)] },
      reason: 'notEvaluated',
      says: 'properties.complianceState of 2 of 3 assigned policies says neither yes nor no: Conflict, NotStarted.',
    },
    {
      when: 'the state is new to us',
      given: { policyStates: [state('Protected')] },
      reason: 'notEvaluated',
      says: 'properties.complianceState of 1 of 1 assigned policies says neither yes nor no: Protected.',
    },
  ],
});

it('watches every broken policy and shows 50 of them, with their number', () => {
  const policyStates = Array.from({ length: 60 }, (_, number) => rule(number));
  const evidence = { policyStates } as unknown as Parameters<typeof policyCompliance.evaluate>[0];
  const verdict = policyCompliance.evaluate(evidence, { params: {}, profile: 'standard', now: new Date(0) });
  expect(verdict.watched).toHaveLength(60);
  expect(verdict.observed).toMatchObject({ nonCompliant: 60 });
  expect((verdict.observed as { listed: unknown[] }).listed).toHaveLength(50);
});
