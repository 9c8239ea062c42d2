import { KqlError, atPosition } from './error';
import { compileExpression, compilePredicate, enterFunction } from './expressions';
import { mvApply, mvExpand } from './expand';
import type { Compiled } from './call';
import { type Column, type KqlNode, childList, childOf, columnsOf, optionalChild } from './grammar';
import { join, lookup, unionTables } from './joins';
import { literalValue } from './literals';
import { parse, parseWhere } from './parse';
import { type Operator, constantNumber, parametersOf, targetColumns, withWindows } from './plans';
import { type Plan, type Scope, remembered, rowOf } from './scope';
import { Steps } from './steps';
import { makeSeries, summarize } from './summarize';
import { type Row, type Value, compareValues, groupKey, readCell, toJson } from './values';

// ---- Columns -----------------------------------------------------------------------------------

/** The expressions of a `project` or `distinct`, of which `*` stands for all columns. */
function compileColumns(node: KqlNode, input: Plan, scope: Scope): Compiled[] {
  const compiled = childList(node, 'Expressions').flatMap((expression): Compiled[] =>
    expression.kind === 'StarExpression'
      ? input.columns.map(({ name, type }) => ({ type, get: (row) => row[name] ?? null }))
      : [compileExpression(expression, scope)],
  );
  if (compiled.length !== columnsOf(node).length) {
    throw new KqlError('expressions with several columns are not supported', node.position);
  }
  return compiled;
}

const project: Operator = (node, input, scope) => {
  const { scope: inside, prepare } = withWindows(scope, input);
  const expressions = compileColumns(node, input, inside);
  const columns = columnsOf(node);
  return (rows) =>
    prepare(rows).map((row) =>
      rowOf(
        columns,
        expressions.map(({ get }) => get(row)),
      ),
    );
};

/** Takes the cells of `from` over to `to`, column by column. */
const copyColumns = (rows: readonly Row[], from: readonly Column[], to: readonly Column[]): Row[] =>
  rows.map((row) =>
    rowOf(
      to,
      from.map(({ name }) => row[name] ?? null),
    ),
  );

/** Keeps of each row what the analyser says is left. */
const keepColumns: Operator = (node) => {
  const columns = columnsOf(node);
  return (rows) => copyColumns(rows, columns, columns);
};

const projectRename: Operator = (node, input) => {
  const columns = columnsOf(node);
  return (rows) => copyColumns(rows, input.columns, columns);
};

const extend: Operator = (node, input, scope) => {
  const expressions = childList(node, 'Expressions');
  const targets = targetColumns(node, expressions, input.columns);
  const { scope: inside, prepare } = withWindows(scope, input);
  const compiled = expressions.map((expression) => compileExpression(expression, inside));
  return (rows) =>
    prepare(rows).map((row) => {
      const extended = { ...row };
      for (const [index, { get }] of compiled.entries()) {
        extended[targets[index] ?? ''] = get(row);
      }
      return extended;
    });
};

// ---- Rows --------------------------------------------------------------------------------------

const where: Operator = (node, input, scope) => {
  parametersOf(node, []);
  const { scope: inside, prepare } = withWindows(scope, input);
  const { get } = compilePredicate(childOf(node, 'Condition'), inside);
  return (rows) => prepare(rows).filter((row) => get(row) === true);
};

const take: Operator = (node, _input, scope) => {
  parametersOf(node, []);
  const count = constantNumber(childOf(node, 'Expression'), scope);
  return (rows) => rows.slice(0, count);
};

const countRows: Operator = (node) => (rows) => [rowOf(columnsOf(node), [rows.length])];

const distinct: Operator = (node, input, scope) => {
  parametersOf(node, []);
  const projected = project(node, input, scope);
  const columns = columnsOf(node);
  return (rows) => {
    const byKey = new Map<string, Row>();
    for (const row of projected(rows)) {
      const key = groupKey(columns.map(({ name }) => row[name] ?? null));
      byKey.set(key, byKey.get(key) ?? row);
    }
    return [...byKey.values()];
  };
};

type Compare = (left: Row, right: Row) => number;

