import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { CATALOGUE } from '../../shared/checks';
import { readWorkbook } from '../../scripts/preview/workbook';
import { GRID_ROWS } from '../../scripts/workbook/queries';
import { HOSTILE_KEYS, HOSTILE_OWNERS } from './choices';
import { allItems, queriesOf } from './queries';
import { answerOf, compliance, type Tables } from './rows';
import type { Outcomes, Sweep } from './sweep';

const workbook = readWorkbook();
const found = queriesOf(workbook);

let sweep: Sweep;
beforeAll(async () => {
  const script = join(__dirname, 'sweep.ts');
  const options = { maxBuffer: 10_000_000, cwd: join(__dirname, '../..') };
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script], options);
  sweep = JSON.parse(stdout) as Sweep;
}, 600_000);

const errorsOf = (outcomes: Outcomes): string[] =>
  Object.entries(outcomes).flatMap(([place, outcome]) => (typeof outcome === 'string' ? [`${place}: ${outcome}`] : []));

/** The places where rows came. */
const withRows = (outcomes: Outcomes): string[] =>
  Object.entries(outcomes).flatMap(([place, outcome]) => (outcome === 0 ? [] : [place]));

it('answers over no rows without an error, and without a row that is not there', () => {
  for (const outcomes of Object.values(sweep.noRows)) {
    expect(errorsOf(outcomes)).toEqual([]);
    expect(withRows(outcomes)).toEqual([
      'parameters: AsOf',
      'parameters: HasData',
      'overview-items',
      'checklist-items',
    ]);
  }
});

it('answers over rows of an older version, whose other columns are null', () => {
  expect(errorsOf(sweep.olderRows)).toEqual([]);
  expect(sweep.olderRows['overview-worst-clusters']).toBe(1);
});

it('is sound for the schema whatever owners are called', () => {
  expect(sweep.hostile).toEqual([]);
});

it('names the place where a column is missing', () => {
  expect(sweep.withoutRemediateBy).toContainEqual(expect.stringMatching(/^owners-owners: .*'RemediateBy'/));
});

it('names checks that exist, and each in one matrix', () => {
  const ids = new Set(CATALOGUE.map(({ id }) => id));
  const named = found
    .filter(({ place }) => !place.includes('-rows: '))
    .flatMap(({ place, query }) =>
      [...query.matchAll(/CheckId == '([a-z0-9][\w-]*)'/g)].map(([, id = '']) => ({ place, id })),
    );
  expect(named.filter(({ id }) => !ids.has(id))).toEqual([]);
  expect(named.map(({ id }) => id).sort()).toEqual([...ids].sort());
});

it.each(found.filter(({ place }) => place.includes('-rows: ')))(
  '$place counts what its grid lists',
  ({ place, query }) => {
    const grid = found.find((each) => each.place === place.replace(/-rows: .*/, ''))?.query ?? '';
    const body = query.slice(0, query.indexOf('\n| summarize Rows = count()'));
    expect(grid.startsWith(`${body}\n| sort by `)).toBe(true);
    expect(grid.endsWith(`\n| take ${GRID_ROWS}`)).toBe(true);
  },
);

describe('over 1,000 clusters of 4 pools', () => {
  // https://learn.microsoft.com/azure/azure-monitor/fundamentals/service-limits
  it('stays within what Workbooks shows', () => {
    expect(errorsOf(sweep.estate)).toEqual([]);
    const grids = allItems(workbook.items).filter((item) => item.type === 3 && item.content.visualization === 'table');
    const tooLong = Object.entries(sweep.estate).filter(
      ([place, rows]) => Number(rows) > (grids.some(({ name }) => name === place) ? GRID_ROWS : 1000),
    );
    expect(tooLong).toEqual([]);
  });

  it('fills the grids that can be long, so that the limit is what holds', () => {
    const full = Object.entries(sweep.estate).flatMap(([place, rows]) => (rows === GRID_ROWS ? [place] : []));
    expect(full).toEqual(
      expect.arrayContaining([
        'overview-worst-clusters',
        'drift-events',
        'coverage-runs',
        'coverage-scopes',
        'exemptions-current',
        'upcoming-dates',
        'owners-owners',
      ]),
    );
  });
});

describe('owners, whose names come from tags that may hold anything', () => {
  const tables: Tables = {
    AksCompliance_CL: HOSTILE_OWNERS.map((Owner, index) =>
      compliance({ ClusterName: `aks-${index}`, Owner, Outcome: 'fail' }),
    ),
  };

  it('are all offered, by their own name', () => {
    const { rows } = answerOf('parameters: Owner', tables);
    const offered = new Map(rows.map(({ value, label }) => [value, label]));
    expect([...offered].sort()).toEqual(
      HOSTILE_KEYS.map((key, index) => [key, HOSTILE_OWNERS[index] === '' ? '(none)' : HOSTILE_OWNERS[index]]).sort(),
    );
  });

  it.each(HOSTILE_KEYS.map((key, index) => ({ key, owner: HOSTILE_OWNERS[index] })))(
    '$key finds its own cluster',
    ({ key, owner }) => {
      const { rows } = answerOf('overview-worst-clusters', tables, { Owner: [key] });
      expect(rows.map(({ Owner }) => Owner)).toEqual([owner]);
    },
  );
});
