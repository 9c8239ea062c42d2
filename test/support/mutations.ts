import shape from '../../shared/collect/cluster-shape.json';
import type { ArmBody } from '../../simulator';

/** Where a value stands in the body of a cluster: keys, and indexes of lists. */
export type Path = readonly (string | number)[];

/** How a value may come to be another than it was. */
export type MutationKind = 'dropped' | 'null' | 'emptied' | 'unknown word' | 'mistyped' | 'letter case';

export interface Mutation {
  readonly kind: MutationKind;
  /** `properties.agentPoolProfiles[].mode`: the names of the body, the same for every item of a list. */
  readonly place: string;
  /** The SDK says of what kind the value must be. */
  readonly isDeclared: boolean;
  /** The body with this one change; the original is left as it is. */
  readonly apply: (body: ArmBody) => ArmBody;
  /** What is there now, for a person. */
  readonly becomes: string;
}

const TYPES = shape.types as unknown as Readonly<Record<string, Readonly<Record<string, readonly [string, string]>>>>;

/** Maps whose keys are somebody's own words, in which letter case may count. */
const OWN_KEYS = new Set(['tags', 'nodeLabels', 'identityProfile', 'userAssignedIdentities']);

/** Words that Azure takes in any letter case though the SDK has no list of them. */
const WORDS = new Set([
  'provisioningState',
  'nodeImageVersion',
  'vnetSubnetID',
  'location',
  'infrastructureEncryption',
]);

/** No value of any property, in this or any other release. */
const UNKNOWN_WORD = 'SomethingNew';

/** Every place of a body at which something can change, but for the id: without it there is no cluster. */
export function pathsIn(body: ArmBody): Path[] {
  return below(body, []).filter((path) => path[0] !== 'id');
}

function below(value: unknown, path: Path): Path[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const steps = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return steps.flatMap((step) => {
    const place = [...path, step];
    return [place, ...below((value as Record<string | number, unknown>)[step], place)];
  });
}

/** The body with what another has at a place. What lies on the way is made where it is missing; what is no item of a list becomes its last. */
export function transplanted(body: ArmBody, donor: ArmBody, path: Path): ArmBody {
  const place: Step[] = [];
  let parent: unknown = body;
  for (const step of path) {
    const here = typeof step === 'number' ? Math.min(step, lengthOf(parent)) : nameIn(parent, step);
    place.push(here);
    parent = (parent as Parent | null | undefined)?.[here];
  }
  const value = valueAt(donor, path);
  return changed(body, place, (owner, step) => {
    owner[step] = value;
  });
}

function lengthOf(parent: unknown): number {
  return Array.isArray(parent) ? parent.length : 0;
}

/** As it is written there already: nothing may be there twice. */
function nameIn(parent: unknown, name: string): string {
  const names = typeof parent === 'object' && parent !== null ? Object.keys(parent) : [];
  return names.find((known) => known.toLowerCase() === name.toLowerCase()) ?? name;
}

/** Everything that can happen to the value at a place. */
export function mutationsAt(body: ArmBody, path: Path): Mutation[] {
  const value = valueAt(body, path);
  const kindHere = kindAt(path);
  const mutation = (kind: MutationKind, becomes: string, change: (parent: Parent, step: Step) => void): Mutation => ({
    ...{ kind, becomes, place: placeOf(path), isDeclared: kindHere !== 'any' },
    apply: (original) => changed(original, path, change),
  });
  const replaced = (kind: MutationKind) => (other: unknown) =>
    mutation(kind, JSON.stringify(other), (parent, step) => {
      parent[step] = other;
    });
  const renamed = (name: string): Mutation =>
    mutation('letter case', `named ${name}`, (parent, step) => {
      rename(parent, String(step), name);
    });
  return [
    mutation('dropped', 'gone', drop),
    ...(value === null ? [] : [replaced('null')(null)]),
    ...wrongTypes(value).map(replaced('mistyped')),
    ...(typeof value === 'string' ? [replaced('unknown word')(UNKNOWN_WORD), replaced('emptied')('')] : []),
    ...otherCases(isWord(path, value) ? String(value) : null).map(replaced('letter case')),
    ...otherCases(hasKeyOfAzure(path) ? String(path.at(-1)) : null).map(renamed),
  ];
}

