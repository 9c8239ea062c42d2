import '../support/realm';

import { simulatedMonth, type MonthRows } from '../../scripts/month';
import type { TransitionKind } from '../../shared/model/state';

let month: MonthRows;
beforeAll(async () => {
  month = await simulatedMonth();
}, 900_000);

/** The compiler sees that none is missing. */
const KINDS: Readonly<Record<TransitionKind, true>> = {
  baseline: true,
  baselineChanged: true,
  changed: true,
  clusterAppeared: true,
  clusterRemoved: true,
  exemptionExpired: true,
  exemptionStarted: true,
  nodePoolAppeared: true,
  nodePoolRemoved: true,
  regressed: true,
  removed: true,
  resolved: true,
  retired: true,
  subscriptionAppeared: true,
  subscriptionLost: true,
  worsened: true,
};

it('tells every kind of transition', () => {
  const told = new Set(month.AksDrift_CL.map(({ Transition }) => Transition));
  expect([...told].sort()).toEqual(Object.keys(KINDS).sort());
});

it('has runs of every status', () => {
  const statuses = new Set(month.AksMonitorRun_CL.map(({ Status }) => Status));
  expect([...statuses].sort()).toEqual(['completed', 'failed', 'overdue', 'partial']);
});

it('has a row of every finding on every day until it is gone, unless its scan did not run', () => {
  const days = Map.groupBy(month.AksCompliance_CL, ({ ObservedAt }) => String(ObservedAt).slice(0, 10));
  const missing = new Set<string>();
  let expected: MonthRows['AksCompliance_CL'] = [];
  for (const [day, rows] of days) {
    const told = new Map(rows.map((row) => [row.FindingId, row]));
    for (const { Scan } of expected.filter(({ FindingId }) => !told.has(FindingId))) {
      missing.add(`${day} ${String(Scan)}`);
    }
    expected = [...told.values()].filter(({ Outcome }) => Outcome !== 'gone');
  }

  expect(days.size).toBe(30);
  expect(expected.length).toBeGreaterThan(1000);
  // The monitor stood still; nobody worked the second subscription's Defender messages.
  expect([...missing]).toEqual(['2026-11-08 certificates', '2026-11-15 defender']);
});

it('says who opened an API server', () => {
  const opened = month.AksDrift_CL.filter(
    ({ ClusterName, CheckId, Transition }) =>
      CheckId === 'api-authorized-ip-breadth' && Transition === 'regressed' && ClusterName !== 'aks-drift-drill',
  );
  expect(opened.map(({ ChangedBy }) => ChangedBy)).toEqual(['on-call@example.com', 'on-call@example.com']);
});
