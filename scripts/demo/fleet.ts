import { generatedFleet, poolsOf, type ArmBody, type World } from '../../simulator';

const DAY_MS = 86_400_000;

/** Runs the only Ubuntu pool of its region, so that a newer Ubuntu image there is news for this pool alone. */
const UBUNTU = { cluster: 'aks-data-001', pool: 'user1', family: 'AKSUbuntu-2404gen2containerd', daysOld: 28 };

/**
 * The fleet of the demo: three subscriptions with two clusters each, most of it sound.
 * A node pool with public addresses, a cluster without the Defender sensor and one whose nodes nobody updates fail from the start.
 */
export function demoFleet(now: Date): World {
  const world = generatedFleet({ subscriptions: 3, clustersPerSubscription: 2, poolsPerCluster: 2, now });
  poolOf(world, 'aks-logistics-002', 'user1').enableNodePublicIP = true;
  partOf(clusterOf(world, 'aks-data-002').properties, 'autoUpgradeProfile').nodeOSUpgradeChannel = 'None';
  removeSensor(world, clusterOf(world, 'aks-payments-002'));
  assignAllowedImages(world, clusterOf(world, 'aks-payments-001'));
  const image = ubuntuImage(now, UBUNTU.daysOld);
  poolOf(world, UBUNTU.cluster, UBUNTU.pool).nodeImageVersion = image;
  offerUbuntu(world, image);
  return world;
}

/** The cluster with this name; names are unique in this fleet. */
export function clusterOf(world: World, name: string): ArmBody {
  return found(
    world.clusters.find((cluster) => cluster.name === name),
    name,
  );
}

/** A node pool of a cluster by name. */
export function poolOf(world: World, cluster: string, name: string): Record<string, unknown> {
  const pools = poolsOf(clusterOf(world, cluster));
  return found(
    pools.find((pool) => pool.name === name),
    `${cluster}/${name}`,
  );
}

/** An object inside a body, to be changed in place. */
export function partOf(body: Record<string, unknown>, name: string): Record<string, unknown> {
  const part = body[name];
  if (typeof part !== 'object' || part === null) {
    throw new Error(`The demo's fleet has no ${name}.`);
  }
  return part as Record<string, unknown>;
}

/** What is there, or an error that names what is not. */
export function found<T>(item: T | undefined, name: string): T {
  if (item === undefined) {
    throw new Error(`The demo's fleet has no ${name}.`);
  }
  return item;
}

/** The full name of the Ubuntu image that was built so many days ago. */
export function ubuntuImage(now: Date, daysOld: number): string {
  const [year = '', month = '', day = ''] = new Date(now.getTime() - daysOld * DAY_MS)
    .toISOString()
    .slice(0, 10)
    .split('-');
  return `${UBUNTU.family}-${year}${month}.${day}.0`;
}

/** Makes an image the newest that the region of the Ubuntu pool offers. @returns the region. */
export function offerUbuntu(world: World, image: string): string {
  const { location = '' } = clusterOf(world, UBUNTU.cluster);
  found(world.latestNodeImages[location], location)[UBUNTU.family] = image;
  return location;
}

function removeSensor(world: World, cluster: ArmBody): void {
  delete partOf(cluster.properties, 'securityProfile').defender;
  const assessment = world.assessments.find(
    ({ id, properties }) =>
      id.startsWith(`${cluster.id}/`) && String(properties.displayName).includes('Defender profile'),
  );
  Object.assign(partOf(found(assessment, 'assessment of the Defender profile').properties, 'status'), {
    code: 'Unhealthy',
    cause: 'DefenderProfileDisabled',
    description: 'The Defender profile is not enabled',
  });
}

/** One more policy, about what runs in the cluster: https://github.com/Azure/azure-policy ContainerAllowedImages.json */
function assignAllowedImages(world: World, { id }: ArmBody): void {
  const definition = 'febd0533-8e55-448f-b837-bd0e06f16469';
  const other = found(
    world.policyStates.find(({ resourceId }) => resourceId === id),
    'policy state',
  );
  world.policyStates.push({
    ...other,
    policyDefinitionId: `/providers/Microsoft.Authorization/policyDefinitions/${definition}`,
    policyDefinitionName: definition,
    policyDefinitionReferenceId: 'allowedImages',
  });
}
