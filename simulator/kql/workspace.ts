import { type ColumnType, readStreams } from '../dcr';
import { type PreparedTables, prepareTables } from './index';
import type { KqlType } from './values';

const TYPES: Readonly<Record<ColumnType, KqlType>> = {
  string: 'string',
  int: 'int',
  long: 'long',
  real: 'real',
  boolean: 'bool',
  datetime: 'datetime',
  dynamic: 'dynamic',
};

/** The columns of the product's tables as a query sees them, from the files that the Bicep reads too. */
export function tablesFromSchema(): Record<string, { columns: Record<string, KqlType> }> {
  return Object.fromEntries(
    [...readStreams().values()].map(({ name, columns }) => [
      name,
      { columns: Object.fromEntries(columns.map((column) => [column.name, TYPES[column.type]])) },
    ]),
  );
}

/** The product's tables with the rows that they hold, to run queries over. */
export function workspaceTables(rowsOf: (table: string) => Record<string, unknown>[]): PreparedTables {
  return prepareTables(
    Object.fromEntries(
      Object.entries(tablesFromSchema()).map(([name, table]) => [name, { ...table, rows: rowsOf(name) }]),
    ),
  );
}
