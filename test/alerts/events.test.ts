import { alertsOf, describeRule } from './describe-rule';
import { event, type Sent } from './rows';

const CHECK = 'node-public-ip';

function appeared(cluster: string, columns: Parameters<typeof event>[1] = {}, at = '2 03:00'): Sent {
  return event({ at, transition: 'clusterAppeared', cluster }, columns);
}

/** A check of a new cluster that fails at first sight. */
function failure(cluster: string, check: string, at: string, columns: Parameters<typeof event>[1] = {}): Sent {
  return event({ at, transition: 'baseline', cause: 'newSubject', cluster, check }, columns);
}

function many(count: number, at: string): Sent[] {
  return Array.from({ length: count }, (_, index) => appeared(`aks-${at} ${index + 1}`, {}, at));
}

const APPEARED = 'clusterAppeared aks-a 2 03:00 aks-a team-a';

describeRule('cluster-appeared', [
  { when: 'a cluster is new', rows: [appeared('aks-a')], alerts: [`${APPEARED}: 2 03:15`] },
  {
    when: 'nobody owns it',
    rows: [appeared('aks-a', { Owner: null })],
    alerts: [`${APPEARED.replace('team-a', '-')}: 2 03:15`],
  },
  { when: 'it is muted', rows: [appeared('aks-a', { Muted: true })], alerts: [] },
  {
    when: 'a node pool is new',
    rows: [event({ at: '2 03:00', transition: 'nodePoolAppeared', pool: 'np1' })],
    alerts: [],
  },
  {
    when: 'other scans tell later what fails',
    rows: [appeared('aks-a'), failure('aks-a', CHECK, '2 03:00'), failure('aks-a', 'node-image-current', '2 06:00')],
    alerts: [`${APPEARED}: 2 03:15`],
  },
  {
    when: 'the event is sent again a day later',
    rows: [appeared('aks-a'), event({ at: '2 03:00', sentAt: '3 03:00', transition: 'clusterAppeared' })],
    until: '6 00:00',
    alerts: [`${APPEARED}: 2 03:15 to 5 03:45`],
  },
  {
    when: 'the event waited in the outbox for days',
    rows: [event({ at: '2 03:00', sentAt: '5 02:00', transition: 'clusterAppeared' })],
    until: '6 00:00',
    alerts: [`${APPEARED}: 5 02:15`],
  },
  {
    when: 'the event comes late',
    rows: [event({ at: '2 03:00', delay: 300, transition: 'clusterAppeared' })],
    alerts: [`${APPEARED}: 2 08:15`],
  },
  {
    when: 'it was deleted and made again',
    rows: [appeared('aks-a'), appeared('aks-a', {}, '2 09:00')],
    alerts: [`${APPEARED}: 2 03:15`, `${APPEARED.replace('03', '09')}: 2 09:15`],
  },
  { when: 'more than 20 of a day', rows: many(21, '2 03:00'), alerts: ['clusters of 2026-11-02 - -: 2 03:15'] },
]);

it('counts clusters that are told twice once', () => {
  expect(alertsOf('cluster-appeared', [...many(11, '2 03:00'), ...many(11, '2 03:00')])).toHaveLength(11);
});

it('says how many checks of a new cluster fail, each once, and what is exempt is no failure', () => {
  const rows = [
    appeared('aks-a'),
    failure('aks-a', CHECK, '2 03:00'),
    failure('aks-a', CHECK, '2 03:00'),
    failure('aks-a', 'node-image-age', '2 03:00', { Severity: 'medium' }),
    failure('aks-a', 'policy-addon', '2 03:00', { Exempt: true }),
    failure('aks-b', 'policy-addon', '2 03:00'),
  ];

  expect(alertsOf('cluster-appeared', rows).map(({ rows: [row] }) => row)).toMatchObject([
    {
      Message: 'Cluster aks-a appeared; checks that fail at first sight: 2.',
      ...{ Failing: 2, CriticalOrHigh: 1, Checks: 'node-public-ip, node-image-age', Owner: 'team-a' },
    },
  ]);
  expect(alertsOf('cluster-appeared', [appeared('aks-a')]).map(({ rows: [row] }) => row?.Message)).toEqual([
    'Cluster aks-a appeared; checks that fail at first sight: 0.',
  ]);
});

