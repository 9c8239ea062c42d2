import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Queries } from '../../scripts/workbook/queries';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aks-drift-queries-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** The query files of a folder, by name. */
function queriesOf(files: Readonly<Record<string, string>>): Queries {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return new Queries({ 'of-the-catalogue': 'AksDrift_CL' }, folder);
}

it('puts heads in place, those of other heads too, and tells the columns', () => {
  const queries = queriesOf({
    'heads/a.kql': '{{of-the-catalogue}}\n',
    'heads/b.kql': '{{a}}',
    'page/one.kql': '{{b}}\n| project ObservedAt',
  });
  expect(queries.read('page/one')).toEqual({
    text: 'AksDrift_CL\n| project ObservedAt',
    columns: [{ name: 'ObservedAt', type: 'datetime' }],
  });
});

it.each([
  ['a column that is not in the schema', 'AksDrift_CL | project Nope', /page\/one\.kql: .*'Nope'/],
  ['a head that does not exist', '{{nope}}', /page\/one\.kql: there is no .*heads\/nope\.kql/],
])('names the file of %s', (_, text, message) => {
  const queries = queriesOf({ 'page/one.kql': text });
  expect(() => queries.read('page/one')).toThrow(message);
});

it('names a file that does not exist', () => {
  expect(() => queriesOf({ 'page/one.kql': '' }).read('page/two')).toThrow(/there is no .*page\/two\.kql/);
});

it.each([
  ['a query', { 'page/two.kql': 'AksDrift_CL' }, /page\/two\.kql$/],
  ['a copy of a query', { 'page/two.kql': '{{a}}' }, /page\/two\.kql$/],
  ['a head', { 'heads/b.kql': 'AksDrift_CL' }, /heads\/b\.kql$/],
])('refuses %s that no page uses', (_, files, message) => {
  const queries = queriesOf({ 'heads/a.kql': 'AksDrift_CL', 'page/one.kql': '{{a}}', ...files });
  queries.read('page/one');
  expect(() => {
    queries.refuseUnused();
  }).toThrow(message);
});

it('accepts files that are all used', () => {
  const queries = queriesOf({ 'heads/a.kql': 'AksDrift_CL', 'page/one.kql': '{{a}}' });
  queries.read('page/one');
  expect(() => {
    queries.refuseUnused();
  }).not.toThrow();
});
