import { alertsOf, describeRule } from './describe-rule';
import { FORBIDDEN, RESOLVED, daily, state, time, type Sent } from './rows';

const SERVING = 'apiserver-cert-expiry';

/** A certificate that ends at a moment of November. */
function ends(day: number, columns: Parameters<typeof state>[1] = {}, check = SERVING): Sent {
  const Value = { notBefore: '2026-01-01T00:00:00.000Z', notAfter: time(`${day} 12:00`), subject: 'CN=apiserver' };
  return state({ at: '2 04:00', check, change: ['baseline', 'firstRead', '2 04:00'] }, { Value, ...columns });
}

/** A bundle of which one ends first. */
const BUNDLE = {
  certificates: [
    { property: 'p', subject: 'CN=one', notAfter: time('29 12:00') },
    { property: 'p', subject: 'CN=two', notAfter: time('20 12:00') },
  ],
  unreadable: [],
};

const key = (day: number, check = SERVING): string => `aks-a/${check} aks-a ${check} 2026-11-${day} team-a`;

describeRule('certificate-30-days', [
  { when: 'it ends within 30 days, at the first read too', rows: [ends(28)], alerts: [`${key(28)}: 2 05:00`] },
  {
    when: 'of the authority',
    rows: [ends(28, {}, 'cluster-ca-expiry')],
    alerts: [`${key(28, 'cluster-ca-expiry')}: 2 05:00`],
  },
  {
    when: 'the first of a bundle',
    rows: [ends(1, { Value: BUNDLE }, 'custom-ca-expiry')],
    alerts: [`${key(20, 'custom-ca-expiry')}: 2 05:00`],
  },
  {
    when: 'the authority ends within half a year',
    rows: [ends(2, { Value: { notAfter: '2027-03-01T00:00:00.000Z' } }, 'cluster-ca-expiry')],
    alerts: [],
  },
  {
    when: 'it ends in 31 days, and the baseline file asks for more',
    rows: [ends(2, { Value: { notAfter: '2026-12-03T05:00:00.000Z' } })],
    alerts: [],
  },
  { when: 'the file asks for fewer days', rows: [ends(28, { Outcome: 'pass', LastOutcome: 'pass' })], alerts: [] },
  { when: 'it ends within 7 days: the other rule tells of it', rows: [ends(8)], alerts: [] },
  { when: 'it is exempt', rows: [ends(28, { Exempt: true })], alerts: [] },
  { when: 'it is muted', rows: [ends(28, { Muted: true })], alerts: [] },
  { when: 'the row comes twice', rows: [ends(28), ends(28)], alerts: [`${key(28)}: 2 05:00`] },
  {
    when: 'the row comes late',
    rows: [{ ...ends(28), ingestedAt: new Date(time('2 09:30')) }],
    alerts: [`${key(28)}: 2 10:00`],
  },
  {
    when: 'it was renewed',
    rows: [ends(28), state({ at: '2 10:00', check: SERVING }, RESOLVED)],
    alerts: [`${key(28)}: 2 05:00 to 2 12:00`],
  },
  {
    when: 'the API server cannot be reached for three days',
    rows: [ends(28), ...daily(ends(28), [3, 4, 5], { Outcome: 'unknown', Reason: 'unreachable' })],
    until: '6 00:00',
    alerts: [`${key(28)}: 2 05:00`],
  },
  {
    when: 'time goes on',
    rows: [ends(11), ...daily(ends(11), [3, 4, 5])],
    until: '6 00:00',
    alerts: [`${key(11)}: 2 05:00 to 5 02:00`],
  },
]);

