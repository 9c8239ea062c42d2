import { readFile } from 'node:fs/promises';
import { CATALOGUE } from '../../shared/checks';
import { FLEET_MANAGEMENT_GROUP } from '../../simulator';
import { clusterAt, fleet, openBench, poolAt, reported, subscriptionAt, type Bench } from '../support/cli';

const SUBSCRIPTION = '11111111-1111-1111-1111-111111111111';

interface Misuse {
  readonly name: string;
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly says: readonly string[];
}

const MISUSES: readonly Misuse[] = [
  { name: 'no command', args: [], says: ['Usage'] },
  { name: 'an unknown command', args: ['scann'], says: ['scann'] },
  { name: 'an unknown option', args: ['scan', '--colour'], says: ['--colour'] },
  { name: 'an unknown scan', args: ['scan', '--scan', 'config'], says: ['config', 'configuration, node-images'] },
  { name: 'an unknown severity', args: ['scan', '--fail-on', 'severe'], says: ['severe', 'critical, high'] },
  { name: 'an unknown format', args: ['scan', '--format', 'xml'], says: ['xml', 'table, json'] },
  { name: 'csv', args: ['scan', '--format', 'csv'], says: ['"csv" comes with a later version'] },
  { name: 'sarif', args: ['scan', '--format', 'sarif'], says: ['"sarif" comes with a later version'] },
  { name: 'html', args: ['scan', '--format', 'html'], says: ['"html" comes with a later version'] },
  { name: 'no date', args: ['scan', '--as-of', 'soon'], says: ['--as-of', 'soon'] },
  { name: 'a date that is none', args: ['scan', '--as-of', '2027-02-31'], says: ['--as-of', '2027-02-31'] },
  {
    name: '--as-of with --publish and --state',
    args: ['scan', '--as-of', '2027-03-01', '--publish', '--state', 'x'],
    says: ['--as-of refuses --publish', '--as-of refuses --state'],
  },
  { name: '--changed-by without --state', args: ['scan', '--changed-by'], says: ['--changed-by takes --state'] },
  {
    name: '--input with what asks Azure',
    args: ['scan', '--input', 'x', '--subscription', SUBSCRIPTION, '--management-group', 'm', '--publish'],
    says: ['--input refuses --subscription', '--input refuses --management-group', '--input refuses --publish'],
  },
  { name: 'an input that is not there', args: ['scan', '--input', 'a.json', 'b.json'], says: ['a.json', 'b.json'] },
  {
    name: 'a subscription that is no GUID',
    args: ['scan', '--subscription', 'prod'],
    says: ['--subscription: got "prod"', 'GUID'],
  },
  {
    name: 'a management group with a name that none can have',
    args: ['scan', '--management-group', 'a/b'],
    says: ['--management-group: got "a/b"'],
  },
  { name: 'a baseline file that is not there', args: ['scan', '--baseline', 'no.yaml'], says: ['no.yaml'] },
  // What an unset variable of a shell leaves must not read as "everything".
  ...['--subscription', '--management-group', '--cluster', '--input', '--baseline', '--state', '--output'].map(
    (flag) => ({ name: `an empty ${flag}`, args: ['scan', flag, ''], says: [flag, 'is empty'] }),
  ),
  { name: 'one empty value of several', args: ['scan', '--cluster', 'a', ' '], says: ['--cluster', 'is empty'] },
  { name: 'an empty subscription of a request', args: ['request', '--subscription', ''], says: ['is empty'] },
  { name: 'an empty subscription of a drill', args: ['drill', '--subscription', ''], says: ['is empty'] },
  { name: 'explain of nothing', args: ['explain'], says: ['check'] },
  {
    name: 'every wrong setting at once',
    args: ['scan'],
    environment: {
      AKS_DRIFT_SUBSCRIPTION_IDS: 'one,two',
      AKS_DRIFT_SCANS: 'configuration,nope',
      AKS_DRIFT_CLOUD: 'AzureMoon',
      AKS_DRIFT_ARM_ENDPOINT: 'http://plain.example',
      AKS_DRIFT_DCR_ID: '',
      AKS_DRIFT_READ_CLUSTER_CA: 'yes',
      AKS_DRIFT_DEADLINE_SECONDS: '0',
      AKS_DRIFT_NOW: 'tomorrow',
    },
    says: [
      ...[
        'AKS_DRIFT_SUBSCRIPTION_IDS',
        '"one"',
        '"two"',
        'AKS_DRIFT_SCANS',
        '"nope"',
        'AKS_DRIFT_CLOUD',
        '"AzureMoon"',
      ],
      ...['AKS_DRIFT_ARM_ENDPOINT', 'https', 'AKS_DRIFT_DCR_ID', 'AKS_DRIFT_READ_CLUSTER_CA', '"yes"', 'true, false'],
      ...['AKS_DRIFT_DEADLINE_SECONDS', '"0"', 'AKS_DRIFT_NOW', '"tomorrow"'],
    ],
  },
];

