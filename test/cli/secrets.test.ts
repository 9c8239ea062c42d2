import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FAKE_CLUSTER_TOKEN, type Fault } from '../../simulator';
import { clusterAt, fleet, openBench, type Bench } from '../support/cli';

/** How every token of the simulator begins: the header of an unsigned JWT. */
const TOKEN = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url');

const SECRETS = [TOKEN, FAKE_CLUSTER_TOKEN, 'BEGIN', 'PRIVATE', 'simulated-identity-header'];

const READ_CA = { AKS_DRIFT_READ_CLUSTER_CA: 'true' };

/** Everything that a run has let out, and all that it keeps. */
async function traces(bench: Bench, ended: { stdout: string; stderr: string }): Promise<string> {
  const tables = ['AksDrift_CL', 'AksCompliance_CL', 'AksMonitorRun_CL'];
  const states = [...(await bench.states()).values()];
  const temporary = await readdir(bench.temporary);
  const left = await Promise.all(temporary.map((file) => readFile(join(bench.temporary, file), 'utf8')));
  const rows = tables.map((table) => JSON.stringify(bench.simulator.rows(table)));
  return [ended.stdout, ended.stderr, ...states, ...left, ...rows].join('\n');
}

const kubeconfig = (text: string): string =>
  JSON.stringify({ kubeconfigs: [{ name: 'clusterUser', value: Buffer.from(text).toString('base64') }] });

const pem = (text: string): string => Buffer.from(text).toString('base64');

const ANSWERS: readonly (readonly [string, Omit<Fault, 'match'>])[] = [
  ['an administrator’s kubeconfig that is no YAML', { body: kubeconfig(`token: ${FAKE_CLUSTER_TOKEN}\n\t- : {`) }],
  [
    'a certificate that is none',
    {
      body: kubeconfig(
        `clusters: [{ cluster: { certificate-authority-data: ${pem(
          `-----BEGIN CERTIFICATE-----\n${FAKE_CLUSTER_TOKEN}\n-----END CERTIFICATE-----`,
        )} } }]`,
      ),
    },
  ],
  [
    'a kubeconfig that is no text',
    { body: JSON.stringify({ kubeconfigs: [{ value: { token: FAKE_CLUSTER_TOKEN } }] }) },
  ],
];

describe('nothing secret leaves the process', () => {
  it('reads the CA of Entra clusters only, and keeps none of it', async () => {
    const bench = await openBench(fleet({ clusters: 3 }));
    const [entra, local] = [clusterAt(bench.world, 0), clusterAt(bench.world, 1)];
    delete local.properties.aadProfile;
    await bench.publish([], READ_CA);
    entra.properties.disableLocalAccounts = false;
    const ended = await bench.publish([], READ_CA);

    const asked = bench.simulator.requests
      .map(({ path }) => /managedClusters\/([^/]+)\/listClusterUserCredential/.exec(path)?.[1])
      .filter((name) => name !== undefined);
    expect(asked).toContain(entra.name);
    expect(asked).not.toContain(local.name);
    const text = await traces(bench, ended);
    expect(text).toContain('cluster-ca-expiry');
    expect(SECRETS.filter((secret) => text.includes(secret))).toEqual([]);
  });

  it.each(ANSWERS)('not in an error either: %s', async (_, fault) => {
    const bench = await openBench();
    bench.simulator.faults.push({ match: /listClusterUserCredential/, ...fault });
    const ended = await bench.publish(['--scan', 'certificates'], READ_CA);
    const text = await traces(bench, ended);

    expect(ended.code).toBe(3);
    expect(
      ended.report.findings.filter(({ checkId }) => checkId === 'cluster-ca-expiry').map(({ reason }) => reason),
    ).toEqual(['invalid', 'invalid']);
    expect(SECRETS.filter((secret) => text.includes(secret))).toEqual([]);
  });

  it.each([
    ['a refusal', { match: /managedClusters\?/, status: 401 }],
    ['a crash', { match: /^GET \/subscriptions\?/, status: 403 }],
    ['an upload that is refused', { match: /dataCollectionRules/, status: 401 }],
  ])('not after %s', async (_, fault) => {
    const bench = await openBench();
    await bench.firstRun();
    bench.simulator.faults.push(fault);
    const ended = await bench.run(['scan', '--publish', '--state', bench.state, '--scan', 'configuration']);
    const text = await traces(bench, ended);

    expect(ended.code).not.toBe(0);
    expect(SECRETS.filter((secret) => text.includes(secret))).toEqual([]);
  });
});
