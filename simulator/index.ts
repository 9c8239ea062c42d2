import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiServers } from './api-servers';
import { answerArm } from './arm';
import { createAuthority, issueServerCertificate } from './certificates';
import type { Fault } from './faults';
import { Faults } from './faults';
import type { RecordedRequest } from './https-server';
import { startHttpsServer } from './https-server';
import { DCR_ID, LogsIngestion } from './logs-ingestion';
import { Throttle } from './throttling';
import { IDENTITY_HEADER, answerIdentity } from './tokens';
import type { World } from './world';

export type { ApiServer } from './api-servers';
export type { Fault } from './faults';
export { FLEET_MANAGEMENT_GROUP, generatedFleet } from './fleet';
export type { RecordedRequest } from './https-server';
export { FAKE_CLUSTER_TOKEN } from './kubeconfig';
export { weeklyWindows } from './maintenance-windows';
export { worldFromBodies } from './recorded-bodies';
export { healthyApiServer } from './region';
export { accessToken } from './tokens';
export { emptyWorld, poolsOf } from './world';
export type { ArmBody, World } from './world';

export interface SimulatorOptions {
  world: World;
  /** The clock of Azure; the real one when absent. Tokens, the simulator's own certificate and throttling keep real time. */
  now?: () => Date;
  /** When set, each accepted row is also appended to `<folder>/<table>.jsonl`. */
  tablesDir?: string;
}

export interface Simulator {
  /** Read anew for each request: change it to change Azure. */
  readonly world: World;
  /** Read anew for each request: push to it, empty it. */
  readonly faults: Fault[];
  /** Every request so far, in order of arrival, of all servers but the API servers. */
  readonly requests: RecordedRequest[];
  /** PEM file with the certificate authority of the simulated Azure, for NODE_EXTRA_CA_CERTS. */
  readonly caFile: string;
  readonly caPem: string;
  /** The settings with which the product finds this Azure. */
  readonly environment: Record<string, string>;
  /** The rows that a table has accepted, oldest first. */
  rows(table: string): Record<string, unknown>[];
  /** Closes every server and connection and removes the temporary files. */
  stop(): Promise<void>;
}

const DAY_MS = 86_400_000;

/** Starts a local Azure on free ports of 127.0.0.1. */
export async function startSimulator({
  world,
  now = () => new Date(),
  tablesDir,
}: SimulatorOptions): Promise<Simulator> {
  const life = { notBefore: new Date(Date.now() - DAY_MS), notAfter: new Date(Date.now() + 30 * DAY_MS) };
  const authority = await createAuthority('Simulated Azure', life);
  const certificate = await issueServerCertificate(authority, 'localhost', life);
  const folder = await mkdtemp(join(tmpdir(), 'aks-drift-simulator-'));
  const caFile = join(folder, 'ca.pem');
  await writeFile(caFile, authority.pem);

  const faults = new Faults();
  const requests: RecordedRequest[] = [];
  const apiServers = new ApiServers(world);
  const throttle = new Throttle();
  const logsIngestion = new LogsIngestion(tablesDir);
  const common = { certificate, faults, requests };
  const [arm, logs, identity] = await Promise.all([
    startHttpsServer({
      ...common,
      answer: (request) => answerArm(request, { world, now: now(), origin: request.url.origin, apiServers, throttle }),
    }),
    startHttpsServer({ ...common, answer: (request) => logsIngestion.answer(request, world, now()) }),
    startHttpsServer({ ...common, answer: answerIdentity }),
  ]);

  return {
    world,
    faults: faults.list,
    requests,
    caFile,
    caPem: authority.pem,
    environment: {
      AKS_DRIFT_ARM_ENDPOINT: arm.origin,
      AKS_DRIFT_LOGS_ENDPOINT: logs.origin,
      AKS_DRIFT_DCR_ID: DCR_ID,
      IDENTITY_ENDPOINT: `${identity.origin}/msi/token`,
      IDENTITY_HEADER,
      NODE_EXTRA_CA_CERTS: caFile,
    },
    rows: (table) => logsIngestion.rows(table),
    async stop() {
      await Promise.all([arm.stop(), logs.stop(), identity.stop(), apiServers.stop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
