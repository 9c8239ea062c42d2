import { poolsOf, type World } from '../../simulator';
import { clusterOf, found, offerUbuntu, partOf, poolOf, ubuntuImage } from './fleet';

const DAY_MS = 86_400_000;

/** Something that happens in Azure between two runs. */
export interface Change {
  readonly name: string;
  /** Changes the simulated Azure. @returns what happened, in one line. */
  readonly happen: (world: World, now: Date) => string;
}

/** Everything that drifts between the first run and the second, in the order in which it is told. */
export const CHANGES: readonly Change[] = [
  { name: 'authorized-ranges-opened', happen: openAuthorizedRanges },
  { name: 'local-accounts-on', happen: enableLocalAccounts },
  { name: 'node-image-behind', happen: offerNewerImage },
  { name: 'node-pool-added', happen: addNodePool },
  { name: 'cluster-removed', happen: removeCluster },
  { name: 'defender-plan-off', happen: switchDefenderOff },
  { name: 'policy-broken', happen: breakPolicy },
  { name: 'certificate-ends-soon', happen: endCertificateSoon },
];

function openAuthorizedRanges(world: World): string {
  const { name, properties } = clusterOf(world, 'aks-web-001');
  partOf(properties, 'apiServerAccessProfile').authorizedIPRanges = ['0.0.0.0/0'];
  return `${name}: somebody opened the API server to 0.0.0.0/0, "just for a test".`;
}

function enableLocalAccounts(world: World): string {
  const { name, properties } = clusterOf(world, 'aks-logistics-002');
  properties.disableLocalAccounts = false;
  return `${name}: local accounts were switched on, past Entra ID.`;
}

function offerNewerImage(world: World, now: Date): string {
  const image = ubuntuImage(now, 16);
  const location = offerUbuntu(world, image);
  return `${location}: the region now offers the node image ${image}, which is 16 days old.`;
}

function addNodePool(world: World): string {
  const cluster = clusterOf(world, 'aks-payments-001');
  const pool = { ...poolOf(world, cluster.name, 'user1'), name: 'batch', enableNodePublicIP: true };
  cluster.properties.agentPoolProfiles = [...poolsOf(cluster), pool];
  return `${cluster.name}: a node pool "batch" was added, and its nodes have public addresses.`;
}

function removeCluster(world: World): string {
  const { id, name } = clusterOf(world, 'aks-data-002');
  const isOthers = (resourceId: string): boolean => resourceId !== id && !resourceId.startsWith(`${id}/`);
  world.clusters = world.clusters.filter((cluster) => isOthers(cluster.id));
  world.policyStates = world.policyStates.filter(({ resourceId }) => isOthers(resourceId));
  world.assessments = world.assessments.filter((assessment) => isOthers(assessment.id));
  return `${name}: the cluster was deleted.`;
}

function switchDefenderOff(world: World): string {
  const { id, displayName } = found(world.subscriptions[1], 'second subscription');
  const plan = found(
    world.pricings.find((pricing) => pricing.id.startsWith(`/subscriptions/${id}/`)),
    'Defender plan',
  );
  plan.properties = { pricingTier: 'Free', freeTrialRemainingTime: 'PT0S' };
  return `${displayName} (${id.slice(0, 8)}): the plan Defender for Containers was switched to Free.`;
}

function breakPolicy(world: World, now: Date): string {
  const { id, name } = clusterOf(world, 'aks-payments-001');
  const state = world.policyStates.find(
    ({ resourceId, policyDefinitionReferenceId }) =>
      resourceId === id && policyDefinitionReferenceId === 'allowedImages',
  );
  Object.assign(found(state, 'policy "allowedImages"'), {
    timestamp: now.toISOString(),
    complianceState: 'NonCompliant',
    isCompliant: false,
  });
  return `${name}: Azure Policy found containers from a registry that is not allowed.`;
}

function endCertificateSoon(world: World, now: Date): string {
  const { id, name } = clusterOf(world, 'aks-payments-002');
  const { certificate } = found(world.apiServers[id.toLowerCase()], `API server of ${name}`);
  // The hours keep it at five whole days for as long as the demo runs.
  certificate.notAfter = new Date(now.getTime() + 5 * DAY_MS + DAY_MS / 2);
  return `${name}: the API server now shows a certificate that ends in 5 days.`;
}
