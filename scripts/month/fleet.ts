import { generatedFleet, poolsOf, type World } from '../../simulator';
import { found, partOf } from '../demo/fleet';
import { clusterOf, type Stage } from './story';

/** Two subscriptions of eight and seven clusters, most of them sound, and what joins them later. */
export function monthFleet(now: Date): Pick<Stage, 'world' | 'later'> {
  const world = generatedFleet({ subscriptions: 3, clustersPerSubscription: 8, poolsPerCluster: 2, now });
  // AKS's own limits keep real time, in which a month is a minute.
  world.throttling = false;
  failFromTheStart(world);
  const cluster = clusterOf(world, 1, 8);
  const subscription = found(world.subscriptions[2], 'third subscription');
  world.clusters = world.clusters.filter((each) => each !== cluster);
  world.subscriptions = world.subscriptions.slice(0, 2);
  return { world, later: { cluster, subscription } };
}

function failFromTheStart(world: World): void {
  for (const [subscription, number] of [
    [1, 4],
    [2, 1],
  ] as const) {
    partOf(clusterOf(world, subscription, number).properties, 'autoUpgradeProfile').nodeOSUpgradeChannel = 'None';
  }
  const [, pool] = poolsOf(clusterOf(world, 1, 5));
  found(pool, 'second node pool').enableNodePublicIP = true;
  partOf(clusterOf(world, 2, 3).properties, 'apiServerAccessProfile').disableRunCommand = false;
  delete partOf(clusterOf(world, 2, 7).properties, 'securityProfile').defender;
}
