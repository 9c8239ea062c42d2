import { RestError } from '@azure/core-rest-pipeline';

import { SubscriptionsUnreadError } from '../../shared/collect/subscriptions';
import { unreadInRow } from '../../shared/publish/unread';
import { alertsOf, describeRule } from './describe-rule';
import { RESOLVED, run, state, time, type Sent } from './rows';

/** A run row each hour of the second day. */
function hourly(from: number, to: number): Sent[] {
  return Array.from({ length: to - from + 1 }, (_, index) =>
    run({ at: `2 ${String(from + index).padStart(2, '0')}:00` }),
  );
}

describeRule('monitor-silent', [
  { when: 'it never ran', rows: [], until: '2 03:00', alerts: [': 2 00:00'] },
  { when: 'its first run is over', rows: hourly(1, 6), until: '2 06:00', alerts: [': 2 00:00 to 2 01:45'] },
  { when: 'it stands still', rows: hourly(0, 2), until: '2 12:00', alerts: [': 2 00:00 to 2 00:45', ': 2 05:15'] },
  {
    when: 'it fails, and says so',
    rows: hourly(0, 12).map((sent) => ({ ...sent, row: { ...sent.row, Status: 'failed' } })),
    until: '2 12:00',
    alerts: [': 2 00:00 to 2 00:45'],
  },
  {
    when: 'rows come two hours late',
    rows: hourly(0, 12).map((sent) => ({ ...sent, ingestedAt: new Date(sent.ingestedAt.getTime() + 7_200_000) })),
    until: '2 12:00',
    alerts: [': 2 00:00 to 2 02:45'],
  },
]);

const OVERDUE = { Status: 'overdue', Message: 'The last run was saved at some time.' };

function overdue(at: string, subscription = 's1'): Sent {
  return run({ at, scan: 'defender', subscription }, OVERDUE);
}

const SINCE = 'defender s1';

/** Told at three and at four. */
const TWICE = [overdue('2 03:00'), overdue('2 04:00')];

describeRule('monitor-overdue', [
  { when: 'it is told once, as after a standstill', rows: [overdue('2 03:00')], alerts: [] },
  { when: 'the row comes twice', rows: [overdue('2 03:00'), overdue('2 03:00')], alerts: [] },
  { when: 'it is told again', rows: TWICE, alerts: [`${SINCE}: 2 04:15`] },
  { when: 'every hour', rows: [...TWICE, overdue('2 05:00')], alerts: [`${SINCE}: 2 04:15`] },
  {
    when: 'it runs again',
    rows: [...TWICE, run({ at: '2 09:00', scan: 'defender', subscription: 's1' })],
    alerts: [`${SINCE}: 2 04:15 to 2 09:45`],
  },
  {
    when: 'it ran in between',
    rows: [overdue('2 03:00'), run({ at: '2 09:00', scan: 'defender', subscription: 's1' }), overdue('2 20:00')],
    alerts: [],
  },
  {
    when: 'a long run was begun before it was overdue, and ended after',
    rows: [...TWICE, run({ at: '2 09:00', scan: 'defender', subscription: 's1' }, { StartedAt: time('2 02:00') })],
    alerts: [`${SINCE}: 2 04:15 to 2 09:45`],
  },
  {
    when: 'another scan runs',
    rows: [...TWICE, run({ at: '2 09:00', subscription: 's1' })],
    alerts: [`${SINCE}: 2 04:15`],
  },
  { when: 'a run fails', rows: [run({ at: '2 03:00' }, { Status: 'failed' })], alerts: [] },
  {
    when: 'in more than 20 subscriptions',
    rows: Array.from({ length: 21 }, (_, index) => [
      overdue('2 03:00', `s${index}`),
      overdue('2 04:00', `s${index}`),
    ]).flat(),
    alerts: ['defender more than 20: 2 04:15'],
  },
]);

const UNREAD = {
  source: 'policyStates',
  scope: '/subscriptions/s1',
  reason: 'forbidden',
  detail: 'AuthorizationFailed',
  lastReadAt: time('1 12:00'),
} as const;

const NEVER_READ = { ...UNREAD, source: 'assessments', lastReadAt: null } as const;

function unread(
  change: Readonly<Record<string, string | null>> = {},
  columns: Parameters<typeof run>[1] = {},
  at = '2 03:00',
): Sent {
  const item = { ...UNREAD, ...change };
  return run({ at, scan: 'policy', subscription: 's1' }, { Status: 'partial', Unread: [item], ...columns });
}

const LOST = 'policyStates s1';

/** The subscription itself cannot be read: a run of its scan fails. */
function unlisted(scan: string, reason = 'forbidden', at = '2 04:00'): Sent {
  const items = ['clusters', 'defenderPlan'].map((source) => ({ ...UNREAD, source, reason }));
  return run({ at, scan, subscription: 's1' }, { Status: 'failed', Unread: items, Message: 'Not listed.' });
}

/** A run of a timer that could not list its subscriptions. */
function unstarted(statusCode: number, at = '2 03:00'): Sent {
  const { message } = new SubscriptionsUnreadError(new RestError('No.', { statusCode }), new AbortController().signal);
  return run({ at, scan: 'policy', subscription: null }, { Status: 'failed', Message: message });
}

