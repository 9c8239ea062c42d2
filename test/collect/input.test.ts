import { clustersFromFiles } from '../../shared/collect/input';
import { ConfigError } from '../../shared/config/problems';
import type { ArmBody } from '../../simulator';
import { armBody } from './collecting';

const named = (name: string): ArmBody => armBody({}, { id: armBody().id.replace('c-One', name), name });
const file = (content: unknown, name = 'clusters.json') => ({ name, text: JSON.stringify(content) });
const namesOf = (...files: { name: string; text: string }[]): string[] =>
  clustersFromFiles(files).map(({ cluster }) => cluster.name);

function problemsOf(...files: { name: string; text: string }[]): readonly string[] {
  try {
    clustersFromFiles(files);
  } catch (error) {
    if (error instanceof ConfigError) {
      return error.problems;
    }
    throw error;
  }
  return [];
}

/** As `az aks list -o json` prints it. */
const cli = {
  id: armBody().id,
  name: 'c-One',
  resourceGroup: 'rg-One',
  location: 'westeurope',
  enableRbac: true,
  fqdn: null,
  agentPoolProfiles: [{ name: 'system', osSku: 'Ubuntu', mode: 'System' }],
};

it.each<[when: string, content: unknown, names: string[]]>([
  ['a list body', { value: [named('a'), named('b')] }, ['a', 'b']],
  ['a list body with a next link', { value: [named('a')], nextLink: 'https://x' }, ['a']],
  ['an array', [named('a'), named('b')], ['a', 'b']],
  ['one cluster', named('a'), ['a']],
  ['the CLI list', [cli], ['c-One']],
  ['the CLI cluster', cli, ['c-One']],
  ['an empty list body', { value: [] }, []],
  ['an empty array', [], []],
])('reads %s', (_, content, names) => {
  expect(namesOf(file(content))).toEqual(names);
});

it('reads several files in their order', () => {
  expect(namesOf(file([named('b')], 'x.json'), file(named('a'), 'y.json'))).toEqual(['b', 'a']);
});

it('reads a file with a byte order mark, as PowerShell writes it', () => {
  expect(namesOf({ name: 'x.json', text: `\uFEFF${JSON.stringify([named('a')])}` })).toEqual(['a']);
});

it('the CLI shape and the ARM body give the same', () => {
  const properties = { enableRBAC: true, agentPoolProfiles: [{ name: 'system', osSKU: 'Ubuntu', mode: 'System' }] };
  const { id, name, location } = armBody();
  expect(clustersFromFiles([file(cli)])).toEqual(clustersFromFiles([file({ id, name, location, properties })]));
});

it('a property of the wrong kind is a problem of the cluster, not of the file', () => {
  expect(clustersFromFiles([file([armBody({ enableRBAC: 'yes' })])])).toMatchObject([
    {
      cluster: { name: 'c-One' },
      problems: [
        {
          source: 'clusters',
          scope: armBody().id,
          reason: 'invalid',
          detail: 'properties.enableRBAC: expected a boolean, got a string.',
        },
      ],
    },
  ]);
});

it.each<[when: string, text: string, problem: RegExp]>([
  ['not JSON', 'clusters:\n- a', /^bad\.json: it is not JSON: /],
  ['empty', '', /^bad\.json: it is not JSON: /],
  ['a string', '"a"', /^bad\.json: accepts a list of clusters .*az aks list/],
  ['null', 'null', /^bad\.json: accepts a list/],
  ['a number', '5', /^bad\.json: accepts a list/],
  ['an object that is no cluster', '{"a":1}', /^bad\.json(\[0\])?: (accepts a list|A cluster must have the id)/],
  ['value null', '{"value":null}', /^bad\.json: accepts a list/],
  [
    'an error body',
    '{"error":{"code":"AuthorizationFailed"}}',
    /^bad\.json(\[0\])?: (accepts a list|A cluster must have the id)/,
  ],
  [
    'a cluster without an id',
    '{"name":"a","properties":{}}',
    /^bad\.json(\[0\])?: (accepts a list|A cluster must have the id)/,
  ],
  ['a list with null', '[null]', /^bad\.json\[0\]: A cluster must be a JSON object; got nothing\./],
  [
    'node pools instead of clusters',
    JSON.stringify([{ id: `${armBody().id}/agentPools/p` }]),
    /^bad\.json\[0\]: .*agentPools\/p"/,
  ],
])('refuses %s', (_, text, problem) => {
  expect(problemsOf({ name: 'bad.json', text })).toEqual([expect.stringMatching(problem)]);
});

it('names every problem of every file with its place, at once', () => {
  const problems = problemsOf(
    { name: 'one.json', text: '{' },
    file([named('a'), {}, named('b'), 5], 'two.json'),
    file(named('c'), 'three.json'),
    file({ value: [{ id: 'x' }] }, 'four.json'),
  );
  expect(problems).toEqual([
    expect.stringMatching(/^one\.json: it is not JSON/),
    expect.stringMatching(/^two\.json\[1\]: .*got nothing/),
    expect.stringMatching(/^two\.json\[3\]: .*got a number/),
    expect.stringMatching(/^four\.json\[0\]: .*got "x"/),
  ]);
});
