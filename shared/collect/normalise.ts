import { isDeepStrictEqual } from 'node:util';

import type { Cluster, NodePool } from '../model/cluster';
import shape from './cluster-shape.json';

type Members = Readonly<Record<string, readonly [name: string, kind: string]>>;

/**
 * What only preview api-versions show, so that the SDK has no name for it, and a check looks for where a file holds it.
 * https://learn.microsoft.com/azure/aks/kms-data-encryption, https://learn.microsoft.com/azure/aks/custom-certificate-authority
 */
const PREVIEW: Readonly<Record<string, Members>> = {
  ManagedClusterSecurityProfile: {
    kubernetesresourceobjectencryptionprofile: [
      'kubernetesResourceObjectEncryptionProfile',
      'object:KubernetesResourceObjectEncryptionProfile',
    ],
  },
  KubernetesResourceObjectEncryptionProfile: {
    infrastructureencryption: ['infrastructureEncryption', 'enum:InfrastructureEncryption'],
  },
  // The API documents strings and takes numbers as well.
  AgentPoolUpgradeSettings: { maxsurge: ['maxSurge', 'amount'], maxunavailable: ['maxUnavailable', 'amount'] },
  ManagedClusterAgentPoolProfile: { enablecustomcatrust: ['enableCustomCATrust', 'boolean'] },
};

const STABLE = shape.types as unknown as Readonly<Record<string, Members>>;
const TYPES: Readonly<Record<string, Members>> = {
  ...STABLE,
  ...Object.fromEntries(Object.entries(PREVIEW).map(([type, members]) => [type, { ...STABLE[type], ...members }])),
};
const ENUMS: Readonly<Record<string, readonly string[]>> = {
  ...shape.enums,
  InfrastructureEncryption: ['Enabled', 'Disabled'],
};

const POOL = 'object:ManagedClusterAgentPoolProfile';

/** Modes of the pools that are somebody's to judge; all others belong to the platform (aksmanagedap and what comes next). */
const JUDGED_MODES = new Set(['System', 'User', 'Gateway', undefined]);

/** Thrown when a check reads a property whose value is of the wrong kind. */
export class InvalidPropertyError extends Error {
  override readonly name = 'InvalidPropertyError';
}

export interface Normalised {
  readonly cluster: Cluster;
  /** One sentence per property whose value is of the wrong kind; reading such a property throws InvalidPropertyError. */
  readonly problems: readonly string[];
}

/**
 * Makes the one form that checks know from what the SDK returns, from an ARM body or from `az aks list`.
 * The three differ in letter case and in whether `properties` is a level of its own, and in nothing else.
 * @throws InvalidPropertyError when the body is no cluster: no object, or no id of a managed cluster.
 */
export function normaliseCluster(body: unknown): Normalised {
  if (!isRecord(body)) {
    throw new InvalidPropertyError(`A cluster must be a JSON object; got ${kindOf(body)}.`);
  }
  const problems: string[] = [];
  const { properties = {}, ...top } = withEnvelope(body);
  const id = identity(top.id);
  // Changed in place: copying would lose the properties that throw when they are read.
  const flat = isRecord(properties) ? { ...properties, ...top } : top;
  const cluster = object(flat, 'ManagedCluster', clusterPath, problems);
  if (!isRecord(properties)) {
    hideProperties(cluster, `properties: expected an object, got ${kindOf(properties)}.`, problems);
  }
  const pools = plainValue(cluster, 'agentPoolProfiles');
  delete cluster.agentPoolProfiles;
  if (Array.isArray(pools)) {
    if (pools.every(isNamed)) {
      cluster.nodePools = pools.filter(isJudged);
    } else {
      problems.push('properties.agentPoolProfiles: every node pool must have a name.');
    }
  }
  const location = plainValue(cluster, 'location');
  delete cluster.location;
  delete cluster.name;
  Object.assign(cluster, id, {
    location: typeof location === 'string' ? location.toLowerCase().replaceAll(' ', '') : '',
  });
  lowerAddons(cluster, problems);
  return { cluster: cluster as unknown as Cluster, problems };
}

