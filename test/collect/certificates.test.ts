import { createServer, type AddressInfo } from 'node:net';

import { apiServerCertificate } from '../../shared/collect/api-server-certificate';
import { clusterCa } from '../../shared/collect/cluster-ca';
import { normaliseCluster } from '../../shared/collect/normalise';
import type { Cluster } from '../../shared/model/cluster';
import { FAKE_CLUSTER_TOKEN, generatedFleet, type ApiServer, type World } from '../../simulator';
import { NOW, at, startLocalAzure, type LocalAzure } from '../simulator/local-azure';
import { NO_DEADLINE, armBody, asked, clustersOf, connected, subscriptionIdOf, unread, valueOf } from './collecting';

const CREDENTIAL = 'Microsoft.ContainerService/managedClusters/listClusterUserCredential/action';

let azure: LocalAzure;
let world: World;
let subscriptionId: string;

beforeEach(async () => {
  world = generatedFleet({ subscriptions: 1, clustersPerSubscription: 2, poolsPerCluster: 1, now: NOW });
  subscriptionId = subscriptionIdOf(world);
  azure = await startLocalAzure(world);
});

afterEach(() => azure.simulator.stop());

function apiServer(index = 0): ApiServer {
  const found = world.apiServers[at(world.clusters, index).id.toLowerCase()];
  if (!found) {
    throw new Error('The cluster has no API server.');
  }
  return found;
}

const clusterAt = async (index = 0): Promise<Cluster> => at(await clustersOf(azure, subscriptionId), index);

/** A cluster that only its body describes. */
const bodied = (properties: Record<string, unknown>): Cluster => normaliseCluster(armBody(properties)).cluster;

