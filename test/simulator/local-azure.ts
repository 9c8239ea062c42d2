import tls from 'node:tls';
import { ContainerServiceClient } from '@azure/arm-containerservice';
import { PolicyInsightsClient } from '@azure/arm-policyinsights';
import { ResourceGraphClient } from '@azure/arm-resourcegraph';
import { ManagedIdentityCredential } from '@azure/identity';
import { LogsIngestionClient } from '@azure/monitor-ingestion';
import type { Simulator, World } from '../../simulator';
import { startSimulator } from '../../simulator';

const ARM_SCOPE = 'https://management.azure.com/.default';

/** The clock of the simulated Azure in these tests. */
export const NOW = new Date('2026-11-24T09:00:00Z');

/** A simulator that this process trusts, and the real SDK clients in front of it; they do not retry. */
export interface LocalAzure {
  simulator: Simulator;
  credential: ManagedIdentityCredential;
  containerService(subscriptionId: string): ContainerServiceClient;
  policyInsights(): PolicyInsightsClient;
  resourceGraph(): ResourceGraphClient;
  logsIngestion(): LogsIngestionClient;
  /** A plain GET or POST to ARM with a token for ARM. */
  arm(path: string, init?: RequestInit): Promise<Response>;
}

function setting(simulator: Simulator, name: string): string {
  return simulator.environment[name] ?? '';
}

/** Starts a simulator of a world and makes this process its managed identity. */
export async function startLocalAzure(world: World, tablesDir?: string): Promise<LocalAzure> {
  const simulator = await startSimulator({ world, now: () => NOW, ...(tablesDir !== undefined && { tablesDir }) });
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), simulator.caPem]);
  for (const name of ['IDENTITY_ENDPOINT', 'IDENTITY_HEADER']) {
    process.env[name] = setting(simulator, name);
  }
  const credential = new ManagedIdentityCredential();
  const endpoint = setting(simulator, 'AKS_DRIFT_ARM_ENDPOINT');
  const options = { endpoint, retryOptions: { maxRetries: 0 } };
  return {
    simulator,
    credential,
    containerService: (subscriptionId) =>
      new ContainerServiceClient(credential, subscriptionId, { ...options, credentials: { scopes: [ARM_SCOPE] } }),
    policyInsights: () =>
      new PolicyInsightsClient(credential, { ...options, $host: endpoint, credentialScopes: ARM_SCOPE }),
    resourceGraph: () => new ResourceGraphClient(credential, { ...options, credentials: { scopes: [ARM_SCOPE] } }),
    logsIngestion: () =>
      new LogsIngestionClient(setting(simulator, 'AKS_DRIFT_LOGS_ENDPOINT'), credential, {
        retryOptions: { maxRetries: 0 },
      }),
    arm: async (path, init = {}) => {
      const { token } = await credential.getToken(ARM_SCOPE);
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      return fetch(`${endpoint}${path}`, { ...init, headers });
    },
  };
}

/** Everything that an asynchronous iterable yields. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) {
    collected.push(item);
  }
  return collected;
}

/** The item at an index; throws when there is none, so that tests need no assertions on undefined. */
export function at<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) {
    throw new Error(`There is no item ${index} among ${items.length}.`);
  }
  return item;
}
