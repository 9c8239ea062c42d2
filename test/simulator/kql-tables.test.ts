import { type KqlTable, analyseQuery, prepareTables, runQuery } from '../../simulator/kql/index';
import { workspaceColumns } from '../../simulator/kql/workspace';

const T: KqlTable = {
  columns: { nr: 'long', name: 'string', at: 'datetime', size: 'long', note: 'string' },
  rows: [
    { nr: 1, name: 'a', at: '2026-11-20T00:00:00Z', size: 10, note: 'x' },
    { nr: 2, name: 'a', at: '2026-11-21T00:00:00Z', size: 20, note: null },
    { nr: 3, name: 'b', at: null, size: null },
  ],
};

describe('tables that several queries run over', () => {
  test('answers the same as without preparing them', () => {
    const tables = prepareTables({ T });
    for (const query of [
      'T',
      'T | summarize arg_max(at, *) by name',
      'T | where size > 10 | project note',
      'T | count',
    ]) {
      expect(runQuery(query, tables)).toEqual(runQuery(query, { T }));
    }
  });

  test('a cell that does not fit its column matters to the queries that read the column', () => {
    const tables = prepareTables({ T: { ...T, rows: [{ nr: 1, name: 'a', size: 'much' }] } });
    expect(runQuery('T | project name', tables).rows).toEqual([{ name: 'a' }]);
    expect(() => runQuery('T | project size', tables)).toThrow("column 'size' of type long");
  });
});

describe('columns that a query does not name', () => {
  test.each([
    ['T | where nr in (T | where size > 10) | count', 1],
    ['T | project nr, name | where name in (T | where size > 10 | project-away nr) | count', 2],
    ['T | distinct * | count', 3],
    ['T | summarize arg_max(at, *) by name | where size == 20 | count', 1],
    ['let old = T | project-away at; old | join kind=inner old on name | where size1 == 20 | count', 2],
    ['print n = toscalar(T | where size == 20) | where n == 2 | count', 1],
  ])('are there where it matters: %s', (query, count) => {
    expect(runQuery(query, prepareTables({ T })).rows).toEqual([{ Count: count }]);
  });

  test('are there when the query answers them', () => {
    expect(runQuery('T | where size == 20', prepareTables({ T })).rows).toEqual([
      { nr: 2, name: 'a', at: '2026-11-21T00:00:00Z', size: 20, note: '' },
    ]);
  });
});

describe('what the analyser says of a query over the tables of the product', () => {
  const tables = Object.fromEntries(Object.entries(workspaceColumns()).map(([name, columns]) => [name, { columns }]));

  test('the columns of the answer', () => {
    expect(analyseQuery('AksCompliance_CL | summarize Failing = countif(Exempt) by ClusterId', tables)).toEqual({
      diagnostics: [],
      columns: [
        { name: 'ClusterId', type: 'string' },
        { name: 'Failing', type: 'long' },
      ],
    });
  });

  test.each([
    ['AksCompliance_CL | where clusterId == "x"', 'KS142', 25],
    ['akscompliance_CL | take 1', 'KS204', 0],
    ['AksCompliance_CL | where CheckTitle', 'KS141', 25],
  ])('an error with its place: %s', (query, code, start) => {
    expect(analyseQuery(query, tables).diagnostics).toMatchObject([{ severity: 'Error', code, start }]);
  });
});