describe('wrong usage', () => {
  it.each(MISUSES)('ends with 2, says why and asks Azure nothing: $name', async ({ args, environment, says }) => {
    const bench = await openBench();
    const { code, stdout, stderr } = await bench.run(args, environment);

    expect(code).toBe(2);
    expect(says.filter((part) => !stderr.includes(part))).toEqual([]);
    expect(stderr).not.toMatch(/^ {4}at /m);
    expect(stdout).toBe('');
    expect(bench.simulator.requests).toEqual([]);
  });

  it('lists every problem of a baseline file, with the nearest names', async () => {
    const bench = await openBench();
    const file = await bench.file(
      'baseline.yaml',
      [
        'version: 1',
        'checks:',
        '  local-account-disabled: { enabled: false }',
        '  node-image-current: { params: { graceDay: 3 } }',
        '  node-image-age: { params: { linuxDays: many } }',
        'exemptions:',
        '  - { check: nod-public-ip, reason: old, expiresOn: 2026-12-01 }',
      ].join('\n'),
    );
    const { code, stderr } = await bench.run(['scan', '--baseline', file]);

    expect(code).toBe(2);
    const says = ['"local-accounts-disabled"', '"graceDays"', 'linuxDays', '"many"', '"node-public-ip"'];
    expect(says.filter((part) => !stderr.includes(part))).toEqual([]);
    expect(bench.simulator.requests).toEqual([]);
  });
});

