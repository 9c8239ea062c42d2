import { generatedFleet, poolsOf } from '../../simulator';
import { imageFamily, weeklyImage } from '../../simulator/node-image';
import { NOW, at } from './local-azure';

const SIZE = { subscriptions: 2, clustersPerSubscription: 3, poolsPerCluster: 2, now: NOW };

describe('a generated fleet', () => {
  it('is the same for the same options and another for another seed', () => {
    expect(generatedFleet(SIZE)).toEqual(generatedFleet(SIZE));
    expect(generatedFleet(SIZE).clusters.map(({ id }) => id)).not.toEqual(
      generatedFleet({ ...SIZE, seed: 2 }).clusters.map(({ id }) => id),
    );
  });

  it('has unique clusters, each with a uid and with an API server', () => {
    const { clusters, apiServers } = generatedFleet(SIZE);
    expect(new Set(clusters.map(({ properties }) => properties.resourceUID)).size).toBe(6);
    expect(Object.keys(apiServers).sort()).toEqual(clusters.map(({ id }) => id.toLowerCase()).sort());
  });

  it('has windows for upgrades in each cluster', () => {
    const { clusters, maintenanceConfigurations } = generatedFleet(SIZE);
    for (const { id } of clusters) {
      expect(maintenanceConfigurations[id.toLowerCase()]?.map((each) => each.id)).toEqual([
        `${id}/maintenanceConfigurations/aksManagedAutoUpgradeSchedule`,
        `${id}/maintenanceConfigurations/aksManagedNodeOSUpgradeSchedule`,
      ]);
    }
  });

  it('runs the images that its regions offer', () => {
    const { clusters, latestNodeImages } = generatedFleet(SIZE);
    for (const cluster of clusters) {
      for (const { nodeImageVersion } of poolsOf(cluster)) {
        expect(Object.values(latestNodeImages[cluster.location ?? ''] ?? {})).toContain(nodeImageVersion);
      }
    }
  });

  it('can be changed without a change to another', () => {
    const world = generatedFleet(SIZE);
    Object.assign(at(world.clusters, 0).properties.networkProfile as object, { networkPolicy: 'none' });
    expect(at(world.clusters, 1).properties.networkProfile).toMatchObject({ networkPolicy: 'cilium' });
  });
});

describe('node image names', () => {
  it.each([
    ['AKSUbuntu-2204gen2containerd-202410.27.0', 'AKSUbuntu-2204gen2containerd'],
    ['AKSUbuntu-2204gen2containerd-202410.27.0-2024.12.01', 'AKSUbuntu-2204gen2containerd'],
    ['AKSUbuntu-1804gen2containerd-2021.10.12', 'AKSUbuntu-1804gen2containerd'],
    ['AKSWindows-2022-containerd-gen2-20348.4529.251212', 'AKSWindows-2022-containerd-gen2'],
    ['AKSAzureContainerLinux-202606.01.0', 'AKSAzureContainerLinux'],
  ])('%s is of the family %s', (image, family) => {
    expect(imageFamily(image)).toBe(family);
    expect(imageFamily(weeklyImage(family, NOW))).toBe(family);
  });

  it('name the Monday at least five days ago', () => {
    expect(weeklyImage('AKSAzureLinux-V3gen2', NOW)).toBe('AKSAzureLinux-V3gen2-202611.16.0');
    expect(weeklyImage('AKSWindows-2022', NOW)).toBe('AKSWindows-2022-20348.4529.261116');
  });
});
