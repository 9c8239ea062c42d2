import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

import { analyseQuery, type KqlType } from '../../simulator/kql';
import { ROOT } from '../generated';
import { expand, parametersIn, sampleOf } from './parameters';

const FOLDER = join(ROOT, 'infra/workbook');

/** Most rows that a grid shows: https://learn.microsoft.com/azure/azure-monitor/fundamentals/service-limits#workbooks */
export const GRID_ROWS = 250;

const INCLUDE = /\{\{([\w/-]+)\}\}/g;

/** A query that is sound for infra/schema, and the columns that it answers. */
export interface Query {
  readonly text: string;
  readonly columns: readonly Column[];
}

export interface Column {
  readonly name: string;
  /** As Kusto names it: `datetime`. */
  readonly type: string;
}

/** The query files of a folder, `<page>/<name>.kql`, with the heads that they share in place of `{{name}}`. */
export class Queries {
  private readonly files: ReadonlyMap<string, string>;
  private readonly used = new Set<string>();

  /** @param generated heads that are no files: what is written from the catalogue. */
  constructor(
    private readonly generated: Readonly<Record<string, string>>,
    private readonly folder = FOLDER,
  ) {
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.kql'));
    this.files = new Map(names.sort().map((name) => [name, readFileSync(join(folder, name), 'utf8').trim()]));
  }

  /**
   * @param name `<page>/<name>`.
   * @throws Error that names the file: it does not exist, a head does not, or it names what is not in the schema.
   */
  read(name: string): Query {
    return this.compose(`{{${name}}}`, this.pathOf(`${name}.kql`));
  }

  /** Puts heads in place in a text that is no file; `place` names it in errors. */
  compose(text: string, place: string): Query {
    const composed = this.include(text, place);
    return { text: composed, columns: columnsOf(composed, place) };
  }

  /** @throws Error when there are files that nothing has read: whoever wrote them believes that they are shown. */
  refuseUnused(): void {
    const unused = [...this.files.keys()].filter((name) => !this.used.has(name));
    if (unused.length > 0) {
      throw new Error(`No page of scripts/workbook/pages uses ${unused.map((name) => this.pathOf(name)).join(', ')}`);
    }
  }

  private include(text: string, place: string): string {
    return text.replaceAll(INCLUDE, (_match, name: string) => {
      const file = name.includes('/') ? `${name}.kql` : `heads/${name}.kql`;
      const included = this.generated[name] ?? this.files.get(file);
      if (included === undefined) {
        throw new Error(`${place}: there is no ${this.pathOf(file)}`);
      }
      this.used.add(file);
      return this.include(included, this.pathOf(file));
    });
  }

  private pathOf(file: string): string {
    return relative(ROOT, join(this.folder, file));
  }
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

/** The columns that a query answers, as the Kusto language service finds them. */
function columnsOf(query: string, place: string): readonly Column[] {
  const values = Object.fromEntries(parametersIn(query).map((name) => [name, sampleOf(name)]));
  const tables = Object.entries(readTableColumns()).map(([name, columns]) => [name, { columns }] as const);
  const { diagnostics, columns } = analyseQuery(expand(query, values), Object.fromEntries(tables));
  const [error] = diagnostics.filter(({ severity }) => severity === 'Error');
  if (error !== undefined || columns === undefined) {
    throw new Error(`${place}: ${error?.message ?? 'it answers no table'}`);
  }
  return columns;
}
