import type { Aggregate } from './aggregates';
import type { Compiled } from './call';
import type { Column, KqlNode } from './grammar';
import { type KqlDateTime, type Row, type Value, nullOf } from './values';

/** A tabular expression that is ready to run. */
export interface Plan {
  readonly columns: readonly Column[];
  /** Whether the rows have an order that the functions over neighbouring rows may rely on. */
  readonly serialized: boolean;
  readonly run: () => readonly Row[];
}

/** What a name that the query itself gives stands for. */
export type Binding =
  | { readonly kind: 'table'; readonly plan: Plan }
  | { readonly kind: 'function'; readonly declaration: KqlNode }
  /** `varies` is true for a parameter whose argument depends on the row of the call. */
  | { readonly kind: 'scalar'; readonly compiled: Compiled; readonly varies: boolean };

/** The names of a query or of one call of a function, which sees those of the query around it too. */
export class Names {
  private readonly bindings = new Map<string, () => Binding>();

  constructor(private readonly outer?: Names) {}

  /** Gives a name its meaning, which is worked out when first asked for and then kept. */
  define(name: string, meaning: () => Binding): void {
    let known: Binding | undefined;
    this.bindings.set(name, () => (known ??= meaning()));
  }

  find(name: string): Binding | undefined {
    return this.bindings.get(name)?.() ?? this.outer?.find(name);
  }
}

/** What an expression can refer to beside the columns of its row. */
export interface Scope {
  readonly now: KqlDateTime;
  readonly names: Names;
  /** The names outside of any function. */
  readonly globals: Names;
  /** Rows of a table of the database. */
  readonly table: (name: string) => Plan;
  readonly compileTable: (node: KqlNode, scope: Scope) => Plan;
  /** In the subquery of `mv-apply`, the rows it starts from. */
  readonly source?: Plan;
  /** Whether the expression is worked out once for a whole table, so that no row of a call around it is at hand. */
  readonly tabular: boolean;
  /** Where aggregates may stand, the place to register them and to get the name of the cell with their result. */
  readonly addAggregate?: (aggregate: Aggregate) => string;
  /** Where functions over neighbouring rows may stand, the place to register them and to get their result for a row. */
  readonly addWindow?: (compute: WindowFunction) => Compiled['get'];
}

/** Computes one value per row from all rows in their order. */
export type WindowFunction = (rows: readonly Row[]) => Value[];

/** The same rows, worked out once. */
export function remembered(plan: Plan): Plan {
  let rows: readonly Row[] | undefined;
  return { ...plan, run: () => (rows ??= plan.run()) };
}

const templates = new WeakMap<readonly Column[], Row>();

/** A row of these columns with nothing in it. A copy of a row that has them all is far cheaper than adding them anew. */
export function emptyRow(columns: readonly Column[]): Row {
  let template = templates.get(columns);
  if (!template) {
    template = Object.fromEntries(columns.map(({ name, type }) => [name, nullOf(type)]));
    templates.set(columns, template);
  }
  return { ...template };
}

/** A row of these columns. */
export function rowOf(columns: readonly Column[], values: readonly Value[]): Row {
  const row = emptyRow(columns);
  for (let index = 0; index < columns.length; index++) {
    const value = values[index] ?? null;
    const column = columns[index];
    if (value !== null && column) {
      row[column.name] = value;
    }
  }
  return row;
}