describeRule('certificate-7-days', [
  {
    when: 'it ends within 7 days',
    rows: [ends(8)],
    alerts: ['aks-a/apiserver-cert-expiry aks-a apiserver-cert-expiry 2026-11-08 team-a: 2 05:00'],
  },
  {
    when: 'it has ended',
    rows: [ends(1)],
    alerts: ['aks-a/apiserver-cert-expiry aks-a apiserver-cert-expiry 2026-11-01 team-a: 2 05:00'],
  },
  { when: 'it ends later', rows: [ends(10)], alerts: [] },
  { when: 'it is exempt', rows: [ends(8, { Exempt: true })], alerts: [] },
  { when: 'it is muted', rows: [ends(8, { Muted: true })], alerts: [] },
  {
    when: 'time goes on, while it cannot be read',
    rows: [ends(11), ...daily(ends(11), [3, 4, 5], FORBIDDEN)],
    until: '6 00:00',
    alerts: [`${key(11)}: 5 01:00`],
  },
  {
    when: 'its cluster is deleted',
    rows: [ends(8), state({ at: '2 10:00', check: SERVING }, { Outcome: 'gone' })],
    alerts: ['aks-a/apiserver-cert-expiry aks-a apiserver-cert-expiry 2026-11-08 team-a: 2 05:00 to 2 12:00'],
  },
]);

/** A failure that is exempt until the end of a day of November. */
function exempt(day: number, columns: Parameters<typeof state>[1] = {}, cluster = 'aks-a'): Sent {
  const ExemptionExpiresOn = `2026-11-${day}T23:59:59.999Z`;
  const exemption = { Exempt: true, ExemptionReason: 'Ticket 4711', ExemptionApprovedBy: 'Platform' };
  return state(
    { at: '2 03:00', check: 'node-public-ip', cluster, pool: 'np1' },
    { ...exemption, ExemptionExpiresOn, ...columns },
  );
}

const ENDING = 'node-public-ip 2026-11-15 Ticket 4711';

describeRule('exemption-ending', [
  { when: 'it ends within 14 days', rows: [exempt(15)], alerts: [`${ENDING}: 2 04:00`] },
  { when: 'it ends later', rows: [exempt(17)], alerts: [] },
  {
    when: 'it covers many failures',
    rows: ['aks-a', 'aks-b', 'aks-c'].map((name) => exempt(15, {}, name)),
    alerts: [`${ENDING}: 2 04:00`],
  },
  { when: 'what it covers passes', rows: [exempt(15, { Outcome: 'pass', LastOutcome: 'pass' })], alerts: [] },
  { when: 'what it covers cannot be read', rows: [exempt(15, FORBIDDEN)], alerts: [`${ENDING}: 2 04:00`] },
  {
    when: 'the cluster is deleted',
    rows: [exempt(15), ...daily(exempt(15), [3], { Outcome: 'gone' })],
    until: '4 00:00',
    alerts: [`${ENDING}: 2 04:00 to 3 02:00`],
  },
  { when: 'the row comes twice', rows: [exempt(15), exempt(15)], alerts: [`${ENDING}: 2 04:00`] },
  {
    when: 'it is renewed',
    rows: [exempt(15), ...daily(exempt(15), [3], { ExemptionExpiresOn: '2027-03-31T23:59:59.999Z' })],
    until: '4 00:00',
    alerts: [`${ENDING}: 2 04:00 to 3 02:00`],
  },
  {
    when: 'it ends',
    rows: [exempt(15), ...daily(exempt(15), [3], { Exempt: false, ExemptionExpiresOn: null })],
    until: '4 00:00',
    alerts: [`${ENDING}: 2 04:00 to 3 02:00`],
  },
]);

const ENDED = 'node-public-ip The exemption passed before 2026-11-02; the check still fails.';
const API_SERVER = 'api-private-cluster';

/** A failure of medium severity whose exemption ended. */
function ended(columns: Parameters<typeof state>[1] = {}, cluster = 'aks-a', check = 'node-public-ip'): Sent {
  const change = ['exemptionExpired', 'time', '2 00:05'] as const;
  return state({ at: '2 00:05', check, cluster, change }, { Severity: 'medium', ...columns });
}

