import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { CATALOGUE } from '../../shared/checks';
import { ATTESTABLE_ITEMS } from '../../shared/checks/attestation';
import { SEVERITIES } from '../../shared/model/check';
import type { Param } from '../../shared/model/params';

/** What editors are told: the part of JSON Schema that is used. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly not?: Schema;
  readonly default?: unknown;
  readonly [keyword: string]: unknown;
}

const ROOT = JSON.parse(readFileSync(join(__dirname, '../../docs/baseline.schema.json'), 'utf8')) as Schema & {
  readonly $defs: Readonly<Record<string, Schema>>;
};

/** A schema with what it refers to; its own keywords win. */
function resolved(schema: Schema | undefined): Schema {
  const { $ref, ...own } = schema ?? {};
  const target = ROOT.$defs[$ref?.split('/').at(-1) ?? ''];
  return $ref === undefined ? own : { ...resolved(target), ...own };
}

/** The schema at a place: names of properties, `*` for the items of a list, `?` for the values of a map. */
function at(...path: readonly string[]): Schema {
  return path.reduce((schema, name) => {
    switch (name) {
      case '*':
        return resolved(schema.items);
      case '?':
        return resolved(schema.additionalProperties as Schema);
      default:
        return resolved(schema.properties?.[name]);
    }
  }, resolved(ROOT));
}

function keysAt(...path: readonly string[]): string[] {
  return Object.keys(at(...path).properties ?? {}).sort();
}

/** Every object in the schema that names its properties, with where it stands. */
function objectsIn(schema: Schema, place: string): [place: string, schema: Schema][] {
  const here = resolved(schema);
  const inside = [
    ...Object.entries(here.properties ?? {}).map(([name, each]) => [`${place}.${name}`, each] as const),
    ...(here.items === undefined ? [] : [[`${place}[]`, here.items] as const]),
    ...(typeof here.additionalProperties === 'object' ? [[`${place}.?`, here.additionalProperties] as const] : []),
  ].flatMap(([name, each]) => objectsIn(each, name));
  return here.properties === undefined ? inside : [[place, here], ...inside];
}

const IDS = CATALOGUE.map(({ id }) => id).sort();
const MATCH = ['cluster', 'nodePool', 'resourceGroup', 'subscription', 'tags'];
const KEYS: readonly (readonly [place: string[], keys: string[], required: string[]])[] = [
  [
    [],
    [
      ...['attestations', 'checks', 'exemptions', 'gateways', 'mute', 'overrides', 'ownership', 'profile'],
      ...['remediationDays', 'scope', 'version'],
    ],
    ['version'],
  ],
  [['checks'], IDS, []],
  [['checks', 'node-image-age'], ['enabled', 'params', 'severity'], []],
  [
    ['overrides', '*'],
    ['checks', 'match'],
    ['checks', 'match'],
  ],
  [['overrides', '*', 'match'], MATCH, []],
  [['overrides', '*', 'checks'], IDS, []],
  [
    ['exemptions', '*'],
    ['approvedBy', 'check', 'expiresOn', 'match', 'reason'],
    ['check', 'expiresOn', 'reason'],
  ],
  [['exemptions', '*', 'match'], MATCH, []],
  [
    ['attestations', '*'],
    ['by', 'item', 'reviewedOn', 'validForDays'],
    ['by', 'item', 'reviewedOn'],
  ],
  [['scope'], ['exclude'], ['exclude']],
  [['scope', 'exclude', '*'], ['cluster', 'resourceGroup', 'subscription', 'tags', 'youngerThanDays'], []],
  [
    ['mute', '*'],
    ['by', 'checks', 'match', 'once', 'reason', 'weekly'],
    ['by', 'reason'],
  ],
  [['mute', '*', 'match'], MATCH, []],
  [
    ['mute', '*', 'once'],
    ['from', 'until'],
    ['from', 'until'],
  ],
  [
    ['mute', '*', 'weekly'],
    ['days', 'from', 'timeZone', 'until'],
    ['days', 'from', 'timeZone', 'until'],
  ],
  [['ownership'], ['environment', 'owner'], []],
  [['ownership', 'owner'], ['cluster', 'resourceGroup', 'subscription'], []],
  [['ownership', 'environment'], ['cluster', 'resourceGroup', 'subscription'], []],
  [['remediationDays'], [...SEVERITIES].sort(), []],
];