/** What tells an ARM body from a flat one must be found in any letter case: what is overlooked looks like what was never set. */
function withEnvelope(body: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => [/^(id|properties)$/i.test(key) ? key.toLowerCase() : key, value]),
  );
}

/** Nothing below `properties` can be read: whoever asks for any of it is told why. */
function hideProperties(cluster: object, message: string, problems: string[]): void {
  problems.push(message);
  for (const [lower, [name]] of Object.entries(TYPES.ManagedCluster ?? {})) {
    if (!TOP_LEVEL.has(lower) && lower !== 'agentpoolprofiles') {
      throwWhenRead(cluster, name, new InvalidPropertyError(message));
    }
  }
}

/** Only the checks that ask for this property are at a loss, so the error waits until one does. */
function throwWhenRead(target: object, name: string, error: InvalidPropertyError): void {
  const get = (): never => {
    throw error;
  };
  Object.defineProperty(target, name, { get, enumerable: false, configurable: true });
}

/** What stands beside `properties` in an ARM body, in lower case. */
const TOP_LEVEL = new Set([
  'id',
  'name',
  'type',
  'location',
  'tags',
  'sku',
  'identity',
  'kind',
  'systemdata',
  'etag',
  'extendedlocation',
]);

/** Where a property stands in an ARM body, also when it was read from a flattened one. */
function clusterPath(key: string): string {
  return TOP_LEVEL.has(key.toLowerCase()) ? key : `properties.${key}`;
}

/** The value of a property, unless reading it throws. */
function plainValue(target: object, name: string): unknown {
  return Object.getOwnPropertyDescriptor(target, name)?.value;
}

/** The names that an ARM id of a managed cluster holds, in their letter case. */
function identity(id: unknown): Pick<Cluster, 'id' | 'name' | 'subscriptionId' | 'resourceGroup'> {
  const match =
    /^\/subscriptions\/([^/]+)\/resourcegroups\/([^/]+)\/providers\/microsoft\.containerservice\/managedclusters\/([^/]+)$/i.exec(
      typeof id === 'string' ? id : '',
    );
  if (match === null) {
    const found = typeof id === 'string' ? `"${id}"` : kindOf(id);
    throw new InvalidPropertyError(
      `A cluster must have the id of a managed cluster (/subscriptions/…/managedClusters/NAME); got ${found}.`,
    );
  }
  const [, subscriptionId = '', resourceGroup = '', name = ''] = match;
  return { id: match[0], name, subscriptionId: subscriptionId.toLowerCase(), resourceGroup };
}

function isNamed(pool: unknown): pool is NodePool {
  return isRecord(pool) && typeof plainValue(pool, 'name') === 'string';
}

function isJudged(pool: NodePool): boolean {
  return JUDGED_MODES.has(plainValue(pool, 'mode') as NodePool['mode']);
}

/** The keys of add-ons, and of their settings, arrive in the letter case of whoever wrote them (azure-rest-api-specs#10716). */
function lowerAddons(cluster: Record<string, unknown>, problems: string[]): void {
  const addons = plainValue(cluster, 'addonProfiles');
  if (!isRecord(addons)) {
    return;
  }
  for (const [name, { value: addon }] of Object.entries(Object.getOwnPropertyDescriptors(addons))) {
    const config: unknown = isRecord(addon) ? plainValue(addon, 'config') : undefined;
    if (isRecord(config)) {
      lowerKeys(config, `properties.addonProfiles.${name}.config`, problems);
    }
  }
  lowerKeys(addons, 'properties.addonProfiles', problems);
}

/** In place. Of two keys that differ in letter case only, nobody knows which counts: unless both say the same, it cannot be read. */
function lowerKeys(target: Record<string, unknown>, path: string, problems: string[]): void {
  const known = Object.entries(Object.getOwnPropertyDescriptors(target));
  known.forEach(([name]) => Reflect.deleteProperty(target, name));
  for (const [name, descriptor] of known) {
    const lower = name.toLowerCase();
    const other = Object.getOwnPropertyDescriptor(target, lower);
    if (other === undefined) {
      Object.defineProperty(target, lower, descriptor);
    } else if (!('value' in other && isDeepStrictEqual(other.value, descriptor.value))) {
      const message = `${path} holds ${lower} twice, with other values.`;
      problems.push(message);
      throwWhenRead(target, lower, new InvalidPropertyError(message));
    }
  }
}

