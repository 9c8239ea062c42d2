import { createHash } from 'node:crypto';

import { formatterOf, labelOf } from './columns';
import type {
  ChartSettings,
  Condition,
  DropDownParameter,
  GroupItem,
  Item,
  LogsQuery,
  Parameter,
  ParametersItem,
  QueryContent,
  QueryItem,
  TextItem,
  TextParameter,
  Visualization,
} from './format';
import { countQuery, GRID_ROWS, gridQuery, type Queries, type Query } from './queries';

/** Log Analytics keeps rows for two years at most where a query reaches them; a query that needs less narrows that itself. */
const REACH = { durationMs: 730 * 24 * 60 * 60 * 1000 };

/** What nothing was clicked yet reads. */
const NOTHING = 'none';

const NOT_ALL = 'Nothing to show for this moment and these filters.';

/** What the pages are made of, beside their own text. */
export interface Parts {
  readonly queries: Queries;
  /** Every check that a matrix has a column of. */
  readonly checkIds: ReadonlySet<string>;
}

interface GridOptions {
  /** The order of the rows, of which the first are shown. */
  readonly sort: string;
  /** A click on a row sets the parameter to the row's value of the column. */
  readonly select?: { readonly column: string; readonly parameter: string };
  /** What is written in place of no rows. */
  readonly empty?: string;
}

/**
 * A grid of the rows of `infra/workbook/<file>.kql`, and before it the hidden count of them that its title shows.
 * @param file also names the items.
 */
export function grid(file: string, title: string, options: GridOptions, parts: Parts): Item[] {
  return gridOf(nameOf(file), title, parts.queries.read(file), options, parts);
}

/** A grid of the rows of a query. */
export function gridOf(
  name: string,
  title: string,
  { text: rows, columns }: Query,
  { sort, select, empty }: GridOptions,
  { checkIds }: Parts,
): Item[] {
  const counted = `${camelCase(name)}Rows`;
  return [
    parameters(`${name}-rows`, [firstCell(counted, countQuery(rows))]),
    queryItem(name, `${title}: {${counted}}`, 'table', {
      ...logs(gridQuery(rows, sort)),
      noDataMessage: empty ?? NOT_ALL,
      showExportToExcel: true,
      ...(select === undefined
        ? {}
        : {
            exportFieldName: select.column,
            exportParameterName: select.parameter,
            exportDefaultValue: NOTHING,
          }),
      gridSettings: {
        formatters: columns.map((column) => formatterOf(column, checkIds)).filter((each) => each !== null),
        rowLimit: GRID_ROWS,
        filter: true,
        labelSettings: columns.map(({ name: column }) => ({ columnId: column, label: labelOf(column) })),
      },
    }),
  ];
}

/** Tiles of the columns Name, Value and Detail. */
export function tiles(file: string, title: string, { queries }: Parts): QueryItem {
  return queryItem(nameOf(file), title, 'tiles', {
    ...logs(queries.read(file).text),
    size: 4,
    tileSettings: {
      titleContent: { columnMatch: 'Name', formatter: 1 },
      leftContent: { columnMatch: 'Value', formatter: 12 },
      subtitleContent: { columnMatch: 'Detail', formatter: 1 },
      showBorder: true,
    },
  });
}

/** A chart over half of the page. */
export function chart(
  file: string,
  title: string,
  visualization: 'linechart' | 'barchart',
  axes: Omit<ChartSettings, 'showLegend'>,
  { queries }: Parts,
): QueryItem {
  const item = queryItem(nameOf(file), title, visualization, {
    ...logs(queries.read(file).text),
    size: 1,
    noDataMessage: 'No whole day lies in the time range yet.',
    chartSettings: { ...axes, showLegend: true },
  });
  return { ...item, customWidth: '50' };
}

export function text(name: string, json: string, style?: 'info' | 'warning'): TextItem {
  return { type: 1, content: { json, ...(style === undefined ? {} : { style }) }, name };
}

/** Items that are shown together while a condition holds. */
export function group(name: string, condition: Condition, items: readonly Item[]): GroupItem {
  return {
    type: 12,
    content: { version: 'NotebookGroup/1.0', groupType: 'editable', items },
    conditionalVisibility: condition,
    name,
  };
}

export function equals(parameterName: string, value: string): Condition {
  return { parameterName, comparison: 'isEqualTo', value };
}

/** Whether a row was clicked that sets the parameter. */
export function selected(parameterName: string): Condition {
  return { parameterName, comparison: 'isNotEqualTo', value: NOTHING };
}

export function parameters(name: string, list: readonly Parameter[]): ParametersItem {
  return {
    type: 9,
    content: {
      version: 'KqlParameterItem/1.0',
      parameters: list,
      style: 'pills',
      queryType: 0,
      resourceType: 'microsoft.operationalinsights/workspaces',
    },
    name,
  };
}

/** A parameter that nobody sees: the first cell of a query. */
export function firstCell(name: string, query: string): TextParameter {
  return { ...head(name), type: 1, isHiddenWhenLocked: true, ...logs(query) };
}

/** One choice of several that a query finds or that are listed. */
export function choice(
  name: string,
  label: string,
  value: string,
  from: { readonly query: string } | { readonly list: readonly { readonly value: string; readonly label: string }[] },
  description: string,
): DropDownParameter {
  return {
    ...head(name),
    label,
    description,
    type: 2,
    isRequired: true,
    value,
    ...('query' in from ? logs(from.query) : { jsonData: JSON.stringify(from.list) }),
    typeSettings: { additionalResourceOptions: [], showDefault: false },
  };
}

/** Any number of choices; "All" is a star, so that no query grows with the estate. */
export function choices(
  name: string,
  label: string,
  from: { readonly query: string } | { readonly list: readonly string[] },
  description: string,
): DropDownParameter {
  return {
    ...head(name),
    label,
    description,
    type: 2,
    isRequired: true,
    multiSelect: true,
    quote: "'",
    delimiter: ',',
    defaultValue: 'value::all',
    value: ['value::all'],
    ...('query' in from
      ? logs(from.query)
      : { jsonData: JSON.stringify(from.list.map((value) => ({ value, label: value }))) }),
    typeSettings: { additionalResourceOptions: ['value::all'], selectAllValue: '*', showDefault: false },
  };
}

export function head(name: string): { id: string; version: 'KqlParameterItem/1.0'; name: string } {
  return { id: guidOf(`parameter ${name}`), version: 'KqlParameterItem/1.0', name };
}

/** The same id for the same name, so that generating again changes nothing. */
export function guidOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}

function queryItem(
  name: string,
  title: string,
  visualization: Visualization,
  content: LogsQuery & Partial<QueryContent>,
): QueryItem {
  return {
    type: 3,
    content: { version: 'KqlItem/1.0', size: 0, noDataMessage: NOT_ALL, ...content, title, visualization },
    name,
  };
}

function logs(query: string): LogsQuery {
  return { query, queryType: 0, resourceType: 'microsoft.operationalinsights/workspaces', timeContext: REACH };
}

/** `overview/worst-clusters` names the item `overview-worst-clusters`. */
function nameOf(file: string): string {
  return file.replaceAll('/', '-');
}

function camelCase(name: string): string {
  return name.replaceAll(/(?:^|-)(\w)/g, (_match, letter: string) => letter.toUpperCase());
}
