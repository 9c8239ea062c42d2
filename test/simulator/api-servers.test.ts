import tls from 'node:tls';
import { parse } from 'yaml';
import { generatedFleet, healthyApiServer } from '../../simulator';
import type { ApiServer, World } from '../../simulator';
import type { LocalAzure } from './local-azure';
import { NOW, at, collect, startLocalAzure } from './local-azure';

let azure: LocalAzure;
let world: World;

beforeEach(async () => {
  world = generatedFleet({ subscriptions: 1, clustersPerSubscription: 2, poolsPerCluster: 1, now: NOW });
  azure = await startLocalAzure(world);
});

afterEach(() => azure.simulator.stop());

function apiServerOf(index: number): ApiServer {
  const found = world.apiServers[at(world.clusters, index).id.toLowerCase()];
  if (!found) {
    throw new Error('The cluster has no API server.');
  }
  return found;
}

const client = () => azure.containerService(at(world.subscriptions, 0).id).managedClusters;

async function addressOf(index: number): Promise<URL> {
  const clusters = await collect(client().list());
  return new URL(`https://${clusters.find(({ name }) => name === at(world.clusters, index).name)?.fqdn ?? ''}`);
}

/** Shakes hands with a server and returns the end of its certificate; fails as the handshake does. */
async function handshake(address: URL, ca?: string): Promise<{ notAfter: Date; authorized: boolean }> {
  return new Promise((resolve, reject) => {
    const options = { host: address.hostname, port: Number(address.port), servername: address.hostname };
    const socket = tls.connect({ ...options, rejectUnauthorized: false, ...(ca !== undefined && { ca }) }, () => {
      const { validTo = '' } = socket.getPeerX509Certificate() ?? {};
      resolve({ notAfter: new Date(validTo), authorized: socket.authorized });
      socket.end();
    });
    socket.setTimeout(300, () => socket.destroy(new Error('silent')));
    socket.on('error', reject);
  });
}

async function authorityOf(index: number): Promise<string> {
  const { id, name } = at(world.clusters, index);
  const { kubeconfigs = [] } = await client().listClusterUserCredentials(id.split('/')[4] ?? '', name);
  const config = parse(Buffer.from(kubeconfigs[0]?.value ?? []).toString()) as {
    clusters: { cluster: { 'certificate-authority-data': string } }[];
  };
  return Buffer.from(at(config.clusters, 0).cluster['certificate-authority-data'], 'base64').toString();
}

it('shows the dates of the world, also when they change', async () => {
  const address = await addressOf(0);
  const apiServer = apiServerOf(0);
  expect((await handshake(address)).notAfter).toEqual(apiServer.certificate.notAfter);
  apiServer.certificate = { ...apiServer.certificate, notAfter: new Date('2026-12-01T00:00:00Z') };
  expect((await handshake(address)).notAfter).toEqual(new Date('2026-12-01T00:00:00Z'));
});

it('is signed by the authority in the kubeconfig of its own cluster', async () => {
  const address = await addressOf(0);
  const real = { notBefore: new Date(Date.now() - 86_400_000), notAfter: new Date(Date.now() + 86_400_000) };
  Object.assign(apiServerOf(0), { certificate: real, authority: real });
  expect((await handshake(address, await authorityOf(0))).authorized).toBe(true);
  expect((await handshake(address, await authorityOf(1))).authorized).toBe(false);
});

it('can be silent', async () => {
  apiServerOf(0).behaviour = 'silent';
  await expect(handshake(await addressOf(0))).rejects.toThrow('silent');
});

it('can refuse connections, and come back under the same address', async () => {
  const before = await addressOf(0);
  apiServerOf(0).behaviour = 'refusing';
  const refused = await addressOf(0);
  expect(refused.href).toBe(before.href);
  await expect(handshake(refused)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  apiServerOf(0).behaviour = 'serving';
  expect((await handshake(await addressOf(0))).notAfter).toEqual(apiServerOf(0).certificate.notAfter);
});

it('is told apart from that of another cluster', async () => {
  expect((await addressOf(0)).port).not.toBe((await addressOf(1)).port);
});

it('exists for a cluster that appears later', async () => {
  const appeared = structuredClone(at(world.clusters, 0));
  appeared.id = `${appeared.id}-new`;
  appeared.name = `${appeared.name}-new`;
  world.clusters.push(appeared);
  world.apiServers[appeared.id.toLowerCase()] = healthyApiServer(NOW);
  const { notAfter } = healthyApiServer(NOW).certificate;
  expect((await handshake(await addressOf(2))).notAfter).toEqual(notAfter);
});