function object(
  value: Record<string, unknown>,
  type: string,
  pathOf: (key: string) => string,
  problems: string[],
): Record<string, unknown> {
  const members = TYPES[type] ?? {};
  const result: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    if (item === null || item === undefined) {
      continue;
    }
    const lower = key.toLowerCase();
    const [name, kind] = (Object.hasOwn(members, lower) ? members[lower] : undefined) ?? [key, 'any'];
    set(result, name, item, kind, pathOf(key), problems);
  }
  return result;
}

function set(target: object, name: string, value: unknown, kind: string, path: string, problems: string[]): void {
  try {
    Object.defineProperty(target, name, {
      value: convert(value, kind, path, problems),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  } catch (error) {
    if (!(error instanceof InvalidPropertyError)) {
      throw error;
    }
    problems.push(error.message);
    throwWhenRead(target, name, error);
  }
}

function convert(value: unknown, kind: string, path: string, problems: string[]): unknown {
  const [head = '', ...rest] = kind.split(':');
  const inner = rest.join(':');
  switch (head) {
    case 'object':
      return object(expectKind(value, isRecord, path, 'an object'), inner, (key) => `${path}.${key}`, problems);
    case 'array':
      return (
        expectKind(value, Array.isArray, path, 'an array')
          // A pool that is null was not read, and must not be taken for one that is gone.
          .filter((item: unknown) => inner === POOL || (item !== null && item !== undefined))
          .map((item: unknown, index: number) => convert(item, inner, `${path}[${index}]`, problems))
      );
    case 'map':
      return map(expectKind(value, isRecord, path, 'an object'), inner, path, problems);
    case 'enum':
      return enumValue(expectKind(value, isString, path, 'a string'), inner);
    case 'date':
      return date(value, path);
    case 'bytes':
      return bytes(value, path);
    case 'amount':
      return amount(value, path);
    case 'string':
    case 'number':
    case 'boolean':
      return expectKind(value, (item): item is unknown => typeof item === head, path, `a ${head}`);
    default:
      return value;
  }
}

function map(value: Record<string, unknown>, kind: string, path: string, problems: string[]): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    // What a user may write as a value (settings of an add-on, tags) is not always the string that it should be.
    const itemKind = kind === 'string' ? 'any' : kind;
    if (item !== null && item !== undefined) {
      set(result, key, item, itemKind, `${path}.${key}`, problems);
    }
  }
  return result;
}

function bytes(value: unknown, path: string): Uint8Array {
  return value instanceof Uint8Array ? value : Buffer.from(expectKind(value, isString, path, 'base64'), 'base64');
}

/** A number means the same as its text. */
function amount(value: unknown, path: string): string {
  return typeof value === 'number' ? String(value) : expectKind(value, isString, path, 'a string');
}

function enumValue(value: string, name: string): string {
  return ENUMS[name]?.find((known) => known.toLowerCase() === value.toLowerCase()) ?? value;
}

function date(value: unknown, path: string): Date {
  const result = value instanceof Date ? value : new Date(expectKind(value, isString, path, 'a date'));
  if (Number.isNaN(result.getTime())) {
    throw new InvalidPropertyError(`${path}: expected a date, got ${JSON.stringify(value)}.`);
  }
  return result;
}

function expectKind<T>(value: unknown, is: (value: unknown) => value is T, path: string, expected: string): T {
  if (!is(value)) {
    throw new InvalidPropertyError(`${path}: expected ${expected}, got ${kindOf(value)}.`);
  }
  return value;
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) {
    return 'nothing';
  }
  if (Array.isArray(value)) {
    return 'an array';
  }
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
