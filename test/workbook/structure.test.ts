import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { exportsOf } from '../../scripts/preview/view';
import { readWorkbook } from '../../scripts/preview/workbook';
import type { Item } from '../../scripts/workbook/format';
import { parametersIn } from '../../scripts/workbook/parameters';
import { allItems, queriesOf } from './queries';

const FILE = join(__dirname, '../../infra/workbook/workbook.json');

const workbook = readWorkbook();
const items = allItems(workbook.items);

/** Every parameter by name, with how many places define it; several matrices, of which one is shown, export the same. */
function defined(): Map<string, number> {
  const names = [
    ...items.flatMap((item) => (item.type === 9 ? item.content.parameters.map(({ name }) => name) : [])),
    ...items.flatMap((item) =>
      item.type === 11 ? [...new Set(item.content.links.map((link) => link.cellValue))] : [],
    ),
    ...new Set(exportsOf(workbook.items).map(({ exportParameterName }) => exportParameterName)),
  ];
  return new Map([...Map.groupBy(names, (name) => name)].map(([name, places]) => [name, places.length]));
}

/** The parameters that an item reads, by what it says and by when it is shown. */
function used(item: Item): string[] {
  const said = item.type === 12 ? '' : JSON.stringify(item.content).replaceAll('{0}', '');
  return [...parametersIn(said), ...(item.conditionalVisibility ? [item.conditionalVisibility.parameterName] : [])];
}

/** The parameters that items of one level define: a group's are seen in it and below, and nowhere else. */
function definedBy(level: readonly Item[]): string[] {
  return level.flatMap((item) => {
    if (item.type === 9) {
      return item.content.parameters.map(({ name }) => name);
    }
    if (item.type === 11) {
      return item.content.links.map((link) => link.cellValue);
    }
    return item.type === 12 ? [] : exportsOf([item]).map(({ exportParameterName }) => exportParameterName);
  });
}

/** Item and parameter, where an item reads what no item of its level or above defines. */
function outOfSight(level: readonly Item[], above: readonly string[] = []): string[] {
  const seen = [...above, ...definedBy(level)];
  return level.flatMap((item) => [
    ...used(item)
      .filter((name) => !seen.includes(name))
      .map((name) => `${item.name}: ${name}`),
    ...(item.type === 12 ? outOfSight(item.content.items, seen) : []),
  ]);
}

/** https://learn.microsoft.com/azure/azure-monitor/visualize/workbooks-create-workbook#groups */
it('lets no item read a parameter of a group that it is not in', () => {
  expect(outOfSight(workbook.items)).toEqual([]);
});

/** Every grid, by what it shows. */
function grids(): { name: string; columns: string[]; dates: Set<string> }[] {
  return items.flatMap((item) => {
    const settings = item.type === 3 ? item.content.gridSettings : undefined;
    const columns = settings?.labelSettings.map(({ columnId }) => columnId) ?? [];
    const dates = settings?.formatters.filter(({ formatter }) => formatter === 6).map((each) => each.columnMatch);
    return settings === undefined ? [] : [{ name: item.name, columns, dates: new Set(dates) }];
  });
}

it('gives every item a name of its own', () => {
  const names = items.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)]);
});

it('gives every parameter and every tab an id of its own', () => {
  const ids = items.flatMap((item) =>
    item.type === 9
      ? item.content.parameters.map(({ id }) => id)
      : item.type === 11
        ? item.content.links.map(({ id }) => id)
        : [],
  );
  expect(ids).toEqual([...new Set(ids)]);
});

it('defines every parameter once', () => {
  expect([...defined()].filter(([, places]) => places !== 1)).toEqual([]);
});

it('uses no parameter that is not defined, and defines none that is not used', () => {
  const wanted = new Set(items.flatMap(used));
  expect([...wanted].sort()).toEqual([...defined().keys()].sort());
});

it('has a page for every tab, and a tab for every page', () => {
  const tabs = items.flatMap((item) => (item.type === 11 ? item.content.links.map(({ subTarget }) => subTarget) : []));
  const pages = workbook.items.flatMap((item) =>
    item.conditionalVisibility?.parameterName === 'Tab' ? [item.conditionalVisibility.value] : [],
  );
  expect(pages).toEqual(tabs);
});

it('exports columns that the grid has', () => {
  const missing = items.flatMap((item) => {
    const column = item.type === 3 ? item.content.exportFieldName : undefined;
    const columns = item.type === 3 ? item.content.gridSettings?.labelSettings.map(({ columnId }) => columnId) : [];
    return column === undefined || columns?.includes(column) ? [] : [`${item.name}: ${column}`];
  });
  expect(missing).toEqual([]);
});

it('shows the subscription beside the name of a cluster, as two may have the same', () => {
  const apart = grids().filter(
    ({ columns }) =>
      columns.includes('ClusterName') && columns[columns.indexOf('ClusterName') + 1] !== 'SubscriptionName',
  );
  expect(apart.map(({ name }) => name)).toEqual([]);
});

it('shows every time as a time', () => {
  const raw = grids().flatMap(({ name, columns, dates }) =>
    columns
      .filter((column) => /^Since$|^LastRead$|(At|DueOn|EndedOn|ExpiresOn|RemediateBy)$/.test(column))
      .filter((column) => !dates.has(column))
      .map((column) => `${name}: ${column}`),
  );
  expect(raw).toEqual([]);
});

it('has headings that read as words', () => {
  const headings = items.flatMap((item) =>
    item.type === 3 ? (item.content.gridSettings?.labelSettings.map(({ label }) => label) ?? []) : [],
  );
  expect(headings.filter((label) => /\b(name|url|Arm|Urgent)\b/i.test(label) && !label.includes('ARM'))).toEqual([]);
});

it('writes no Markdown where it is not rendered', () => {
  const texts = items.flatMap((item) => (item.type === 3 ? [item.content.title, item.content.noDataMessage] : []));
  expect(texts.filter((text) => /[`*_]/.test(text.replaceAll(/\{\w+\}/g, '')))).toEqual([]);
});

it('names no resource: the token of the workspace is the only thing to replace', () => {
  const text = readFileSync(FILE, 'utf8');
  expect(workbook.fallbackResourceIds).toEqual(['__WORKSPACE_ID__']);
  expect(text.match(/__\w+__/g)).toEqual(['__WORKSPACE_ID__']);
  expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f-]{27}\/|\/subscriptions\/[0-9a-f]/i);
});

it.each(items.filter((item) => item.type === 3 && item.content.visualization === 'table').map(({ name }) => name))(
  '%s says how many of its rows it shows',
  (name) => {
    const grid = items.find((item) => item.name === name);
    const [counted] = items.filter((item) => item.name === `${name}-rows`);
    expect(counted?.type).toBe(9);
    const title = grid?.type === 3 ? grid.content.title : '';
    expect(title).toContain(`{${counted?.type === 9 ? (counted.content.parameters[0]?.name ?? '') : ''}}`);
  },
);

it('fits what Bicep loads and what a template may say in one text', () => {
  // https://learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-functions-files#loadjsoncontent
  expect(readFileSync(FILE, 'utf8').length).toBeLessThan(1_048_576);
  expect(Math.max(...queriesOf(workbook).map(({ query }) => query.length))).toBeLessThan(24_576);
});
