import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { GENERATED, ROOT } from './generated';

interface TableSchema {
  readonly name: string;
  readonly description: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'string',
  datetime: 'string',
  boolean: 'boolean',
  int: 'number',
  long: 'number',
  real: 'number',
  dynamic: 'Json',
};

/** The types of the rows, from infra/schema. `TimeGenerated` is left out: it is when the row is sent. */
export function generateRows(): Map<string, string> {
  const folder = join(ROOT, 'infra/schema');
  const tables = readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as TableSchema);
  const text = [
    GENERATED,
    "import type { Json } from './json';",
    '',
    ...tables.map(rowType),
    `export type Table = ${tables.map(({ name }) => `'${name}'`).join(' | ')};`,
    '',
  ];
  return new Map([['shared/model/rows.ts', text.join('\n')]]);
}

function rowType({ name, description, columns }: TableSchema): string {
  const lines = columns
    .filter((column) => column.name !== 'TimeGenerated')
    .map((column) => {
      const type = TYPES[column.type];
      if (type === undefined) {
        throw new Error(
          `infra/schema/${name}.json: column ${column.name} has the type ${column.type}; known are ${Object.keys(TYPES).join(', ')}`,
        );
      }
      return `  readonly ${column.name}: ${type === 'Json' ? type : `${type} | null`};`;
    });
  return [
    `/** ${description} Datetimes are ISO 8601, UTC. */`,
    `export interface ${name.replace('_CL', 'Row')} {`,
    ...lines,
    '}',
    '',
  ].join('\n');
}
