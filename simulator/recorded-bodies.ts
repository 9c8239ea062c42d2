import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { same, subscriptionOf } from './arm-id';
import { containersPlan } from './defender';
import { isJson, objectsOf, textOf } from './json';
import { surroundings } from './region';
import type { ArmBody, World } from './world';
import { emptyWorld } from './world';

function isCluster(body: unknown): body is ArmBody {
  return same(textOf(body, 'type') ?? '', 'Microsoft.ContainerService/managedClusters') && isJson(body);
}

/** The clusters of one file, named after it: recordings reuse ids, and the file name says what is special about the cluster. */
function clustersOf(folder: string, file: string): ArmBody[] {
  const content = JSON.parse(readFileSync(join(folder, file), 'utf8')) as unknown;
  const bodies = isJson(content) && Array.isArray(content.value) ? objectsOf(content, 'value') : [content];
  return bodies.filter(isCluster).map((body, index) => {
    const name = index === 0 ? basename(file, '.json') : `${basename(file, '.json')}-${index + 1}`;
    return { ...body, name, id: body.id.replace(/[^/]*$/, name) };
  });
}

/**
 * A world of the ARM bodies in a folder of JSON files, each a cluster or a list of clusters (`value`). Bodies are served
 * as they are but for id, name and API-server address; their subscriptions have the Defender plan Free, which is Azure's default.
 */
export function worldFromBodies(folder: string, now: Date): World {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  const clusters = files.sort().flatMap((file) => clustersOf(folder, file));
  const ids = [...new Set(clusters.map(({ id }) => subscriptionOf(id)))];
  return {
    ...emptyWorld(),
    ...surroundings(clusters, now),
    clusters,
    subscriptions: ids.map((id, index) => ({ id, displayName: `recorded-${index + 1}`, state: 'Enabled' })),
    pricings: ids.map((id) => containersPlan(id, 'Free', now)),
  };
}
