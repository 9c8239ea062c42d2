import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { analyseQuery, type KqlType } from '../../simulator/kql';
import { ROOT } from '../generated';
import { expand, parametersIn, sampleOf } from './parameters';

const FOLDER = join(ROOT, 'infra/workbook');

/** Most rows that a grid shows: https://learn.microsoft.com/azure/azure-monitor/fundamentals/service-limits#workbooks */
export const GRID_ROWS = 250;

const INCLUDE = /\{\{([\w-]+)\}\}/g;

/** The parts that queries share, by name: files of infra/workbook/heads, and what is generated from the catalogue. */
export type Heads = ReadonlyMap<string, string>;

/** Reads infra/workbook/heads, beside which stand the given heads. */
export function readHeads(generated: Readonly<Record<string, string>>): Heads {
  const files = readdirSync(join(FOLDER, 'heads')).map(
    (file) => [file.replace(/\.kql$/, ''), readFileSync(join(FOLDER, 'heads', file), 'utf8').trim()] as const,
  );
  return new Map([...files, ...Object.entries(generated)]);
}

/**
 * The text of `infra/workbook/<name>.kql` with every `{{head}}` in place.
 * @throws Error when a head does not exist.
 */
export function readQuery(name: string, heads: Heads): string {
  return composeQuery(readFileSync(join(FOLDER, `${name}.kql`), 'utf8').trim(), name, heads);
}

/** Puts heads in place in a text that is no file; `place` names it in errors. */
export function composeQuery(text: string, place: string, heads: Heads): string {
  return text.replaceAll(INCLUDE, (_match, name: string) => {
    const head = heads.get(name);
    if (head === undefined) {
      throw new Error(`${place}: there is no head {{${name}}}; known are ${[...heads.keys()].join(', ')}`);
    }
    return composeQuery(head, `heads/${name}`, heads);
  });
}

/** A query of rows, as many as a grid shows. */
export function gridQuery(rows: string, sort: string): string {
  return `${rows}\n| sort by ${sort}\n| take ${GRID_ROWS}`;
}

/** How many of its rows a grid shows: `250 of 1234`. */
export function countQuery(rows: string): string {
  return `${rows}\n| summarize Rows = count()\n| project Shown = strcat(min_of(Rows, ${GRID_ROWS}), ' of ', Rows)`;
}

interface TableSchema {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: KqlType | 'boolean' }[];
}

/** The columns of the tables by name, from infra/schema. */
export function readTableColumns(): Readonly<Record<string, Record<string, KqlType>>> {
  const folder = join(ROOT, 'infra/schema');
  const schemas = readdirSync(folder).map(
    (file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as TableSchema,
  );
  return Object.fromEntries(
    schemas.map(({ name, columns }) => [
      name,
      Object.fromEntries(columns.map((column) => [column.name, column.type === 'boolean' ? 'bool' : column.type])),
    ]),
  );
}

/**
 * The columns that a query answers, as the Kusto language service finds them.
 * @param place names the query in errors.
 * @throws Error when it names what is not in the schema.
 */
export function columnsOf(query: string, place: string): string[] {
  const values = Object.fromEntries(parametersIn(query).map((name) => [name, sampleOf(name)]));
  const tables = Object.entries(readTableColumns()).map(([name, columns]) => [name, { columns }] as const);
  const { diagnostics, columns } = analyseQuery(expand(query, values), Object.fromEntries(tables));
  const [error] = diagnostics.filter(({ severity }) => severity === 'Error');
  if (error !== undefined || columns === undefined) {
    throw new Error(`The query of ${place}: ${error?.message ?? 'it answers no table'}`);
  }
  return columns.map(({ name }) => name);
}
