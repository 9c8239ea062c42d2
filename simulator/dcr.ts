import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Column types of a stream; https://learn.microsoft.com/azure/azure-monitor/essentials/data-collection-rule-structure#streamdeclarations */
export type ColumnType = 'string' | 'int' | 'long' | 'real' | 'boolean' | 'datetime' | 'dynamic';

export interface TableSchema {
  name: string;
  columns: { name: string; type: ColumnType }[];
}

const SCHEMA_FOLDER = join(__dirname, '..', 'infra', 'schema');

/** The streams of the data collection rule by name (`Custom-<table>`), made from the same files as the Bicep's. */
export function readStreams(): ReadonlyMap<string, TableSchema> {
  const files = readdirSync(SCHEMA_FOLDER).filter((file) => file.endsWith('.json'));
  const tables = files.map((file) => JSON.parse(readFileSync(join(SCHEMA_FOLDER, file), 'utf8')) as TableSchema);
  return new Map(tables.map((table) => [`Custom-${table.name}`, table]));
}