describeRule('exemption-ended', [
  { when: 'it passed', rows: [ended()], alerts: [`${ENDED}: 2 00:15`] },
  {
    when: 'it was withdrawn',
    rows: [
      state(
        { at: '2 03:00', check: 'node-public-ip', change: ['exemptionExpired', 'expectation', '2 03:00'] },
        { Severity: 'medium' },
      ),
    ],
    alerts: ['node-public-ip The exemption was withdrawn by 2026-11-02; the check still fails.: 2 03:15'],
  },
  {
    when: 'it covered many findings',
    rows: ['aks-a', 'aks-b', 'aks-c'].map((name) => ended({}, name)),
    alerts: [`${ENDED}: 2 00:15`],
  },
  { when: 'the row comes twice', rows: [ended(), ended()], alerts: [`${ENDED}: 2 00:15`] },
  {
    when: 'it still fails after days, and cannot be read any more',
    rows: [ended(), ...daily(ended(), [3, 4]), ...daily(ended(), [5, 6], FORBIDDEN)],
    until: '7 00:00',
    alerts: [`${ENDED}: 2 00:15`],
  },
  {
    when: 'a part of what fails is mended',
    rows: [
      ended(),
      state(
        {
          ...{ at: '2 10:00', check: 'node-public-ip', change: ['changed', 'azure', '2 10:00'] },
          opened: ['exemptionExpired', 'time', '2 00:00'],
        },
        { Severity: 'medium' },
      ),
    ],
    alerts: [`${ENDED}: 2 00:15`],
  },
  {
    when: 'it is mended',
    rows: [ended(), state({ at: '2 10:00', check: 'node-public-ip' }, RESOLVED)],
    alerts: [`${ENDED}: 2 00:15 to 2 10:45`],
  },
  {
    when: 'it is exempt again',
    rows: [ended(), ...daily(ended(), [3], { Exempt: true })],
    until: '4 00:00',
    alerts: [`${ENDED}: 2 00:15 to 3 00:45`],
  },
  {
    when: 'its cluster is deleted',
    rows: [ended(), ...daily(ended(), [3], { Outcome: 'gone' })],
    until: '4 00:00',
    alerts: [`${ENDED}: 2 00:15 to 3 00:45`],
  },
  { when: 'it is muted', rows: [ended({ Muted: true })], alerts: [] },
  { when: 'the check is high: drift tells of it', rows: [ended({ Severity: 'high' })], alerts: [] },
  {
    when: 'the API server is open: api-server-opened tells of it',
    rows: [ended({ Value: { authorizedIPRanges: [] } }, 'aks-a', API_SERVER)],
    alerts: [],
  },
  {
    when: 'it is reachable for some, and nothing else tells of it',
    rows: [ended({ Value: { authorizedIPRanges: ['10.0.0.0/24'] } }, 'aks-a', API_SERVER)],
    alerts: [`${ENDED.replace('node-public-ip', API_SERVER)}: 2 00:15`],
  },
  {
    when: 'the image of a pool is late: node-image-beyond-grace tells of it',
    rows: [ended({}, 'aks-a', 'node-image-current')],
    alerts: [],
  },
  {
    when: 'more than 20 clusters are told of by fleet-drift',
    rows: Array.from({ length: 21 }, (_, index) => ended({ Severity: 'high' }, `aks-${index}`)),
    alerts: [],
  },
  {
    when: 'a certificate ends within 30 days: its rule tells of it',
    rows: [ended({ Value: { notAfter: time('28 12:00') } }, 'aks-a', SERVING)],
    alerts: [],
  },
  {
    when: 'a certificate ends later',
    rows: [ended({ Value: { notAfter: '2027-01-31T12:00:00.000Z' } }, 'aks-a', SERVING)],
    alerts: [`${ENDED.replace('node-public-ip', SERVING)}: 2 00:15`],
  },
  { when: 'one began', rows: [ended({ LastChange: { transition: 'exemptionStarted' } })], alerts: [] },
]);

it('counts a finding whose exemption ended once, however often it is told', () => {
  const [alert] = alertsOf('exemption-ended', [ended(), ended(), ended({}, 'aks-b')]);
  expect(alert?.rows).toMatchObject([{ Findings: 2, Clusters: 'aks-a, aks-b', Severity: 'medium' }]);
});