type Step = string | number;
type Parent = Record<Step, unknown>;

function drop(parent: Parent, step: Step): void {
  if (Array.isArray(parent)) {
    parent.splice(Number(step), 1);
  } else {
    Reflect.deleteProperty(parent, step);
  }
}

/** In place, because the order of the keys is nothing that a change of their names may change. */
function rename(parent: Record<string, unknown>, from: string, to: string): void {
  for (const [key, value] of Object.entries(parent)) {
    Reflect.deleteProperty(parent, key);
    parent[key === from ? to : key] = value;
  }
}

/** Copies only what lies on the way, and makes it where it is missing: a list for an index, an object for a name. */
function changed(body: ArmBody, path: Path, change: (parent: Parent, step: Step) => void): ArmBody {
  const copy = { ...body };
  let parent: Parent = copy;
  for (const [index, step] of path.slice(0, -1).entries()) {
    const child = parent[step] ?? (typeof path[index + 1] === 'number' ? [] : {});
    const next = Array.isArray(child) ? [...(child as unknown[])] : { ...child };
    parent[step] = next;
    parent = next;
  }
  change(parent, path.at(-1) ?? '');
  return copy;
}

function valueAt(body: ArmBody, path: Path): unknown {
  return path.reduce<unknown>((value, step) => (value as Parent)[step], body);
}

function placeOf(path: Path): string {
  return path
    .map((step) => (typeof step === 'number' ? '[]' : `.${step}`))
    .join('')
    .slice(1);
}

/** JSON values of every other type; a boolean for a string counts as wrong, but `true` itself may be what a setting says. */
function wrongTypes(value: unknown): unknown[] {
  if (typeof value === 'string') {
    return [5, false, {}, []];
  }
  if (typeof value === 'boolean') {
    return [String(value), String(!value), 1, {}];
  }
  if (typeof value === 'number') {
    return [String(value), true, []];
  }
  return value === null ? [] : [Array.isArray(value) ? {} : [], 'x', 5, true];
}

function otherCases(word: string | null): string[] {
  return word === null ? [] : [word.toUpperCase(), word.toLowerCase()].filter((other) => other !== word);
}

/** A value of an enumeration, a setting of an add-on, or another word of Azure's own. */
function isWord(path: Path, value: unknown): boolean {
  const isSetting = path.includes('addonProfiles') && path.includes('config') && /^(true|false)$/i.test(String(value));
  return typeof value === 'string' && (kindAt(path).startsWith('enum:') || isSetting || WORDS.has(String(path.at(-1))));
}

/** Items have no name, and what users name keeps its letter case. */
function hasKeyOfAzure(path: Path): boolean {
  return typeof path.at(-1) === 'string' && !path.slice(0, -1).some((step) => OWN_KEYS.has(String(step)));
}

/** What the SDK says of the value at a place: `enum:OSType`, `array:string`; `any` for what it does not know. */
function kindAt(path: Path): string {
  return path.reduce<string>((kind, step) => {
    if (step === 'properties' && kind === 'object:ManagedCluster') {
      return kind;
    }
    const [head = '', ...rest] = kind.split(':');
    const inner = rest.join(':');
    if (head === 'object') {
      return TYPES[inner]?.[String(step).toLowerCase()]?.[1] ?? 'any';
    }
    // What users write as values of a map is not always the string that it should be, and is read as it is.
    return head === 'array' || (head === 'map' && inner !== 'string') ? inner : 'any';
  }, 'object:ManagedCluster');
}
