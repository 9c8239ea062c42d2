import { unknown, type Verdict } from '../model/check';
import type { Cluster, NodePool } from '../model/cluster';
import { clusterCommand } from './commands';

interface MinorVersion {
  /** As Azure gave it: 1.28.102-akslts, 1.28.3, or 1.28. */
  readonly version: string;
  /** The minor version alone: 1.28. */
  readonly name: string;
  /** Orders minor versions; neighbours are 1 apart. */
  readonly order: number;
}

/** Null when it is no version. */
export function parseVersion(version: string): MinorVersion | null {
  const parts = /^(\d+)\.(\d+)(?:\.\d+)?(?:-[\w.-]+)?$/.exec(version);
  return parts && { version, name: `${parts[1]}.${parts[2]}`, order: Number(parts[1]) * 1000 + Number(parts[2]) };
}

/** What the control plane runs, or why that cannot be told. */
export function controlPlaneVersion({ currentKubernetesVersion, kubernetesVersion }: Cluster): MinorVersion | Verdict {
  return versionIn('properties.currentKubernetesVersion', currentKubernetesVersion ?? kubernetesVersion);
}

/** What the nodes of the pool run, or why that cannot be told. */
export function poolVersion({ currentOrchestratorVersion, orchestratorVersion }: NodePool): MinorVersion | Verdict {
  const property = 'properties.agentPoolProfiles[].currentOrchestratorVersion';
  return versionIn(property, currentOrchestratorVersion ?? orchestratorVersion);
}

/** Old API versions tell only the version that was asked for, which may be a minor version alone. */
function versionIn(property: string, version: string | undefined): MinorVersion | Verdict {
  if (version === undefined) {
    return unknown('notVisible', `${property} is missing.`);
  }
  return parseVersion(version) ?? unknown('invalid', `${property} is ${version}: no version.`, { observed: version });
}

/** The plan of a cluster that names none is the ordinary one. https://learn.microsoft.com/azure/aks/long-term-support */
export function supportPlanOf({ supportPlan }: Cluster): string {
  return supportPlan ?? 'KubernetesOfficial';
}

export const UPGRADE_KUBERNETES = `${clusterCommand('get-upgrades', '--output table')} && ${clusterCommand('upgrade', '--kubernetes-version "<version>"')}`;
