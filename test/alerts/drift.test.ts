import { describeRule } from './describe-rule';
import { FORBIDDEN, RESOLVED, SUBSCRIPTION, daily, state, type Sent } from './rows';

const CHECK = 'local-accounts-disabled';
const ALERT = 'aks-a/local-accounts-disabled aks-a - local-accounts-disabled high team-a';
const POOL_ALERT = 'aks-a/npsystem/node-public-ip aks-a npsystem node-public-ip high team-a';

/** The finding at a moment of the second day. */
function failing(columns: Parameters<typeof state>[1] = {}, at = '2 03:00'): Sent {
  return state({ at, check: CHECK }, columns);
}

/** The finding after its last change. */
function changed(transition: string, cause: string, columns: Parameters<typeof state>[1] = {}): Sent {
  return state({ at: '2 03:00', check: CHECK, change: [transition, cause, '2 03:00'] }, columns);
}

/** The finding after a change that opened nothing. */
function otherwise(transition: string, cause: string, ...openedBy: readonly [transition: string, cause: string]): Sent {
  const opened = [...openedBy, '2 03:00'] as const;
  return state({ at: '2 05:00', check: CHECK, change: [transition, cause, '2 05:00'], opened });
}

const ENDS_SOON = { notAfter: '2026-11-20T00:00:00Z' };
const DAYS = [3, 4, 5];