describe('apiServerCertificate', () => {
  const ask = (cluster: Cluster, signal = NO_DEADLINE) => apiServerCertificate(connected(azure, signal))(cluster);

  it('reads the certificate that the server shows, and sends no request to ARM', async () => {
    const life = { notBefore: new Date('2026-01-02T03:04:05Z'), notAfter: new Date('2028-01-02T03:04:05Z') };
    apiServer().certificate = life;
    const cluster = await clusterAt();
    const before = azure.simulator.requests.length;
    expect(valueOf(await ask(cluster))).toEqual({
      notBefore: '2026-01-02T03:04:05.000Z',
      notAfter: '2028-01-02T03:04:05.000Z',
      subject: 'CN=apiserver',
      issuer: 'CN=ca',
      fingerprint: expect.stringMatching(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/) as unknown,
    });
    expect(azure.simulator.requests).toHaveLength(before);
  });

  it.each([
    ['one that has expired', '2025-01-01T00:00:00Z', '2026-01-01T00:00:00Z'],
    ['one that is not valid yet', '2030-01-01T00:00:00Z', '2031-01-01T00:00:00Z'],
  ])('reads %s', async (_, from, to) => {
    apiServer().certificate = { notBefore: new Date(from), notAfter: new Date(to) };
    expect(valueOf(await ask(await clusterAt())).notAfter).toBe(new Date(to).toISOString());
  });

  it('tells two clusters apart', async () => {
    const [first, second] = await Promise.all([0, 1].map(async (index) => valueOf(await ask(await clusterAt(index)))));
    expect(first?.fingerprint).not.toBe(second?.fingerprint);
  });

  const FQDN = 'c-one.hcp.westeurope.azmk8s.io';

  it.each<[when: string, properties: Record<string, unknown>, expected: object]>([
    ['private', { fqdn: FQDN, apiServerAccessProfile: { enablePrivateCluster: true } }, unread('disabled', 'private')],
    ['private without fqdn', { apiServerAccessProfile: { enablePrivateCluster: true } }, unread('disabled', 'private')],
    [
      'public network access disabled',
      { fqdn: FQDN, publicNetworkAccess: 'Disabled' },
      unread('disabled', 'Public network access'),
    ],
    [
      'public network access DISABLED',
      { fqdn: FQDN, publicNetworkAccess: 'DISABLED' },
      unread('disabled', 'Public network access'),
    ],
    ['stopped', { fqdn: FQDN, powerState: { code: 'Stopped' } }, unread('disabled', 'stopped')],
    ['without fqdn', { fqdn: null }, unread('invalid', 'properties.fqdn')],
    ['with an fqdn that is empty', { fqdn: '' }, unread('invalid', 'properties.fqdn')],
    ['with an fqdn that is no host name', { fqdn: 'not a host' }, unread('invalid')],
    ['with an fqdn of the wrong kind', { fqdn: 5 }, unread('invalid', 'properties.fqdn')],
    [
      'with a private flag of the wrong kind',
      { fqdn: FQDN, apiServerAccessProfile: { enablePrivateCluster: 'no' } },
      unread('invalid', 'enablePrivateCluster'),
    ],
    ['with a power state of the wrong kind', { fqdn: FQDN, powerState: 'Running' }, unread('invalid', 'powerState')],
    [
      'whose name does not resolve',
      { fqdn: 'c-one.invalid' },
      unread('unreachable', /^c-one\.invalid: .*(ENOTFOUND|EAI_AGAIN)/),
    ],
  ])('a cluster %s', async (_, properties, expected) => {
    const cluster = bodied(properties);
    const answer = await ask(cluster);
    expect(answer).toMatchObject(expected);
    expect(answer).toMatchObject({ unread: { source: 'apiServerCertificate', scope: cluster.id } });
  });

  it('a refused connection is unreachable, with the cause', async () => {
    apiServer().behaviour = 'refusing';
    expect(await ask(await clusterAt())).toMatchObject(unread('unreachable', /^localhost:\d+: .*ECONNREFUSED/));
  });

  it('a server that never answers is unreachable, with the cause', async () => {
    apiServer().behaviour = 'silent';
    expect(await ask(await clusterAt())).toMatchObject(unread('unreachable', /^localhost:\d+: .*ETIMEDOUT/));
  });

  it('a server that speaks no TLS is unreachable, with the cause', async () => {
    const server = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const fqdn = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const answer = await ask(bodied({ fqdn }));
    server.close();
    expect(answer).toMatchObject(unread('unreachable', /^127\.0\.0\.1:\d+: .*\(\w+\)$/));
  });

  it('the deadline is a timeout', async () => {
    apiServer().behaviour = 'silent';
    const cluster = await clusterAt();
    expect(await ask(cluster, AbortSignal.timeout(100))).toMatchObject(unread('timeout'));
    expect(await ask(cluster, AbortSignal.abort())).toMatchObject(unread('timeout'));
  });
});

