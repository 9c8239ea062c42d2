import { stringify } from 'yaml';
import { isJson } from './json';
import type { ArmBody } from './world';

/** A made-up secret, for tests that prove that nothing of a kubeconfig leaks. */
export const FAKE_CLUSTER_TOKEN = 'simulated-cluster-admin-token-that-must-never-leave-the-process';

/** Entra clusters get an exec plugin and no secret; all others get the cluster admin's static token. */
function userOf(cluster: ArmBody): Record<string, unknown> {
  if (!isJson(cluster.properties.aadProfile)) {
    return { token: FAKE_CLUSTER_TOKEN };
  }
  return {
    exec: {
      apiVersion: 'client.authentication.k8s.io/v1beta1',
      command: 'kubelogin',
      args: ['get-token', '--environment', 'AzurePublicCloud', '--server-id', '6dae42f8-4368-4678-94ff-3960e28e3630'],
      provideClusterInfo: false,
    },
  };
}

/** The user kubeconfig of a cluster as YAML; `authority` is the PEM of the cluster's CA. */
export function kubeconfigOf(cluster: ArmBody, host: string, authority: string): string {
  const user = `clusterUser_${cluster.name}`;
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: cluster.name,
        cluster: {
          server: `https://${host}`,
          'certificate-authority-data': Buffer.from(authority).toString('base64'),
        },
      },
    ],
    contexts: [{ name: cluster.name, context: { cluster: cluster.name, user } }],
    'current-context': cluster.name,
    users: [{ name: user, user: userOf(cluster) }],
  });
}