/** Descending unless it says `asc`; nulls come last when descending and first when ascending, unless it says so. */
function compileOrdering(node: KqlNode, scope: Scope): Compare {
  const ordered = node.kind === 'OrderedExpression';
  const { type, get } = compileExpression(ordered ? childOf(node, 'Expression') : node, scope);
  if (type === 'guid' || type === 'dynamic') {
    throw new KqlError(`sorting by a ${type} is not supported`, node.position);
  }
  const clause = ordered ? optionalChild(node, 'Ordering') : undefined;
  const ascending = clause?.tokens[0]?.toLowerCase() === 'asc';
  const nulls = clause && optionalChild(clause, 'NullsClause')?.tokens[1]?.toLowerCase();
  const nullsFirst = nulls === undefined ? ascending : nulls === 'first';
  return (left, right) => {
    const [a, b] = [get(left), get(right)];
    if (a === null || b === null) {
      return (Number(b === null) - Number(a === null)) * (nullsFirst ? 1 : -1);
    }
    return compareValues(a, b) * (ascending ? 1 : -1);
  };
}

function sortRows(rows: readonly Row[], orderings: readonly Compare[]): Row[] {
  return rows.toSorted((left, right) => {
    for (const compare of orderings) {
      const result = compare(left, right);
      if (result !== 0) {
        return result;
      }
    }
    return 0;
  });
}

const sort: Operator = (node, _input, scope) => {
  parametersOf(node, []);
  const orderings = childList(node, 'Expressions').map((expression) => compileOrdering(expression, scope));
  return (rows) => sortRows(rows, orderings);
};

const top: Operator = (node, _input, scope) => {
  parametersOf(node, []);
  const ordering = compileOrdering(childOf(node, 'ByExpression'), scope);
  const count = constantNumber(childOf(node, 'Expression'), scope);
  return (rows) => sortRows(rows, [ordering]).slice(0, count);
};

// ---- The table of operators --------------------------------------------------------------------

const unchanged: Operator = () => (rows) => rows;

const union: Operator = (node, input, scope) => {
  let before: readonly Row[] = [];
  const run = unionTables(node, [{ ...input, run: () => before }], scope);
  return (rows) => {
    before = rows;
    return run();
  };
};

/** The operators that follow a pipe; an operator is added by adding its entry. */
export const OPERATORS: Readonly<Record<string, Operator>> = {
  FilterOperator: where,
  ProjectOperator: project,
  ProjectAwayOperator: keepColumns,
  ProjectKeepOperator: keepColumns,
  ProjectReorderOperator: keepColumns,
  ProjectRenameOperator: projectRename,
  ExtendOperator: extend,
  SerializeOperator: extend,
  SummarizeOperator: summarize,
  MakeSeriesOperator: makeSeries,
  SortOperator: sort,
  TopOperator: top,
  TakeOperator: take,
  CountOperator: countRows,
  DistinctOperator: distinct,
  UnionOperator: union,
  JoinOperator: join,
  LookupOperator: lookup,
  MvExpandOperator: mvExpand,
  MvApplyOperator: mvApply,
  ParseOperator: parse,
  ParseWhereOperator: parseWhere,
  AsOperator: unchanged,
  // How a chart would show the rows does not change them.
  RenderOperator: unchanged,
};

/**
 * https://learn.microsoft.com/kusto/query/window-functions#serialized-row-set and
 * https://learn.microsoft.com/kusto/query/serialize-operator, as far as both say the same.
 */
const SERIALIZES = ['SortOperator', 'TopOperator', 'SerializeOperator'];
const KEEPS_SERIALIZED = [
  'ExtendOperator',
  'FilterOperator',
  'ParseOperator',
  'ProjectOperator',
  'ProjectAwayOperator',
  'ProjectRenameOperator',
  'TakeOperator',
];

function applyOperator(node: KqlNode, input: Plan, scope: Scope): Plan {
  const operator = OPERATORS[node.kind];
  if (!operator) {
    const [keyword = node.kind] = node.tokens;
    throw new KqlError(`the operator '${keyword}' is not supported`, node.position);
  }
  const serialized = SERIALIZES.includes(node.kind);
  const source: Plan = { ...input, serialized: serialized || input.serialized };
  const transform = operator(node, source, scope);
  return {
    columns: operator === unchanged ? input.columns : columnsOf(node),
    serialized: serialized || (KEEPS_SERIALIZED.includes(node.kind) && input.serialized),
    run: () => transform(input.run()),
  };
}

