import { unknown } from '../model/check';

/** Azure Policy has not looked, which is no compliance. The collector asks for the states of the last week. */
export const NEVER_EVALUATED = unknown(
  'notEvaluated',
  'No policy assignment has been evaluated for this cluster in the last 7 days: it has no policyStates.',
);