describeRule('coverage-lost', [
  { when: 'what could be read is refused', rows: [unread()], alerts: [`${LOST}: 2 03:15`] },
  { when: 'it was never read', rows: [unread({ lastReadAt: null })], alerts: [] },
  { when: 'it was switched off', rows: [unread({ reason: 'disabled' })], alerts: [] },
  { when: 'it is throttled for once', rows: [unread({ reason: 'throttled' })], alerts: [] },
  {
    when: 'it is throttled for two days',
    rows: [unread({ reason: 'throttled', lastReadAt: '2026-10-31T14:00:00Z' })],
    alerts: [`${LOST}: 2 03:15`],
  },
  {
    when: 'the reason changes',
    rows: [unread(), unread({ reason: 'notFound' }, {}, '2 09:00')],
    alerts: [`${LOST}: 2 03:15`],
  },
  {
    when: 'many clusters are refused',
    rows: [unread({}, { Unread: [UNREAD, { ...UNREAD, scope: '/subscriptions/s1/another' }] })],
    alerts: [`${LOST}: 2 03:15`],
  },
  {
    when: 'more clusters are refused than a row has room for, most of which were never read',
    rows: [unread({}, { Unread: unreadInRow([...Array.from({ length: 600 }, () => NEVER_READ), UNREAD]) })],
    alerts: [`${LOST}: 2 03:15`],
  },
  { when: 'the row comes twice', rows: [unread(), unread()], alerts: [`${LOST}: 2 03:15`] },
  {
    when: 'it is read again',
    rows: [unread(), unread({}, { Status: 'completed', Unread: [] }, '2 09:00')],
    alerts: [`${LOST}: 2 03:15 to 2 09:45`],
  },
  {
    when: 'the scan is overdue then',
    rows: [unread(), unread({}, { Status: 'overdue', Unread: [] }, '2 09:00')],
    alerts: [`${LOST}: 2 03:15`],
  },
  {
    when: 'the clusters cannot be listed, by two scans',
    rows: ['policy', 'defender'].map((Scan) => unread({ source: 'clusters' }, { Scan, Status: 'failed' })),
    alerts: ['clusters s1: 2 03:15'],
  },
  {
    when: 'the state cannot be read',
    rows: [unread({}, { Status: 'failed', Unread: [], Message: 'damaged' })],
    alerts: ['run s1: 2 03:15'],
  },
  {
    when: 'the timer cannot list subscriptions, and then can',
    rows: [run({ at: '2 03:00', subscription: null }, { Status: 'failed' }), run({ at: '2 05:00' })],
    alerts: ['run all: 2 03:15 to 2 05:45'],
  },
  {
    when: 'the timer cannot list subscriptions, and another tells that its scan is overdue',
    rows: [unstarted(403), run({ at: '2 05:00', scan: 'policy' }, { Status: 'overdue' })],
    alerts: ['run all: 2 03:15'],
  },
  {
    when: 'the timer is throttled for once',
    rows: [run({ at: '1 21:00', scan: 'policy' }), unstarted(429)],
    alerts: [],
  },
  {
    when: 'the timer is throttled for two days',
    rows: [
      run({ at: '1 10:00', scan: 'policy' }),
      ...[4, 10, 16, 23].map((hour) => unstarted(429, `2 ${String(hour).padStart(2, '0')}:00`)),
    ],
    alerts: ['run all: 2 23:15'],
  },
  { when: 'the timer never ran otherwise than throttled', rows: [unstarted(429)], alerts: ['run all: 2 03:15'] },
  {
    when: 'a subscription is lost, with all that could be read of it',
    rows: [unread(), unlisted('configuration'), unlisted('policy')],
    alerts: [`${LOST}: 2 03:15 to 2 04:45`, 'clusters s1: 2 04:15'],
  },
  {
    when: 'a subscription is throttled for once: what else is lost is told',
    rows: [unread(), unlisted('configuration', 'throttled')],
    alerts: [`${LOST}: 2 03:15`],
  },
  {
    when: 'one cluster cannot be read: what else is lost is told',
    rows: [unread({}, { Unread: [UNREAD, { ...UNREAD, source: 'clusters' }] })],
    alerts: ['clusters s1: 2 03:15', `${LOST}: 2 03:15`],
  },
  {
    when: 'another subscription is lost',
    rows: [unread({}, { SubscriptionId: 's2' }), unlisted('policy', 'forbidden', '2 03:00')],
    alerts: ['clusters s1: 2 03:15', 'policyStates s2: 2 03:15'],
  },
  {
    when: 'in more than 20 subscriptions',
    rows: Array.from({ length: 21 }, (_, index) => unread({}, { SubscriptionId: `s${index}` })),
    alerts: ['policyStates more than 20: 2 03:15'],
  },
]);

function thrown(cluster: string, columns: Parameters<typeof state>[1] = {}): Sent {
  return state({ at: '2 03:00', check: 'sku-tier', cluster }, { Outcome: 'error', Message: 'TypeError', ...columns });
}

describeRule('check-error', [
  { when: 'a check throws', rows: [thrown('aks-a')], alerts: ['sku-tier: 2 04:00'] },
  { when: 'for many clusters', rows: [thrown('aks-a'), thrown('aks-b')], alerts: ['sku-tier: 2 04:00'] },
  { when: 'it cannot read', rows: [thrown('aks-a', { Outcome: 'unknown' })], alerts: [] },
  {
    when: 'it throws no more',
    rows: [thrown('aks-a'), state({ at: '2 09:00', check: 'sku-tier' }, RESOLVED)],
    alerts: ['sku-tier: 2 04:00 to 2 11:00'],
  },
]);

it('a lost source says which scans miss it and since when', () => {
  const rows = ['policy', 'defender'].map((Scan) => unread({ source: 'clusters' }, { Scan, Status: 'failed' }));

  expect(alertsOf('coverage-lost', rows)[0]?.rows).toMatchObject([
    { Scans: 'policy, defender', Reasons: 'forbidden', Message: 'AuthorizationFailed', Scopes: 2 },
  ]);
});