function compilePipe(node: KqlNode, scope: Scope): Plan {
  const operator = childOf(node, 'Operator');
  const plan = applyOperator(operator, scope.compileTable(childOf(node, 'Expression'), scope), scope);
  if (operator.kind !== 'AsOperator') {
    return plan;
  }
  if (scope.source) {
    throw new KqlError("the operator 'as' inside of a subquery is not supported", operator.position);
  }
  const named = remembered(plan);
  scope.names.define(childOf(operator, 'Name').name ?? '', () => ({ kind: 'table', plan: named }));
  return named;
}

// ---- Sources -----------------------------------------------------------------------------------

const plan = (node: KqlNode, run: Plan['run']): Plan => ({ columns: columnsOf(node), serialized: false, run });

const NOTHING: Plan = { columns: [], serialized: false, run: () => [{}] };

function print(node: KqlNode, scope: Scope): Plan {
  const transform = project(node, NOTHING, scope);
  return plan(node, () => transform(NOTHING.run()));
}

function range(node: KqlNode, scope: Scope): Plan {
  const [from, to, step] = ['From', 'To', 'Step'].map((name) => compileExpression(childOf(node, name), scope));
  const columns = columnsOf(node);
  const [column] = columns;
  return plan(node, () => {
    const steps = atPosition(
      node.position,
      () => new Steps(from?.get({}) ?? null, step?.get({}) ?? null, column?.type ?? 'dynamic'),
    );
    const last = steps.indexOf(to?.get({}) ?? null);
    if (last === undefined) {
      throw new KqlError('the range must have an end', node.position);
    }
    return steps.take(Math.max(0, last + 1)).map((value) => rowOf(columns, [value]));
  });
}

function dataTable(node: KqlNode): Plan {
  const columns = columnsOf(node);
  const values = childList(node, 'Values');
  if (columns.length === 0 || values.length % columns.length !== 0) {
    throw new KqlError('the values do not fill the rows of the datatable', node.position);
  }
  const cells = values.map((value, index) => {
    const column = columns[index % columns.length];
    return column ? readLiteral(value, column) : null;
  });
  const rows = Array.from({ length: cells.length / columns.length }, (_, index) =>
    rowOf(columns, cells.slice(index * columns.length, (index + 1) * columns.length)),
  );
  return plan(node, () => rows);
}

/** A literal of the column's own type as it is, another one as a table's JSON would be read. */
function readLiteral(node: KqlNode, column: Column): Value {
  return atPosition(node.position, () => readCell(toJson(literalValue(node)), column.type, column.name));
}

function compileName(node: KqlNode, scope: Scope): Plan {
  const { kind, name = '' } = node.symbol ?? {};
  const binding = kind === 'Variable' ? scope.names.find(name) : undefined;
  if (binding?.kind === 'table') {
    return binding.plan;
  }
  if (node.calledBody) {
    return compileCall(node, scope);
  }
  if (kind !== 'Table') {
    throw new KqlError(`the name '${node.name ?? ''}' is not supported as a source of rows`, node.position);
  }
  return scope.table(name);
}

/** A call of a function of the query that returns a table. */
function compileCall(node: KqlNode, scope: Scope): Plan {
  const { body, scope: inside } = enterFunction(node, scope);
  return inside.compileTable(body, inside);
}

const inner = (node: KqlNode, scope: Scope): Plan => scope.compileTable(childOf(node, 'Expression'), scope);

/** Where rows come from. */
export const SOURCES: Readonly<Record<string, (node: KqlNode, scope: Scope) => Plan>> = {
  NameReference: compileName,
  FunctionCallExpression: compileCall,
  PipeExpression: compilePipe,
  ParenthesizedExpression: inner,
  MaterializeExpression: inner,
  UnionOperator: (node, scope) => plan(node, unionTables(node, [], scope)),
  PrintOperator: print,
  RangeOperator: range,
  DataTableExpression: (node) => dataTable(node),
};

/** Compiles a tabular expression; what is not supported is an error even when there is no row to run it over. */
export function compileTabular(node: KqlNode, scope: Scope): Plan {
  // A subquery of `mv-apply` begins with an operator, which gets the rows of the subquery.
  if (scope.source && !SOURCES[node.kind]) {
    return applyOperator(node, scope.source, scope);
  }
  const compile = SOURCES[node.kind];
  if (!compile) {
    throw new KqlError(`${node.kind} is not supported as a source of rows`, node.position);
  }
  return compile(node, scope);
}