describe('exit codes', () => {
  it.each<[string, string[], number]>([
    ['nothing is asked for', [], 0],
    ['a finding above the threshold fails', ['--fail-on', 'medium'], 1],
    ['a finding at the threshold fails', ['--fail-on', 'high'], 1],
    ['every failing finding is milder', ['--fail-on', 'critical'], 0],
    ['the failing finding is of another scan', ['--fail-on', 'info', '--scan', 'policy'], 0],
  ])('--fail-on: %s', async (_, args, code) => {
    const bench = await openBench();
    clusterAt(bench.world, 0).properties.disableLocalAccounts = false;

    expect((await bench.scan(args)).code).toBe(code);
  });

  it.each<[string, string, number]>([
    ['an exemption that holds does not count', '2026-11-24', 0],
    ['an exemption that has passed does', '2026-11-23', 1],
  ])('--fail-on: %s', async (_, expiresOn, code) => {
    const bench = await openBench();
    clusterAt(bench.world, 0).properties.disableLocalAccounts = false;
    const exemption = { check: 'local-accounts-disabled', reason: 'migration', expiresOn, approvedBy: 'ciso' };
    const file = await bench.file('baseline.json', { version: 1, exemptions: [exemption] });
    const scanned = await bench.scan(['--fail-on', 'info', '--baseline', file]);

    expect(scanned.code).toBe(code);
    const exempt = scanned.report.findings
      .filter(({ outcome }) => outcome === 'fail')
      .map((finding) => finding.exemption);
    expect(exempt).toEqual([code === 0 ? { reason: 'migration', expiresOn, approvedBy: 'ciso' } : null]);
  });

  it('--fail-on goes by the severity that the baseline file gives', async () => {
    const bench = await openBench();
    clusterAt(bench.world, 0).properties.disableLocalAccounts = false;
    const file = await bench.file('b.yaml', 'version: 1\nchecks: { local-accounts-disabled: { severity: info } }');

    expect((await bench.scan(['--fail-on', 'low', '--baseline', file])).code).toBe(0);
  });

  it('stand in the order 2, 4, 1, 3', async () => {
    const bench = await openBench(fleet({ subscriptions: 2 }));
    const scan = (...args: string[]) => bench.run(['scan', '--scan', 'configuration', '--fail-on', 'info', ...args]);
    bench.world.clusters.forEach(({ properties }) => (properties.disableLocalAccounts = false));
    bench.simulator.faults.push({ match: /kubernetesVersions/, status: 403 });
    const unread = await bench.run(['scan', '--scan', 'configuration']);
    const failing = await scan();
    bench.simulator.faults.push({ match: /dataCollectionRules/, status: 403 });
    const unpublished = await scan('--publish', '--state', bench.state);
    const name = `state/${subscriptionAt(bench.world, 0)}/configuration.jsonl.gz`;
    await bench.file(name, 'damaged');
    const damaged = await scan('--publish', '--state', bench.state);

    expect([damaged.code, unpublished.code, failing.code, unread.code]).toEqual([2, 4, 1, 3]);
  });

  it('a section that is switched off is no unread section', async () => {
    const bench = await openBench();
    const { code, report } = await bench.scan(['--scan', 'certificates']);

    expect(code).toBe(0);
    expect(report.subscriptions.flatMap(({ unread }) => unread.map(({ reason }) => reason))).toEqual(['disabled']);
  });
});

describe('scope', () => {
  async function benchOfThree(): Promise<Bench> {
    const bench = await openBench(fleet({ subscriptions: 3, clusters: 1 }));
    bench.world.subscriptions.forEach(({ managementGroups = [] }, index) => {
      managementGroups.splice(0, 1, index === 0 ? 'mg-other' : FLEET_MANAGEMENT_GROUP);
    });
    return bench;
  }
  const idsOf = (report: { subscriptions: readonly { id: string }[] }): string[] =>
    report.subscriptions.map(({ id }) => id).sort();

  it('--subscription and --management-group outrank the environment', async () => {
    const bench = await benchOfThree();
    const ids = bench.world.subscriptions.map(({ id }) => id);
    const environment = { AKS_DRIFT_SUBSCRIPTION_IDS: ids.slice(0, 1).join(), AKS_DRIFT_SCANS: 'policy,configuration' };
    const byId = await bench.scan(['--subscription', subscriptionAt(bench.world, 1).toUpperCase()], environment);
    const byGroup = await bench.scan(['--management-group', FLEET_MANAGEMENT_GROUP], environment);
    const byEnvironment = await bench.scan(['--scan', 'policy'], environment);

    expect(byId.report.subscriptions.map(({ id, scan }) => `${id} ${scan}`)).toEqual([
      `${subscriptionAt(bench.world, 1)} configuration`,
      `${subscriptionAt(bench.world, 1)} policy`,
    ]);
    expect(new Set(idsOf(byGroup.report))).toEqual(new Set(ids.slice(1)));
    expect(byEnvironment.report.subscriptions.map(({ id, scan }) => `${id} ${scan}`)).toEqual([
      `${subscriptionAt(bench.world, 0)} policy`,
    ]);
  });

  it('AKS_DRIFT_EXCLUDE_SUBSCRIPTION_IDS leaves out', async () => {
    const bench = await benchOfThree();
    const [left, ...others] = bench.world.subscriptions.map(({ id }) => id);
    const { report } = await bench.scan(['--scan', 'policy'], { AKS_DRIFT_EXCLUDE_SUBSCRIPTION_IDS: left ?? '' });

    expect(idsOf(report)).toEqual(others.sort());
  });
});