describe('the JSON Schema of the baseline file knows what the reader knows', () => {
  it.each(KEYS)('keys at %j', (place, keys, required) => {
    expect(keysAt(...place)).toEqual(keys);
    expect([...(at(...place).required ?? [])].sort()).toEqual(required);
  });

  it('and refuses every other key, wherever keys are named', () => {
    const objects = objectsIn(ROOT, '');

    expect(objects.length).toBeGreaterThan(KEYS.length);
    expect(objects.filter(([, schema]) => schema.additionalProperties !== false).map(([place]) => place)).toEqual([]);
    expect(objects.filter(([, schema]) => schema.type !== 'object').map(([place]) => place)).toEqual([]);
  });

  it.each([
    [['version'], { const: 1 }],
    [['profile'], { enum: ['standard', 'strict'] }],
    [['exemptions', '*', 'check'], { enum: CATALOGUE.map(({ id }) => id) }],
    [['exemptions', '*', 'match', 'tags'], { not: {} }],
    [['exemptions', '*', 'expiresOn'], { type: 'string', format: 'date' }],
    [['overrides', '*', 'match', 'tags', '?'], { type: 'string' }],
    [['gateways', '?'], { type: 'array' }],
    [['attestations', '*', 'item'], { enum: ATTESTABLE_ITEMS }],
    [['attestations', '*', 'reviewedOn'], { type: 'string', format: 'date' }],
    [['attestations', '*', 'validForDays'], { type: 'integer', minimum: 1, maximum: 3650, default: 365 }],
    [['scope', 'exclude', '*'], { minProperties: 1 }],
    [['scope', 'exclude', '*', 'youngerThanDays'], { type: 'integer', minimum: 1, maximum: 365 }],
    [['mute', '*'], { oneOf: [{ required: ['once'] }, { required: ['weekly'] }] }],
    [['mute', '*', 'checks', '*'], { enum: CATALOGUE.map(({ id }) => id) }],
    [['mute', '*', 'weekly', 'days'], { type: 'array', minItems: 1 }],
    [['ownership', 'owner', 'cluster', '*'], { type: 'string' }],
    [['remediationDays', 'high'], { type: 'integer', minimum: 1, maximum: 3650 }],
  ])('values at %j', (place, expected) => {
    expect(at(...place)).toMatchObject(expected);
  });

  it.each([
    [['exemptions', '*', 'reason'], ['because'], ['', ' ']],
    [['exemptions', '*', 'expiresOn'], ['2027-01-31'], ['2027-1-31', '2027-02-30', 'tomorrow']],
    [['overrides', '*', 'match', 'cluster'], ['aks-*'], ['']],
    [
      ['mute', '*', 'once', 'from'],
      ['2027-01-31T22:00:00+01:00', '2027-01-31T22:00Z'],
      ['2027-01-31', '2027-01-31T22:00'],
    ],
    [
      ['mute', '*', 'weekly', 'from'],
      ['00:00', '23:59'],
      ['24:00', '1:00'],
    ],
    [
      ['gateways', '?', '*'],
      [
        '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/applicationGateways/a',
        '/SUBSCRIPTIONS/s/resourcegroups/g/providers/microsoft.network/APPLICATIONGATEWAYS/a',
      ],
      ['a', '/subscriptions/s/resourceGroups/g'],
    ],
  ])('texts at %j', (place, good, bad) => {
    const pattern = new RegExp(String(at(...place).pattern));

    expect([...good, ...bad].filter((text) => pattern.test(text))).toEqual(good);
  });
});

/** What the schema must say of a parameter; null: it stands under another key of the file. */
function expectedOf(param: Param): object | null {
  const { description, default: standard } = param;
  switch (param.kind) {
    case 'number':
      return { description, default: standard, type: 'integer', minimum: param.min, maximum: param.max };
    case 'flag':
      return { description, default: standard, type: 'boolean' };
    case 'text':
      return { description, default: standard, type: 'string', enum: [param.default, ...param.accepts] };
    case 'list':
      return param.items === 'applicationGateway' ? null : { description, default: standard, type: 'array' };
  }
}

describe.each([[['checks']], [['overrides', '*', 'checks']]])('the checks at %j', (place) => {
  it.each(CATALOGUE)(
    '$id: its title, severities, and every parameter with its default and bounds',
    ({ id, ...check }) => {
      const expected = Object.entries(check.params).flatMap(([name, param]) => {
        const told = expectedOf(param);
        return told === null ? [] : [[name, told] as const];
      });

      expect(at(...place, id)).toMatchObject({ description: check.title, additionalProperties: false });
      expect(at(...place, id, 'severity').enum).toEqual(SEVERITIES);
      expect(at(...place, id, 'enabled').type).toBe('boolean');
      expect(keysAt(...place, id, 'params')).toEqual(expected.map(([name]) => name).sort());
      expect(at(...place, id, 'params').additionalProperties).toBe(false);
      for (const [name, told] of expected) {
        expect(at(...place, id, 'params', name)).toMatchObject(told);
      }
    },
  );
});
