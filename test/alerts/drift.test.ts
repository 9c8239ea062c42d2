import { describeRule } from './describe-rule';
import { FORBIDDEN, RESOLVED, daily, state, type Sent } from './rows';

const CHECK = 'local-accounts-disabled';
const failing = (columns = {}): Sent => state({ at: '2 03:00', check: CHECK }, columns);
const ALERT = 'aks-a/local-accounts-disabled aks-a - local-accounts-disabled high team-a';

describeRule('drift', [
  { when: 'a high check regressed', rows: [failing()], alerts: [`${ALERT}: 2 03:15`] },
  {
    when: 'it is resolved',
    rows: [failing(), state({ at: '2 09:00', check: CHECK }, RESOLVED)],
    alerts: [`${ALERT}: 2 03:15 to 2 09:45`],
  },
  {
    when: 'three days of failed scans',
    rows: [failing(), ...daily(failing(), [3, 4, 5], FORBIDDEN)],
    until: '6 00:00',
    alerts: [`${ALERT}: 2 03:15`],
  },
]);