describe('--as-of', () => {
  it.each([
    ['a day', '2027-03-01'],
    ['an instant', '2027-03-01T12:00:00Z'],
  ])('judges what ends until then as of %s', async (_, date) => {
    const bench = await openBench();
    const apiServer = bench.world.apiServers[clusterAt(bench.world, 0).id.toLowerCase()];
    Object.assign(apiServer?.certificate ?? {}, { notAfter: new Date('2027-03-15T00:00:00Z') });
    const today = await bench.scan(['--scan', 'certificates']);
    const later = await bench.scan(['--scan', 'certificates', '--as-of', date]);
    const failing = [today, later].map(({ report }) =>
      report.findings.filter(({ outcome }) => outcome === 'fail').map(({ checkId, clusterId }) => [checkId, clusterId]),
    );

    expect(failing).toEqual([[], [['apiserver-cert-expiry', clusterAt(bench.world, 0).id]]]);
  });

  it('stands in the table', async () => {
    const bench = await openBench();
    const { stdout } = await bench.run(['scan', '--scan', 'certificates', '--as-of', '2027-03-01']);

    expect(stdout).toMatch(/^\d+ clusters? in \d+ subscriptions?, as of 2027-03-01T00:00:00.000Z: /m);
  });
});

describe('--input', () => {
  it('reads list bodies, arrays, single objects and what az prints, and asks Azure nothing', async () => {
    const bench = await openBench(fleet({ clusters: 4 }));
    const [a, b, c, d] = bench.world.clusters;
    const { properties, ...top } = d ?? { properties: {} };
    const files = await Promise.all([
      bench.file('list.json', { value: [a] }),
      bench.file('array.json', [b]),
      bench.file('one.json', c),
      bench.file('az.json', [{ ...properties, ...top, resourceGroup: 'rg' }]),
    ]);
    const { code, report } = await bench.scan(['--input', ...files]);

    expect(code).toBe(0);
    expect(report.clusters.map(({ name }) => name).sort()).toEqual(bench.world.clusters.map(({ name }) => name).sort());
    expect(report.findings.filter(({ outcome }) => outcome === 'fail')).toEqual([]);
    const reasons = report.findings.filter(({ outcome }) => outcome === 'unknown').map(({ reason }) => reason);
    expect([...new Set(reasons)]).toEqual(['disabled']);
    expect(bench.simulator.requests).toEqual([]);
  });

  it('lists every problem of every file', async () => {
    const bench = await openBench();
    const files = await Promise.all([
      bench.file('broken.json', '{"value": ['),
      bench.file('number.json', 7),
      bench.file('wrong.json', [{ id: '/subscriptions/x' }, 'text', clusterAt(bench.world, 0), null]),
      bench.file('empty.json', ''),
    ]);
    const { code, stdout, stderr } = await bench.run(['scan', '--input', ...files]);

    expect([code, stdout]).toEqual([2, '']);
    const places = ['broken.json: it is not JSON', 'number.json: accepts', 'wrong.json[0]', 'wrong.json[1]'];
    expect([...places, 'wrong.json[3]', 'empty.json'].filter((place) => !stderr.includes(place))).toEqual([]);
    expect(stderr).not.toContain('wrong.json[2]');
  });

  it('judges two bodies of one id one by one, and refuses them with --state', async () => {
    const bench = await openBench();
    const cluster = clusterAt(bench.world, 0);
    const changed = { ...cluster, properties: { ...cluster.properties, disableLocalAccounts: false } };
    const file = await bench.file('both.json', [cluster, changed]);
    const judged = await bench.scan(['--input', file]);
    const refused = await bench.run(['scan', '--input', file, '--state', bench.state]);

    const outcomes = judged.report.findings.filter(({ checkId }) => checkId === 'local-accounts-disabled');
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['fail', 'pass']);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain(cluster.id.toLowerCase());
  });

  it('tells with --state what changed between two exports, and proves no absence', async () => {
    const bench = await openBench();
    const [first, second] = [clusterAt(bench.world, 0), clusterAt(bench.world, 1)];
    await bench.scan(['--input', await bench.file('1.json', [first, second]), '--state', bench.state]);
    bench.pass(1000);
    const changed = { ...first, properties: { ...first.properties, disableLocalAccounts: false } };
    const { report } = await bench.scan(['--input', await bench.file('2.json', [changed]), '--state', bench.state]);

    expect(report.events.map(({ transition, clusterId }) => [transition, clusterId])).toEqual([
      ['regressed', first.id],
    ]);
  });
});

