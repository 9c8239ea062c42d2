import { isDeepStrictEqual } from 'node:util';
import { KqlError } from './error';
import { defineNames } from './expressions';
import { type Diagnostic, type KqlNode, analyse, childList, childOf } from './grammar';
import { compileTabular } from './operators';
import { neededColumns } from './prune';
import { Names, type Plan, type Scope, emptyRow, remembered } from './scope';
import { type KqlType, type Row, type Value, dateTimeFromDate, readCell, toJson } from './values';

export { KqlError } from './error';
export type { KqlType } from './values';

/** A table to query: rows are JSON-like, times are ISO 8601 and durations `[d.]hh:mm:ss[.fffffff]`. */
export interface KqlTable {
  columns: Record<string, KqlType>;
  rows: Record<string, unknown>[];
}

/** The answer of a query, its rows in the same form as those of a table. */
interface KqlResult {
  columns: { name: string; type: KqlType }[];
  rows: Record<string, unknown>[];
}

/**
 * Resource Graph names its tables in lower case and finds them in any; Log Analytics is strict.
 * The analyser is strict too, so a table gets a second name for each way the query spells it.
 */
function withSpellings<T>(query: string, tables: Readonly<Record<string, T>>): Record<string, T> {
  const lenient = new Map(Object.entries(tables).filter(([name]) => name === name.toLowerCase()));
  const spellings = [...new Set(query.match(/\w+/g) ?? [])].flatMap((word) => {
    const found = lenient.get(word.toLowerCase());
    return found && !Object.hasOwn(tables, word) ? [[word, found] as const] : [];
  });
  return { ...tables, ...Object.fromEntries(spellings) };
}

/** A table whose cells are put in the form that queries read when a query first needs their column. */
class PreparedTable {
  private readonly cells = new Map<string, Value[]>();

  constructor(readonly table: KqlTable) {}

  /** The rows with some of the columns. */
  plan(schema: Record<string, KqlType>): Plan {
    const columns = Object.entries(schema).map(([name, type]) => ({ name, type }));
    const run = (): Row[] => {
      const rows = this.table.rows.map(() => emptyRow(columns));
      for (const { name, type } of columns) {
        const cells = this.column(name, type);
        for (const [index, row] of rows.entries()) {
          row[name] = cells[index] ?? null;
        }
      }
      return rows;
    };
    return remembered({ columns, serialized: false, run });
  }

  private column(name: string, type: KqlType): Value[] {
    const cells = this.cells.get(name) ?? this.table.rows.map((row) => readCell(row[name], type, name));
    this.cells.set(name, cells);
    return cells;
  }
}

/** Tables that several queries run over, see `prepareTables`. */
export class PreparedTables {
  constructor(readonly tables: Readonly<Record<string, PreparedTable>>) {}
}

/** Reads the rows of tables once for all queries that run over them; the rows must not change any more. */
export function prepareTables(tables: Record<string, KqlTable>): PreparedTables {
  return new PreparedTables(
    Object.fromEntries(Object.entries(tables).map(([name, table]) => [name, new PreparedTable(table)])),
  );
}

type Tables = Record<string, KqlTable> | PreparedTables;

const preparedOf = (tables: Tables): PreparedTables =>
  tables instanceof PreparedTables ? tables : prepareTables(tables);

const schemasOf = (tables: Record<string, PreparedTable>): Record<string, Record<string, KqlType>> =>
  Object.fromEntries(Object.entries(tables).map(([name, { table }]) => [name, table.columns]));

/** What the official analyser says about a query over tables of these columns. */
export function analyseQuery(
  query: string,
  tables: Readonly<Record<string, { readonly columns: Record<string, KqlType> }>>,
): { diagnostics: readonly Diagnostic[]; columns: KqlNode['resultColumns'] } {
  const known = withSpellings(query, tables);
  const schemas = Object.fromEntries(Object.entries(known).map(([name, { columns }]) => [name, columns]));
  const { diagnostics, columns } = analyse(query, schemas);
  return { diagnostics, columns };
}

/** Splits the query into its `let` statements and its one tabular expression. */
function statementsOf(root: KqlNode): { readonly result: KqlNode; readonly lets: readonly KqlNode[] } {
  const statements = childList(root, 'Statements');
  const lets = statements.filter(({ kind }) => kind === 'LetStatement');
  const [result, ...others] = statements.filter(({ kind }) => kind !== 'LetStatement');
  if (result?.kind !== 'ExpressionStatement' || others.length > 0) {
    throw new KqlError('a query needs exactly one tabular expression', others[0]?.position ?? result?.position ?? 0);
  }
  return { result: childOf(result, 'Expression'), lets };
}

type Schemas = Readonly<Record<string, Record<string, KqlType>>>;

/** Parses a query; anything the analyser calls an error is thrown. */
function parseQuery(
  query: string,
  schemas: Schemas,
  prune: boolean,
): { readonly syntax: KqlNode; readonly schemas: Schemas } {
  const { diagnostics, columns, syntax } = analyse(query, schemas);
  const error = diagnostics.find(({ severity }) => severity === 'Error');
  if (error) {
    throw new KqlError(`${error.code}: ${error.message}`, error.start);
  }
  const whole = syntax();
  if (!prune) {
    return { syntax: whole, schemas };
  }
  const needed = neededColumns(query, whole, columns, schemas);
  const smaller = analyse(query, needed);
  const same = isDeepStrictEqual(smaller.columns, columns) && isDeepStrictEqual(smaller.diagnostics, diagnostics);
  return same ? { syntax: smaller.syntax(), schemas: needed } : { syntax: whole, schemas };
}

/** By query and schemas: an alert rule, a workbook or a scan runs the same query again and again, and parsing takes the longest. */
const parsed = new Map<string, ReturnType<typeof parseQuery>>();

const MAX_PARSED = 100;

function parsedOnce(...query: Parameters<typeof parseQuery>): ReturnType<typeof parseQuery> {
  const key = JSON.stringify(query);
  const known = parsed.get(key) ?? parseQuery(...query);
  if (parsed.size >= MAX_PARSED) {
    parsed.clear();
  }
  parsed.set(key, known);
  return known;
}

/** Runs a Kusto query over tables in memory; what it cannot answer as Kusto would is a `KqlError`. */
export function runQuery(query: string, tables: Tables, options: { now?: Date } = {}): KqlResult {
  const known = withSpellings(query, preparedOf(tables).tables);
  // Analysing a second time for fewer columns pays where the rows are many.
  const { syntax, schemas } = parsedOnce(query, schemasOf(known), tables instanceof PreparedTables);
  const { result, lets } = statementsOf(syntax);
  const names = new Names();
  const plans = new Map(Object.entries(known).map(([name, table]) => [name, table.plan(schemas[name] ?? {})]));
  const scope: Scope = {
    now: dateTimeFromDate(options.now ?? new Date()),
    names,
    globals: names,
    table: (name) => {
      const plan = plans.get(name);
      if (!plan) {
        throw new KqlError(`there is no table '${name}'`);
      }
      return plan;
    },
    compileTable: compileTabular,
    tabular: true,
  };
  defineNames(lets, scope);
  const { columns, run } = compileTabular(result, scope);
  const toAnswer = (row: Row): Record<string, unknown> =>
    Object.fromEntries(columns.map(({ name }) => [name, toJson(row[name] ?? null)]));
  return { columns: columns.map(({ name, type }) => ({ name, type })), rows: run().map(toAnswer) };
}
