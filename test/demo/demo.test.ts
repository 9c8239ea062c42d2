import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

import { runDemo, type DemoRuns } from '../../scripts/demo';
import { CHANGES } from '../../scripts/demo/changes';
import type { AksDriftRow } from '../../shared/model/rows';

jest.setTimeout(120_000);

type Told = [
  transition: string | null,
  cause: string | null,
  check: string | null,
  cluster: string | null,
  pool: string | null,
];

/** What each change causes, and nothing else. The finding about the subscription names no cluster. */
const EXPECTED: Record<string, Told[]> = {
  'authorized-ranges-opened': [
    ['regressed', 'azure', 'api-authorized-ip-breadth', 'aks-web-001', null],
    ['changed', 'azure', 'api-authorized-ip-ranges', 'aks-web-001', null],
  ],
  'local-accounts-on': [['regressed', 'azure', 'local-accounts-disabled', 'aks-logistics-002', null]],
  'node-image-behind': [['regressed', 'azure', 'node-image-current', 'aks-data-001', 'user1']],
  'node-pool-added': [
    ['nodePoolAppeared', 'azure', null, 'aks-payments-001', 'batch'],
    ['baseline', 'newSubject', 'node-public-ip', 'aks-payments-001', 'batch'],
  ],
  'cluster-removed': [['clusterRemoved', 'azure', null, 'aks-data-002', null]],
  'defender-plan-off': [['regressed', 'azure', 'defender-plan', null, null]],
  'policy-broken': [['regressed', 'azure', 'policy-compliance', 'aks-payments-001', null]],
  'certificate-ends-soon': [['regressed', 'azure', 'apiserver-cert-expiry', 'aks-payments-002', null]],
};

const BASELINE: Told[] = [
  ['baseline', 'firstRead', 'node-os-upgrade-channel', 'aks-data-002', null],
  ['baseline', 'firstRead', 'node-public-ip', 'aks-logistics-002', 'user1'],
  ['baseline', 'firstRead', 'defender-assessments', 'aks-payments-002', null],
  ['baseline', 'firstRead', 'defender-sensor', 'aks-payments-002', null],
];

const told = ({ Transition, Cause, CheckId, ClusterName, NodePool }: AksDriftRow): Told => [
  Transition,
  Cause,
  CheckId,
  ClusterName,
  NodePool,
];

const sorted = (events: readonly Told[]): string[] => events.map((event) => JSON.stringify(event)).sort();

const expectedWithout = (leaveOut: readonly string[]): string[] =>
  sorted(Object.entries(EXPECTED).flatMap(([name, events]) => (leaveOut.includes(name) ? [] : events)));

function valuesOf({ events }: DemoRuns[number], checkId: string, key: string): [before: string, now: string] {
  const event = events.find(({ CheckId }) => CheckId === checkId);
  const valueIn = (value: unknown): string => String((value as Record<string, unknown> | undefined)?.[key]);
  return [valueIn(event?.ValueBefore), valueIn(event?.ValueNow)];
}

const folders: string[] = [];

async function demo(leaveOut: readonly string[] = []): Promise<{ runs: DemoRuns; text: string; tablesDir: string }> {
  const tablesDir = await mkdtemp(join(tmpdir(), 'aks-drift-demo-test-'));
  folders.push(tablesDir);
  const lines: string[] = [];
  const runs = await runDemo({ out: (line) => lines.push(line), tablesDir, leaveOut });
  return { runs, text: stripVTControlCharacters(lines.join('\n')), tablesDir };
}

afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

describe('the demo', () => {
  it('names every change that it knows', () => {
    expect(CHANGES.map(({ name }) => name)).toStrictEqual(Object.keys(EXPECTED));
  });

  it('tells of the baseline, of exactly what drifted with old and new value, and then of nothing', async () => {
    const { runs, text, tablesDir } = await demo();
    const [first, second, third] = runs;

    expect(sorted(first.events.map(told))).toStrictEqual(sorted(BASELINE));
    expect(sorted(second.events.map(told))).toStrictEqual(expectedWithout([]));
    expect(third.events).toStrictEqual([]);

    const onDisk = (await readFile(join(tablesDir, 'AksDrift_CL.jsonl'), 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as AksDriftRow);
    const ids = new Set(onDisk.map(({ EventId }) => EventId));
    expect([...ids].sort()).toStrictEqual([...first.events, ...second.events].map(({ EventId }) => EventId).sort());

    const drift = text.slice(text.indexOf('Run 2'), text.indexOf('Run 3'));
    expect(drift).toMatch(
      /api-authorized-ip-breadth +regressed.*\n.*authorizedIPRanges 203\.0\.113\.0\/24 → 0\.0\.0\.0\/0/,
    );
    expect(drift).toMatch(
      /api-authorized-ip-ranges +changed.*\n.*authorizedIPRanges 203\.0\.113\.0\/24 → 0\.0\.0\.0\/0/,
    );
    expect(drift).toMatch(/local-accounts-disabled .*\n.*disableLocalAccounts true → false/);
    expect(drift).toMatch(/aks-payments-001 \/ batch +– +nodePoolAppeared .*\n.*Node pool batch appeared/);
    expect(drift).toMatch(/aks-payments-001 \/ batch +node-public-ip .*\n.*Every node of the pool has a public IP/);
    expect(drift).toMatch(/aks-data-002 +– +clusterRemoved .*\n.*Cluster aks-data-002 is gone/);
    expect(drift).toMatch(/defender-plan .*\n.*pricingTier Standard → Free/);
    expect(drift).toMatch(/policy-compliance .*\n.*nonCompliant 0 → 1;.*aks-baseline\/febd0533/);
    const [oldEnd, newEnd] = valuesOf(second, 'apiserver-cert-expiry', 'notAfter');
    const [oldImage, newImage] = valuesOf(second, 'node-image-current', 'latestNodeImageVersion');
    expect(drift).toContain(`notAfter ${oldEnd} → ${newEnd}`);
    expect(drift).toContain(`latestNodeImageVersion ${oldImage} → ${newImage}`);
    expect(Math.floor((Date.parse(newEnd) - Date.now()) / 86_400_000)).toBe(5);
    expect(text.slice(text.indexOf('Run 3'))).toContain('No drift event.');
  });

  // Each of the first seven changes is left out of other ones of these three runs, so that each event is traced
  // to one change; the eighth, in another cluster, goes with the first.
  it.each([0, 1, 2])('tells of nothing that did not happen (%i)', async (bit) => {
    const leaveOut = Object.keys(EXPECTED).filter((_, index) => (((index % 7) + 1) & (1 << bit)) !== 0);
    const { runs } = await demo(leaveOut);

    expect(leaveOut).not.toStrictEqual([]);
    expect(sorted(runs[1].events.map(told))).toStrictEqual(expectedWithout(leaveOut));
    expect(runs[2].events).toStrictEqual([]);
  });
});
