import { type ColumnType, readStreams } from '../dcr';
import { type PreparedTables, prepareTables } from './index';
import type { KqlType } from './values';

/** The columns of the product's tables as a query sees them, from the files that the Bicep reads too. */
export function workspaceColumns(): Record<string, Record<string, KqlType>> {
  const typeOf = (type: ColumnType): KqlType => (type === 'boolean' ? 'bool' : type);
  return Object.fromEntries(
    [...readStreams().values()].map(({ name, columns }) => [
      name,
      Object.fromEntries(columns.map((column) => [column.name, typeOf(column.type)])),
    ]),
  );
}

/** The product's tables with the rows that they hold, to run queries over. */
export function workspaceTables(rowsOf: (table: string) => Record<string, unknown>[]): PreparedTables {
  return prepareTables(
    Object.fromEntries(
      Object.entries(workspaceColumns()).map(([name, columns]) => [name, { columns, rows: rowsOf(name) }]),
    ),
  );
}
