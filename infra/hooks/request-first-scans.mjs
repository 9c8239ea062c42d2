/** Asks for the first scans now, so that nobody waits for the hourly timer. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const {
  AKS_DRIFT_SUBSCRIPTION_IDS: named,
  AKS_DRIFT_MANAGEMENT_GROUP_IDS: groups,
  AZURE_SUBSCRIPTION_ID: own,
  INFRA_NETWORK_ISOLATION: isolation,
  MONITOR_BLOB_ENDPOINT: blobs,
  MONITOR_OPERATOR_PRINCIPAL_ID: operatorId,
  MONITOR_QUEUE_ENDPOINT: queues,
} = process.env;

if (isolation === 'true' || !operatorId) {
  console.log(
    'No scan is requested: the queue cannot be reached from here. The hourly timer asks for the first scans.',
  );
} else {
  const root = join(import.meta.dirname, '../..');
  // The Node that the project brings: the one that runs this hook may be too old for the CLI.
  const node = join(root, 'node_modules/node/bin/node');
  const { status } = spawnSync(node, [join(root, 'dist/cli.js'), 'request'], {
    stdio: 'inherit',
    env: {
      ...process.env,
      // With nothing named the deployment watches the subscription that holds it: infra/main.bicep.
      ...(named || groups ? {} : { AKS_DRIFT_SUBSCRIPTION_IDS: own }),
      AzureWebJobsStorage__blobServiceUri: blobs,
      AzureWebJobsStorage__queueServiceUri: queues,
    },
  });
  process.exitCode = status ?? 1;
}
