import { KqlError } from './error';
import { type Scope, type Table, compileExpression } from './expressions';
import { type KqlNode, childList, childOf, parseQuery } from './grammar';
import { runTabular } from './operators';
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
function withSpellings(query: string, tables: Record<string, KqlTable>): Record<string, KqlTable> {
  const lenient = new Map(Object.entries(tables).filter(([name]) => name === name.toLowerCase()));
  const spellings = [...new Set(query.match(/\w+/g) ?? [])].flatMap((word) => {
    const found = lenient.get(word.toLowerCase());
    return found && !Object.hasOwn(tables, word) ? [[word, found] as const] : [];
  });
  return { ...tables, ...Object.fromEntries(spellings) };
}

function readTable({ columns, rows }: KqlTable): Table {
  const list = Object.entries(columns).map(([name, type]) => ({ name, type }));
  return {
    columns: list,
    rows: rows.map((row) => Object.fromEntries(list.map(({ name, type }) => [name, readCell(row[name], type, name)]))),
  };
}

/** Keeps what `compute` gave for a key, as a `let` statement and a table are looked at many times. */
function memoize<T>(compute: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    const value = known.has(key) ? (known.get(key) as T) : compute(key);
    known.set(key, value);
    return value;
  };
}

function runName(
  node: KqlNode,
  variables: ReadonlyMap<string, KqlNode>,
  run: (node: KqlNode) => Table,
  tableOf: (name: string) => Table,
): Table {
  const { kind, name = '' } = node.symbol ?? {};
  const definition = kind === 'Variable' ? variables.get(name) : undefined;
  if (definition) {
    return run(definition);
  }
  if (kind !== 'Table') {
    throw new KqlError(`the name '${node.name ?? ''}' is not supported as a source of rows`, node.position);
  }
  return tableOf(name);
}

interface Program {
  readonly result: KqlNode;
  readonly variables: ReadonlyMap<string, KqlNode>;
}

/** Splits the query into its `let` statements and its one tabular expression. */
function programOf(root: KqlNode): Program {
  const statements = childList(root, 'Statements');
  const variables = new Map<string, KqlNode>();
  for (const statement of statements.filter(({ kind }) => kind === 'LetStatement')) {
    const definition = childOf(statement, 'Expression');
    if (definition.kind === 'FunctionDeclaration') {
      throw new KqlError('let statements with functions are not supported', definition.position);
    }
    variables.set(childOf(statement, 'Name').name ?? '', definition);
  }
  const [result, ...others] = statements.filter(({ kind }) => kind !== 'LetStatement');
  if (result?.kind !== 'ExpressionStatement' || others.length > 0) {
    throw new KqlError('a query needs exactly one tabular expression', others[0]?.position ?? result?.position ?? 0);
  }
  return { result: childOf(result, 'Expression'), variables };
}

/** Programs by query and schemas: an alert rule or a workbook runs the same query again and again, and parsing takes the longest. */
const programs = new Map<string, Program>();

const MAX_PROGRAMS = 100;

function parsedOnce(query: string, schemas: Record<string, Record<string, KqlType>>): Program {
  const key = JSON.stringify([query, schemas]);
  const program = programs.get(key) ?? programOf(parseQuery(query, schemas));
  if (programs.size >= MAX_PROGRAMS) {
    programs.clear();
  }
  programs.set(key, program);
  return program;
}

/** Runs a Kusto query over tables in memory; what it cannot answer as Kusto would is a `KqlError`. */
export function runQuery(query: string, tables: Record<string, KqlTable>, options: { now?: Date } = {}): KqlResult {
  const known = withSpellings(query, tables);
  const schemas = Object.fromEntries(Object.entries(known).map(([name, { columns }]) => [name, columns]));
  const { result, variables } = parsedOnce(query, schemas);
  const tableOf = memoize((name) => readTable(known[name] ?? { columns: {}, rows: [] }));
  const run = (node: KqlNode): Table =>
    node.kind === 'NameReference' ? runName(node, variables, run, tableOf) : runTabular(node, scope);
  const scope: Scope = {
    now: dateTimeFromDate(options.now ?? new Date()),
    variable: memoize((name): Value => {
      const definition = variables.get(name);
      if (!definition) {
        throw new KqlError(`the variable '${name}' is not supported here`);
      }
      return compileExpression(definition, scope).get({});
    }),
    run,
  };
  const { columns, rows } = run(result);
  const toAnswer = (row: Row): Record<string, unknown> =>
    Object.fromEntries(columns.map(({ name }) => [name, toJson(row[name] ?? null)]));
  return { columns: columns.map(({ name, type }) => ({ name, type })), rows: rows.map(toAnswer) };
}