describe.each([
  ['subscription-appeared', 'subscriptionAppeared'],
  ['subscription-lost', 'subscriptionLost'],
])('%s', (name, transition) => {
  const told = (subscription: string, columns: Parameters<typeof event>[1] = {}): Sent =>
    event({ at: '2 03:00', transition, cluster: null, subscription }, { EventId: subscription, ...columns });
  const firstOf = (count: number): Sent[] => Array.from({ length: count }, (_, index) => told(`s${index + 1}`));

  describeRule(name, [
    { when: 'it is told', rows: [told('s1')], alerts: ['s1 s1: 2 03:15'] },
    { when: 'it is told twice', rows: [told('s1'), told('s1')], alerts: ['s1 s1: 2 03:15'] },
    { when: 'it is muted', rows: [told('s1', { Muted: true })], alerts: [] },
    { when: 'it is another event', rows: [told('s1', { Transition: 'baselineChanged' })], alerts: [] },
    {
      when: 'two days are over',
      rows: [told('s1')],
      until: '5 00:00',
      alerts: ['s1 s1: 2 03:15 to 4 03:45'],
    },
    {
      when: '11 of a day, each told twice',
      rows: [...firstOf(11), ...firstOf(11)],
      alerts: firstOf(11).map((_, index) => `s${index + 1} s${index + 1}: 2 03:15`),
    },
    {
      when: 'more than 20 of a day',
      rows: firstOf(21),
      alerts: ['subscriptions of 2026-11-02 -: 2 03:15'],
    },
  ]);
});

const LESS = 'The baseline file changed in 1 place; less is asked of node-public-ip.';

function weakened(subscription: string, columns: Parameters<typeof event>[1] = {}, at = '2 03:00'): Sent {
  const row = { EventId: `${subscription} ${at}`, Severity: 'high', Message: LESS, ...columns };
  return event({ at, transition: 'baselineChanged', cause: 'expectation', cluster: null, subscription }, row);
}

describeRule('baseline-weakened', [
  { when: 'less is asked', rows: [weakened('s1')], alerts: [`${LESS} high: 2 03:15`] },
  {
    when: 'every subscription tells of it',
    rows: [weakened('s1'), weakened('s2'), weakened('s3', {}, '2 05:00')],
    alerts: [`${LESS} high: 2 03:15`],
  },
  { when: 'the event is sent twice', rows: [weakened('s1'), weakened('s1')], alerts: [`${LESS} high: 2 03:15`] },
  { when: 'no check is asked less', rows: [weakened('s1', { Severity: 'info' })], alerts: [] },
]);

function digested(transition: string, cause: string, columns: Parameters<typeof event>[1] = {}, at = '2 06:00'): Sent {
  return event({ at, transition, cause, check: CHECK }, { EventId: `${transition} ${cause} ${at}`, ...columns });
}

describeRule('digest', [
  { when: 'other expectations', rows: [digested('regressed', 'expectation')], until: '5 00:00', alerts: [': 3 00:00'] },
  { when: 'a new version', rows: [digested('regressed', 'monitor')], until: '5 00:00', alerts: [': 3 00:00'] },
  { when: 'a first read', rows: [digested('baseline', 'firstRead')], until: '5 00:00', alerts: [': 3 00:00'] },
  { when: 'Azure changed', rows: [digested('regressed', 'azure')], until: '5 00:00', alerts: [] },
  { when: 'it is muted', rows: [digested('regressed', 'monitor', { Muted: true })], until: '5 00:00', alerts: [] },
  { when: 'it is exempt', rows: [digested('baseline', 'firstRead', { Exempt: true })], until: '5 00:00', alerts: [] },
  {
    when: 'an exemption begins',
    rows: [digested('exemptionStarted', 'expectation', { Exempt: true })],
    until: '5 00:00',
    alerts: [': 3 00:00'],
  },
  {
    when: 'the event was sent within the last hours that a digest tells of',
    rows: [digested('regressed', 'monitor', {}, '1 22:30')],
    until: '5 00:00',
    alerts: [': 2 00:00'],
  },
  {
    when: 'the event is sent again the next day',
    rows: [
      digested('regressed', 'monitor'),
      {
        ...event(
          { at: '2 06:00', sentAt: '3 06:00', transition: 'regressed', cause: 'monitor', check: CHECK },
          { EventId: 'regressed monitor 2 06:00' },
        ),
      },
    ],
    until: '5 00:00',
    alerts: [': 3 00:00'],
  },
  {
    when: 'the event comes half an hour after it was sent, past the evaluation',
    rows: [event({ at: '2 23:50', delay: 30, transition: 'regressed', cause: 'monitor' })],
    until: '5 00:00',
    alerts: [': 4 00:00'],
  },
  {
    when: 'events of three days',
    rows: [
      digested('regressed', 'monitor'),
      digested('regressed', 'monitor', {}, '3 06:00'),
      digested('regressed', 'monitor', {}, '4 06:00'),
    ],
    until: '5 00:00',
    alerts: [': 3 00:00', ': 4 00:00', ': 5 00:00'],
  },
]);
