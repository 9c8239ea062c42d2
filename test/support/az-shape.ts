import shape from '../../shared/collect/cluster-shape.json';
import type { ArmBody } from '../../simulator';

type Json = Record<string, unknown>;

const TYPES = shape.types as unknown as Readonly<Record<string, Readonly<Record<string, readonly [string, string]>>>>;

/** What `az aks list` leaves out where it is not set (`_remove_nulls` of azure-cli's acs module); all else is null. */
const LEFT_OUT = new Set(['tags', 'osDiskSizeGb', 'vnetSubnetId', 'secret']);

/**
 * What `az aks list -o json` prints for an ARM body: flat, with names from Python (which has no acronyms), null for
 * whatever is not set, and the group of every resource id beside it.
 */
export function azShape({ properties, ...top }: ArmBody): Json {
  return objectOf({ ...top, ...properties }, 'ManagedCluster');
}

/** authorizedIPRanges → authorizedIpRanges. */
function azName(name: string): string {
  return name.replace(/([A-Z])([A-Z]+)(?![a-z])/g, (_, first: string, rest: string) => first + rest.toLowerCase());
}

function objectOf(value: Json, type: string): Json {
  const members = TYPES[type] ?? {};
  const result: Json = {};
  for (const [name] of Object.values(members)) {
    if (!LEFT_OUT.has(azName(name))) {
      result[azName(name)] = null;
    }
  }
  for (const [key, item] of Object.entries(value)) {
    result[azName(key)] = convert(item, members[key.toLowerCase()]?.[1] ?? 'any');
  }
  const group = /^\/subscriptions\/[^/]+\/resourceGroups\/([^/]+)/i.exec(typeof value.id === 'string' ? value.id : '');
  return group === null ? result : { ...result, resourceGroup: group[1] };
}

function convert(value: unknown, kind: string): unknown {
  const [head = '', ...rest] = kind.split(':');
  const inner = rest.join(':');
  if (Array.isArray(value)) {
    return value.map((item) => convert(item, head === 'array' ? inner : 'any'));
  }
  if (typeof value === 'object' && value !== null) {
    // The keys of a map belong to the user; the CLI leaves them alone.
    return head === 'map'
      ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, convert(item, inner)]))
      : objectOf(value as Json, head === 'object' ? inner : '');
  }
  return head === 'date' && typeof value === 'string' ? value.replace(/Z$/, '+00:00') : value;
}
