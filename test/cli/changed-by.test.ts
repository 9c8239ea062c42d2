import { clusterAt, HOUR, openBench, type Bench } from '../support/cli';

const SCAN = ['--scan', 'configuration'];
const OPERATOR = 'operator@example.com';

/** A bench with a state, in which somebody opened the local accounts of a cluster. */
async function drifted(): Promise<Bench> {
  const bench = await openBench();
  await bench.firstRun(SCAN);
  const { id, properties } = clusterAt(bench.world, 0);
  properties.disableLocalAccounts = false;
  bench.world.resourceChanges.push({
    id: `${id}/providers/Microsoft.Resources/changes/one`,
    name: 'one',
    properties: {
      targetResourceId: id,
      changeType: 'Update',
      changeAttributes: {
        timestamp: new Date(bench.now.getTime() - HOUR / 2).toISOString(),
        ...{ changedBy: OPERATOR, changedByType: 'User', clientType: 'Azure Portal', operation: 'x/write' },
        correlationId: 'corr',
      },
      changes: { 'properties.disableLocalAccounts': { previousValue: 'true', newValue: 'false' } },
    },
  });
  return bench;
}

describe('--changed-by', () => {
  it.each<[string, string[], Record<string, string>, string | null]>([
    ['names who made a change', ['--changed-by'], {}, OPERATOR],
    [
      'keeps to pseudonyms where they are set',
      ['--changed-by'],
      { AKS_DRIFT_CHANGED_BY: 'pseudonym' },
      expect.stringMatching(/^person-/) as string,
    ],
    ['is off without the flag', [], {}, null],
    ['is off without the flag, whatever is set', [], { AKS_DRIFT_CHANGED_BY: 'name' }, null],
  ])('%s', async (_, flags, settings, expected) => {
    const bench = await drifted();
    const { report } = await bench.scan([...SCAN, '--state', bench.state, ...flags], settings);
    const failing = report.findings.filter(({ lastChange }) => lastChange !== null);

    expect(report.events).toMatchObject([{ checkId: 'local-accounts-disabled', changedBy: expected }]);
    expect(failing).toMatchObject([{ lastChange: { changedBy: expected } }]);
    const asked = bench.simulator.requests.filter(({ path }) => path.includes('Microsoft.ResourceGraph'));
    expect(asked).toHaveLength(expected === null ? 0 : 1);
  });
});
