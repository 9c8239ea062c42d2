import { event, run, state, time, type Sent } from './rows';

const CERTIFICATE = { Value: { notAfter: time('8 12:00') } };

/** For each rule, rows about a cluster or a subscription that it tells of at `2 04:00`, one alert for each number. */
export const SAMPLES: Readonly<Record<string, (number: number) => readonly Sent[]>> = {
  drift: (number) => [drifted('local-accounts-disabled', number)],
  'fleet-drift': (number) =>
    Array.from({ length: 21 }, (_, index) => drifted('local-accounts-disabled', number, `aks-${number}-${index}`)),
  'api-server-opened': (number) => [drifted('api-authorized-ip-ranges', number)],
  'node-image-beyond-grace': (number) => [drifted('node-image-current', number)],
  'defender-or-policy-off': (number) => [drifted('policy-addon', number)],
  'certificate-30-days': (number) => [
    state({ ...of(number), check: 'apiserver-cert-expiry' }, { Value: { notAfter: time('20 12:00') } }),
  ],
  'certificate-7-days': (number) => [state({ ...of(number), check: 'apiserver-cert-expiry' }, CERTIFICATE)],
  'exemption-ending': (number) => [
    state(
      { ...of(number), check: 'node-public-ip' },
      { Exempt: true, ExemptionReason: `Ticket ${number}`, ExemptionExpiresOn: time('9 23:59') },
    ),
  ],
  'exemption-ended': (number) => [changed('exemptionExpired', 'node-public-ip', number, { Severity: 'medium' })],
  'cluster-appeared': (number) => [event({ ...of(number), transition: 'clusterAppeared' })],
  'subscription-appeared': (number) => [event({ ...of(number), cluster: null, transition: 'subscriptionAppeared' })],
  'subscription-lost': (number) => [event({ ...of(number), cluster: null, transition: 'subscriptionLost' })],
  'baseline-weakened': (number) => [
    event(
      { ...of(number), cluster: null, transition: 'baselineChanged', cause: 'expectation' },
      { Severity: 'high', Message: `The baseline file changed in ${number} places.` },
    ),
  ],
  'monitor-overdue': (number) =>
    ['2 02:00', '2 03:00'].map((at) =>
      run({ ...of(number), at, scan: 'policy' }, { Status: 'overdue', Message: 'It is late.' }),
    ),
  'coverage-lost': (number) => [
    run(of(number), {
      Unread: [
        { source: `source ${number % 20}`, scope: 's', reason: 'forbidden', detail: 'd', lastReadAt: time('1 12:00') },
      ],
    }),
  ],
  'check-error': (number) => [state({ ...of(number), check: 'sku-tier' }, { Outcome: 'error' })],
  'monitor-silent': () => [],
  digest: (number) => [
    event({ ...of(number), transition: 'regressed', cause: 'monitor', check: 'sku-tier' }, { EventId: String(number) }),
  ],
};

function of(number: number): { readonly at: string; readonly cluster: string; readonly subscription: string } {
  return { at: '2 03:00', cluster: `aks-${number}`, subscription: `subscription ${Math.floor(number / 20)}` };
}

function drifted(check: string, number: number, cluster = `aks-${number}`): Sent {
  return changed('regressed', check, number, {}, cluster);
}

/** Each number changed on a day of its own, so that only what shares a number is alike. */
function changed(
  transition: string,
  check: string,
  number: number,
  columns: Parameters<typeof state>[1] = {},
  cluster = `aks-${number}`,
): Sent {
  const sent = state({ ...of(number), cluster, check }, columns);
  const at = new Date(Date.parse(time('2 03:00')) - number * 86_400_000).toISOString();
  return {
    ...sent,
    row: { ...sent.row, LastChange: { eventId: 'e', transition, cause: 'azure', before: null, at } },
  };
}