describe('clusterCa', () => {
  const ask = (cluster: Cluster, optedIn = true) => clusterCa(connected(azure), subscriptionId, optedIn)(cluster);

  it('not opted in, nothing is asked', async () => {
    expect(await ask(await clusterAt(), false)).toMatchObject(unread('disabled', 'AKS_DRIFT_READ_CLUSTER_CA'));
    expect(asked(azure, CREDENTIAL)).toEqual([]);
  });

  it('opted in, it reads the dates of the CA', async () => {
    apiServer().authority = { notBefore: new Date('2024-02-03T00:00:00Z'), notAfter: new Date('2054-02-03T00:00:00Z') };
    const answer = valueOf(await ask(await clusterAt()));
    expect(answer).toEqual([
      expect.objectContaining({
        notBefore: '2024-02-03T00:00:00.000Z',
        notAfter: '2054-02-03T00:00:00.000Z',
        subject: 'CN=ca',
        issuer: 'CN=ca',
      }),
    ]);
    expect(asked(azure, CREDENTIAL)).toHaveLength(1);
  });

  it.each<[when: string, change: (properties: Record<string, unknown>) => void]>([
    ['without Entra ID', (properties) => delete properties.aadProfile],
    ['with aadProfile null', (properties) => (properties.aadProfile = null)],
    ['with an aadProfile that is empty', (properties) => (properties.aadProfile = {})],
    ['whose Entra ID is not managed', (properties) => (properties.aadProfile = { managed: false })],
    ['that does not say whether its Entra ID is managed', (properties) => (properties.aadProfile = { tenantID: 't' })],
  ])('a cluster %s is never asked: its kubeconfig would hold a key', async (_, change) => {
    change(at(world.clusters, 0).properties);
    const answer = await ask(await clusterAt());
    expect(answer).toMatchObject(unread('disabled', 'Entra ID'));
    expect(asked(azure, CREDENTIAL)).toEqual([]);
  });

  it.each([
    ['an aadProfile of the wrong kind', { aadProfile: 'x' }],
    ['a flag of the wrong kind', { aadProfile: { managed: 'true' } }],
  ])('%s is never asked, and invalid', async (_, properties) => {
    const answer = await ask(bodied(properties));
    expect(answer).toMatchObject(unread('invalid', 'aadProfile'));
    expect(asked(azure, CREDENTIAL)).toEqual([]);
  });

  it('a caller without the permission is told so', async () => {
    world.denied.push({ scope: '/', action: CREDENTIAL });
    expect(await ask(await clusterAt())).toMatchObject(unread('forbidden', CREDENTIAL));
  });

  const user = `users: [{ name: u, user: { token: ${FAKE_CLUSTER_TOKEN} } }]`;
  const withCa = (data: string): string => `clusters: [{ cluster: { certificate-authority-data: ${data} } }]\n${user}`;
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  const pem = (content: string): string => `-----BEGIN CERTIFICATE-----\n${content}\n-----END CERTIFICATE-----\n`;

  it.each([
    ['no YAML', `token: "${FAKE_CLUSTER_TOKEN}`],
    ['YAML with a broken alias', `a: *${FAKE_CLUSTER_TOKEN}`],
    ['a string', FAKE_CLUSTER_TOKEN],
    ['empty', ''],
    ['without clusters', user],
    ['with clusters null', `clusters: null\n${user}`],
    ['with clusters that are a string', `clusters: ${FAKE_CLUSTER_TOKEN}`],
    ['with a cluster that is null', `clusters: [null]\n${user}`],
    ['without a CA', `clusters: [{ cluster: { server: "https://x" } }]\n${user}`],
    ['with a CA that is a number', withCa('5')],
    ['with a CA that is no PEM', withCa(base64(FAKE_CLUSTER_TOKEN))],
    ['with a CA whose PEM is no certificate', withCa(base64(pem(FAKE_CLUSTER_TOKEN)))],
    ['with a second CA that is broken', withCa(base64(pem('AAAA') + pem(FAKE_CLUSTER_TOKEN)))],
    ['with a tag that YAML does not know', `clusters: !${FAKE_CLUSTER_TOKEN} []`],
  ])('a kubeconfig %s is invalid, and no part of it leaves', async (_, kubeconfig) => {
    const body = JSON.stringify({ kubeconfigs: [{ name: 'clusterUser', value: base64(kubeconfig) }] });
    azure.simulator.faults.push({ match: /listClusterUserCredential/, body });
    const answer = await ask(await clusterAt());
    expect(answer).toMatchObject(unread('invalid', 'kubeconfig|PEM|asn1'));
    for (const secret of [FAKE_CLUSTER_TOKEN, base64(FAKE_CLUSTER_TOKEN), 'token', 'server']) {
      expect(JSON.stringify(answer)).not.toContain(secret);
    }
  });

  it('nothing that is returned for a good kubeconfig holds its text', async () => {
    const answers = await Promise.all((await clustersOf(azure, subscriptionId)).map((cluster) => ask(cluster)));
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(JSON.stringify(answers)).not.toMatch(/BEGIN|kubelogin|token/);
  });
});