describe('output', () => {
  it('is nothing but JSON on standard output, progress on standard error', async () => {
    const bench = await openBench();
    const ended = await bench.run(['scan', '--format', 'json']);

    expect(reported(ended).report.clusters).toHaveLength(2);
    expect(ended.stderr.trim().split('\n')).toHaveLength(5);
  });

  it('--quiet says nothing on standard error', async () => {
    const bench = await openBench();

    expect((await bench.scan(['--quiet'])).stderr).toBe('');
  });

  it('--output writes what would have been printed', async () => {
    const bench = await openBench();
    const file = await bench.file('report.json', 'older');
    const { code, stdout } = await bench.run(['scan', '--format', 'json', '--output', file]);

    expect([code, stdout]).toEqual([0, '']);
    expect(reported({ code, stderr: '', stdout: await readFile(file, 'utf8') }).report.schemaVersion).toBe(1);
  });

  it('--output to where nothing can be written is wrong usage', async () => {
    const bench = await openBench();
    const { code, stderr } = await bench.run(['scan', '--output', `${bench.folder}/none/report.json`]);

    expect(stderr).not.toMatch(/^ {4}at /m);
    expect(stderr).toContain('none/report.json');
    expect(code).toBe(2);
  });

  it.each<[string, Record<string, string>, boolean]>([
    ['is plain when it is piped', {}, false],
    ['is plain with NO_COLOR, whatever else is said', { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
    ['is coloured where colour is asked for', { FORCE_COLOR: '1' }, true],
  ])('the table %s', async (_, environment, isColoured) => {
    const bench = await openBench();
    poolAt(clusterAt(bench.world, 0), 1).enableNodePublicIP = true;
    const { stdout } = await bench.run(['scan'], environment);

    expect(stdout).toContain('node-public-ip');
    expect(stdout).toContain(`${clusterAt(bench.world, 0).name}/user1`);
    expect(stdout).toContain('1 fail');
    // An escape is what starts a colour.
    expect(stdout.includes(String.fromCharCode(27))).toBe(isColoured);
  });
});

describe('what needs no Azure', () => {
  it.each<[string, string[], RegExp]>([
    ['the version', ['--version'], /^\d+\.\d+\.\d+\n$/],
    ['help', ['--help'], /scan.*checks.*explain/s],
    ['help of a command', ['scan', '--help'], /--as-of.*--fail-on/s],
    ['the catalogue', ['checks'], /local-accounts-disabled\s+configuration\s+high/],
    ['one check', ['explain', 'node-image-age'], /linuxDays = 30.*az aks nodepool upgrade.*https:\/\//s],
  ])('%s goes to standard output and ends with 0', async (_, args, text) => {
    const bench = await openBench();
    const { code, stdout, stderr } = await bench.run(args);

    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(text);
    expect(bench.simulator.requests).toEqual([]);
  });

  it('lists every check that a scan judges by, and those that are off until a baseline file asks for them, as JSON', async () => {
    const bench = await openBench();
    const { code, stdout } = await bench.run(['checks', '--json']);
    const { report } = await bench.scan();

    expect(code).toBe(0);
    const listed = (JSON.parse(stdout) as { id: string }[]).map(({ id }) => id);
    const off = CATALOGUE.filter(({ onByDefault }) => !onByDefault).map(({ id }) => id);
    expect([...new Set(report.findings.map(({ checkId }) => checkId)), ...off].sort()).toEqual(listed.sort());
  });

  it('names the nearest check for one that is not there', async () => {
    const bench = await openBench();
    const { code, stdout, stderr } = await bench.run(['explain', 'local-account-disabled']);

    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('did you mean "local-accounts-disabled"');
  });
});
