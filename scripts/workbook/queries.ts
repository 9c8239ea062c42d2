import { join } from 'node:path';

import { analyseQuery } from '../../simulator/kql';
import { workspaceColumns } from '../../simulator/kql/workspace';
import { ROOT } from '../generated';
import { KqlFiles, type GeneratedHeads } from '../kql-files';
import { expand, parametersIn, sampleOf } from './parameters';

const FOLDER = join(ROOT, 'infra/workbook');

/** Most rows that a grid shows: https://learn.microsoft.com/azure/azure-monitor/fundamentals/service-limits#workbooks */
export const GRID_ROWS = 250;

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

/** The queries of the workbook, `<page>/<name>.kql` in a folder. */
export class Queries {
  private readonly files: KqlFiles;

  /** @param generated what is written from the catalogue. */
  constructor(
    private readonly generated: GeneratedHeads,
    folder = FOLDER,
  ) {
    this.files = new KqlFiles(folder);
  }

  /**
   * @param name `<page>/<name>`.
   * @throws Error that names the file: it does not exist, a head does not, or it names what is not in the schema.
   */
  read(name: string): Query {
    const file = `${name}.kql`;
    return soundQuery(this.files.read(file, this.generated), this.files.pathOf(file));
  }

  /** Puts heads in place in a text that is no file; `place` names it in errors. */
  compose(text: string, place: string): Query {
    return soundQuery(this.files.include(text, this.generated, place), place);
  }

  /** @throws Error when there are files that nothing has read: whoever wrote them believes that they are shown. */
  refuseUnused(): void {
    const unused = this.files.unused();
    if (unused.length > 0) {
      throw new Error(`No page of scripts/workbook/pages uses ${unused.join(', ')}`);
    }
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

/** @throws Error when the Kusto language service finds fault with it. */
function soundQuery(text: string, place: string): Query {
  const values = Object.fromEntries(parametersIn(text).map((name) => [name, sampleOf(name)]));
  const tables = Object.entries(workspaceColumns()).map(([name, columns]) => [name, { columns }] as const);
  const { diagnostics, columns } = analyseQuery(expand(text, values), Object.fromEntries(tables));
  const [error] = diagnostics.filter(({ severity }) => severity === 'Error');
  if (error !== undefined || columns === undefined) {
    throw new Error(`${place}: ${error?.message ?? 'it answers no table'}`);
  }
  return { text, columns };
}
