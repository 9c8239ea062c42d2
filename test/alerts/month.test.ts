import '../support/realm';

import { MONTH_END, simulatedMonth, type MonthRows } from '../../scripts/month';
import { workspaceColumns } from '../../simulator/kql/workspace';
import { watch, type Alert, type Workspace } from '../../simulator/log-alerts';
import { ruleNamed } from './describe-rule';

const MONTH_START = new Date('2026-10-26T00:00:00Z');
const DAY = 86_400_000;
const QUERY_RANGE = 2 * DAY;
const INGESTION = 2 * 60_000;

/** What each rule says in the month of scripts/month/story.ts: the dimensions, from which day of the month, to which. */
const STORY: Readonly<Record<string, readonly string[]>> = {
  'api-server-opened': [
    'aks-web-001 web: 3 02:05 to 3 10:15',
    'aks-drift-drill -: 6 14:05 to 6 16:15',
    'aks-web-005 web: 25 02:05',
  ],
  'baseline-weakened': [
    'The baseline file changed in 3 places; less is asked of local-accounts-disabled, node-os-upgrade-channel. high: 16 08:15 to 18 08:45',
    'The baseline file changed in 1 place; less is asked of node-public-ip. high: 23 08:15 to 25 08:45',
  ],
  'certificate-30-days': ['aks-data-006 apiserver-cert-expiry 2026-12-17 data: 28 05:00'],
  'certificate-7-days': ['aks-data-004 apiserver-cert-expiry 2026-11-21 data: 21 05:00 to 23 06:00'],
  // No body that Azure is known to send makes a check throw.
  'check-error': [],
  'cluster-appeared': ['aks-payments-008 payments: 9 06:15 to 11 06:45'],
  'coverage-lost': [
    'policyStates second: 11 06:15 to 15 00:45',
    'clusters third: 27 08:15',
    'defenderPlan second: 28 06:15',
  ],
  'defender-or-policy-off': ['subscription second - defender-plan high -: 7 12:15 to 8 18:45'],
  digest: [': 2 00:00', ': 17 00:00', ': 18 00:00', ': 24 00:00'],
  drift: [
    'aks-logistics-002 - local-accounts-disabled high logistics: 6 00:15 to 9 16:45',
    'aks-payments-008 user1 node-public-ip high payments: 9 06:15',
    'aks-payments-008 system node-public-ip high payments: 9 06:15',
    'aks-payments-008 - node-os-upgrade-channel high payments: 9 06:15',
    'aks-web-003 batch node-public-ip high web: 10 10:15 to 24 10:45',
    'aks-payments-005 user1 node-public-ip high payments: 21 00:15 to 23 08:45',
    'aks-logistics-002 - local-accounts-disabled high logistics: 26 08:15',
  ],
  'exemption-ended': [
    'api-run-command-disabled The exemption passed before 2026-11-18; the check still fails.: 24 00:15',
  ],
  'exemption-ending': [
    'api-run-command-disabled 2026-11-17 Support uses it until the jump host is there.: 10 01:00 to 24 02:00',
    "node-public-ip 2026-11-14 The partner's firewall is moved by then.: 7 01:00 to 21 02:00",
  ],
  'fleet-drift': [
    'local-accounts-disabled/regressed/2026-11-12 local-accounts-disabled regressed 2026-11-12: 18 06:15 to 19 12:45',
  ],
  'monitor-overdue': [
    'policy first: 14 16:15 to 14 18:45',
    'policy second: 14 16:15 to 14 18:45',
    'policy third: 14 16:15 to 14 18:45',
    'defender first: 14 16:15 to 14 18:45',
    'defender second: 14 16:15 to 14 18:45',
    'defender third: 14 16:15 to 14 18:45',
    'defender second: 20 16:15 to 22 12:45',
  ],
  'monitor-silent': [': 1 00:00 to 1 00:45', ': 14 05:15 to 14 14:45'],
  'node-image-beyond-grace': [
    'aks-payments-008 system node-image-current high payments: 16 01:00',
    'aks-payments-008 user1 node-image-current high payments: 16 01:00',
    'aks-data-001 system node-image-current high data: 16 01:00',
    'aks-data-001 user1 node-image-current high data: 16 01:00',
    'aks-data-004 system node-image-current high data: 16 01:00',
    'aks-data-004 user1 node-image-current high data: 16 01:00',
  ],
  'subscription-appeared': ['third: 12 08:15 to 14 08:45'],
  'subscription-lost': ['third: 27 08:15 to 29 08:45'],
};

let month: Workspace;
let names: ReadonlyMap<string, string>;

beforeAll(async () => {
  const rows = await simulatedMonth();
  month = workspaceOf(rows);
  const ids = [...new Set(rows.AksMonitorRun_CL.map(({ SubscriptionId }) => String(SubscriptionId)))];
  names = new Map(ids.map((id, index) => [id, ['first', 'second', 'third'][index] ?? id]));
}, 900_000);

/** Only what fails or throws at some time of the month: no rule reads rows of findings that never do. */
function workspaceOf(rows: MonthRows): Workspace {
  const failing = new Set(
    rows.AksCompliance_CL.filter(({ LastOutcome, Outcome }) => LastOutcome === 'fail' || Outcome === 'error').map(
      ({ FindingId }) => FindingId,
    ),
  );
  const told = { ...rows, AksCompliance_CL: rows.AksCompliance_CL.filter(({ FindingId }) => failing.has(FindingId)) };
  const tables = Object.entries(told).map(
    ([table, each]) =>
      [table, each.map((row) => ({ row, at: Date.parse(String(row.TimeGenerated)) + INGESTION }))] as const,
  );
  return {
    columns: workspaceColumns(),
    rowsAt: (moment) => {
      const now = moment.getTime();
      return Object.fromEntries(
        tables.map(([table, each]) => [
          table,
          each.filter(({ at }) => at <= now && at > now - QUERY_RANGE - INGESTION).map(({ row }) => row),
        ]),
      );
    },
  };
}

function told({ dimensions, firedAt, resolvedAt }: Alert): string {
  // Ids are hashes.
  const values = Object.entries(dimensions).filter(([name]) => !['FindingId', 'EventId', 'ClusterId'].includes(name));
  const text = values.map(([, value]) => value).join(' ');
  const plain = [...names].reduce((said, [id, name]) => said.replace(id, name), text);
  return `${plain}: ${moment(firedAt)}${resolvedAt === null ? '' : ` to ${moment(resolvedAt)}`}`;
}

function moment(date: Date): string {
  const day = 1 + Math.floor((date.getTime() - MONTH_START.getTime()) / DAY);
  return `${day} ${date.toISOString().slice(11, 16)}`;
}

it.each(Object.entries(STORY))(
  '%s tells its part of the story, and nothing else',
  (name, alerts) => {
    expect(watch(ruleNamed(name), month, MONTH_START, MONTH_END).map(told).sort()).toEqual([...alerts].sort());
  },
  120_000,
);