describeRule('drift', [
  { when: 'a high check regressed', rows: [failing()], alerts: [`${ALERT}: 2 03:15`] },
  {
    when: 'of a node pool',
    rows: [state({ at: '2 03:00', check: 'node-public-ip', pool: 'npsystem' })],
    alerts: [`${POOL_ALERT}: 2 03:15`],
  },
  {
    when: 'of a subscription, whose owner nobody knows',
    rows: [state({ at: '2 03:00', check: CHECK, cluster: null }, { Owner: null })],
    alerts: [`local-accounts-disabled subscription ${SUBSCRIPTION} - local-accounts-disabled high -: 2 03:15`],
  },
  { when: 'a medium check regressed', rows: [failing({ Severity: 'medium' })], alerts: [] },
  { when: 'it worsened', rows: [changed('worsened', 'azure')], alerts: [`${ALERT}: 2 03:15`] },
  { when: 'a new version of the check finds it worse', rows: [changed('worsened', 'monitor')], alerts: [] },
  { when: 'its exemption passed', rows: [changed('exemptionExpired', 'time')], alerts: [`${ALERT}: 2 03:15`] },
  { when: 'a new cluster fails', rows: [changed('baseline', 'newSubject')], alerts: [`${ALERT}: 2 03:15`] },
  { when: 'it failed at the first read', rows: [changed('baseline', 'firstRead')], alerts: [] },
  { when: 'the baseline file asks for more', rows: [changed('regressed', 'expectation')], alerts: [] },
  { when: 'a new version of the check judges otherwise', rows: [changed('regressed', 'monitor')], alerts: [] },
  { when: 'it is exempt', rows: [failing({ Exempt: true })], alerts: [] },
  { when: 'it is muted', rows: [failing({ Muted: true })], alerts: [] },
  {
    when: 'it got worse under an exemption: news until the row of the day after next',
    rows: [
      changed('worsened', 'azure', { Exempt: true }),
      ...daily(changed('worsened', 'azure', { Exempt: true }), DAYS),
    ],
    until: '5 00:00',
    alerts: [`${ALERT}: 2 03:15 to 4 00:45`],
  },
  {
    when: 'it is told every day',
    rows: [failing(), ...daily(failing(), DAYS)],
    until: '6 00:00',
    alerts: [`${ALERT}: 2 03:15`],
  },
  {
    when: 'the scan fails for three days, and the subscription answers 403',
    rows: [failing(), ...daily(failing(), DAYS, FORBIDDEN)],
    until: '6 00:00',
    alerts: [`${ALERT}: 2 03:15`],
  },
  {
    when: 'the check throws',
    rows: [failing(), failing({ Outcome: 'error' }, '2 04:00')],
    alerts: [`${ALERT}: 2 03:15`],
  },
  {
    when: 'nothing is told for two days',
    rows: [failing()],
    until: '5 00:00',
    alerts: [`${ALERT}: 2 03:15 to 4 03:45`],
  },
  {
    when: 'the row comes twice, the second time hours later',
    rows: [failing(), state({ at: '2 03:00', sentAt: '2 08:00', check: CHECK })],
    alerts: [`${ALERT}: 2 03:15`],
  },
  {
    when: 'the row comes late',
    rows: [state({ at: '2 03:00', delay: 300, check: CHECK })],
    alerts: [`${ALERT}: 2 08:15`],
  },
  {
    when: 'the row of the failure comes after the row of its end',
    rows: [state({ at: '2 03:00', delay: 300, check: CHECK }), failing(RESOLVED, '2 04:00')],
    alerts: [],
  },
  {
    when: 'it passes again',
    rows: [failing(), failing(RESOLVED, '2 09:00')],
    alerts: [`${ALERT}: 2 03:15 to 2 09:45`],
  },
  {
    when: 'its cluster is deleted',
    rows: [failing(), failing({ Outcome: 'gone' }, '2 09:00')],
    alerts: [`${ALERT}: 2 03:15 to 2 09:45`],
  },
  {
    when: 'it is made exempt',
    rows: [failing(), failing({ Exempt: true }, '2 09:00')],
    alerts: [`${ALERT}: 2 03:15 to 2 09:45`],
  },
  {
    when: 'it regresses again after it was resolved',
    rows: [failing(), failing(RESOLVED, '2 09:00'), failing({}, '2 11:00')],
    alerts: [`${ALERT}: 2 03:15 to 2 09:45`, `${ALERT}: 2 11:15`],
  },
  {
    when: 'what fails changes, or is mended in part',
    rows: [
      failing(),
      state({ at: '2 05:00', check: CHECK, change: ['worsened', 'azure', '2 05:00'] }, { Value: { setting: 'worse' } }),
      state(
        {
          ...{ at: '2 07:00', check: CHECK, change: ['changed', 'azure', '2 07:00'] },
          opened: ['worsened', 'azure', '2 05:00'],
        },
        { Message: 'It fails otherwise.' },
      ),
    ],
    alerts: [`${ALERT}: 2 03:15`],
  },
  {
    when: 'what failed at the first read is mended in part',
    rows: [otherwise('changed', 'azure', 'baseline', 'firstRead')],
    alerts: [],
  },
  {
    when: 'what a new version found is mended in part',
    rows: [otherwise('changed', 'azure', 'regressed', 'monitor')],
    alerts: [],
  },
  {
    when: 'what regressed is judged worse by a new version',
    rows: [failing(), otherwise('worsened', 'monitor', 'regressed', 'azure')],
    alerts: [`${ALERT}: 2 03:15`],
  },
  {
    when: 'its severity rises, which is an alert of its own',
    rows: [failing(), failing({ Severity: 'critical' }, '2 05:00')],
    alerts: [`${ALERT}: 2 03:15 to 2 05:45`, `${ALERT.replace('high', 'critical')}: 2 05:15`],
  },
  {
    when: 'a drill, which is taken back',
    rows: ['fail', 'gone'].map((Outcome, hour) =>
      state(
        { at: `2 0${3 + hour}:00`, check: CHECK, cluster: 'aks-drift-drill' },
        { Outcome, Message: 'Drill: it fails.' },
      ),
    ),
    alerts: [`${ALERT.replaceAll('aks-a', 'aks-drift-drill')}: 2 03:15 to 2 04:45`],
  },
  {
    when: 'another rule tells of it',
    rows: [
      'api-authorized-ip-ranges',
      'node-image-current',
      'defender-plan',
      'defender-sensor',
      'policy-addon',
      'apiserver-cert-expiry',
      'cluster-ca-expiry',
      'custom-ca-expiry',
    ].map((check) => state({ at: '2 03:00', check }, { Severity: 'high', Value: ENDS_SOON })),
    alerts: [],
  },
  {
    when: 'a certificate that ends in more than 30 days',
    rows: [
      state(
        { at: '2 03:00', check: 'cluster-ca-expiry' },
        { Severity: 'high', Value: { notAfter: '2027-02-01T00:00:00Z' } },
      ),
    ],
    alerts: ['aks-a/cluster-ca-expiry aks-a - cluster-ca-expiry high team-a: 2 03:15'],
  },
  {
    when: 'several certificates, of which one ends within 30 days',
    rows: [
      state(
        { at: '2 03:00', check: 'custom-ca-expiry' },
        { Severity: 'high', Value: { certificates: [{ notAfter: '2027-02-01T00:00:00Z' }, ENDS_SOON] } },
      ),
    ],
    alerts: [],
  },
  {
    when: 'a certificate that nobody can tell the end of',
    rows: [state({ at: '2 03:00', check: 'cluster-ca-expiry' }, { Severity: 'high' })],
    alerts: ['aks-a/cluster-ca-expiry aks-a - cluster-ca-expiry high team-a: 2 03:15'],
  },
  {
    when: 'a new cluster has no sensor: it was not switched off',
    rows: [state({ at: '2 03:00', check: 'defender-sensor', change: ['baseline', 'newSubject', '2 03:00'] })],
    alerts: ['aks-a/defender-sensor aks-a - defender-sensor high team-a: 2 03:15'],
  },
  {
    when: 'ranges are too wide, but not open to all',
    rows: [state({ at: '2 03:00', check: 'api-authorized-ip-breadth' }, { Value: { offending: ['20.0.0.0/8'] } })],
    alerts: ['aks-a/api-authorized-ip-breadth aks-a - api-authorized-ip-breadth high team-a: 2 03:15'],
  },
]);
