import type { Aggregate } from './aggregates';
import { KqlError, atPosition } from './error';
import { type Scope, type Table, compileAggregate, compileExpression, compilePredicate } from './expressions';
import type { Compiled } from './functions';
import { type Column, type KqlNode, childList, childOf, columnsOf, namedType, optionalChild } from './grammar';
import { literalValue } from './literals';
import {
  type KqlType,
  type Row,
  type Value,
  categoryOf,
  compareValues,
  groupKey,
  isBag,
  nullOf,
  readCell,
  toJson,
} from './values';

type Operator = (node: KqlNode, input: Table, scope: Scope) => Table;

const table = (node: KqlNode, rows: readonly Row[]): Table => ({ columns: columnsOf(node), rows });

/** The parameters such as `kind=inner`; hints do not change the answer, and others than the known are refused. */
function parametersOf(node: KqlNode, known: readonly string[]): ReadonlyMap<string, KqlNode> {
  const parameters = childList(node, 'Parameters').map((parameter) => {
    const name = childOf(parameter, 'Name').name ?? '';
    if (!known.includes(name) && !name.startsWith('hint.')) {
      throw new KqlError(`the parameter '${name}' is not supported`, parameter.position);
    }
    return [name, childOf(parameter, 'Expression')] as const;
  });
  return new Map(parameters);
}

function parameterWord(parameters: ReadonlyMap<string, KqlNode>, name: string, fallback: string): string {
  const node = parameters.get(name);
  return node ? (node.literal ?? node.name ?? node.tokens.join('')) : fallback;
}

function constantNumber(node: KqlNode, scope: Scope): number {
  const value = compileExpression(node, scope).get({});
  if (typeof value !== 'number' || value < 0) {
    throw new KqlError('a number of rows expected', node.position);
  }
  return value;
}

// ---- Columns -----------------------------------------------------------------------------------

const rename = (columns: readonly Column[], values: readonly Value[]): Row =>
  Object.fromEntries(columns.map(({ name, type }, index) => [name, values[index] ?? nullOf(type)]));

/** The expressions of a `project` or `distinct`, of which `*` stands for all columns. */
function compileColumns(node: KqlNode, input: Table, scope: Scope): Compiled[] {
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
  const expressions = compileColumns(node, input, scope);
  const columns = columnsOf(node);
  return table(
    node,
    input.rows.map((row) =>
      rename(
        columns,
        expressions.map(({ get }) => get(row)),
      ),
    ),
  );
};

/** Keeps of each row what the analyser says is left. */
const keepColumns: Operator = (node, input) => {
  const columns = columnsOf(node);
  return table(
    node,
    input.rows.map((row) =>
      rename(
        columns,
        columns.map(({ name }) => row[name] ?? null),
      ),
    ),
  );
};

const projectRename: Operator = (node, input) => {
  const columns = columnsOf(node);
  return table(
    node,
    input.rows.map((row) =>
      rename(
        columns,
        input.columns.map(({ name }) => row[name] ?? null),
      ),
    ),
  );
};

/** The column an expression of `extend` or `mv-expand` goes to: the named one, or a new one of the analyser. */
function targetColumns(node: KqlNode, expressions: readonly KqlNode[], input: Table): string[] {
  const named = expressions.map((expression) => {
    const own = expression.kind === 'SimpleNamedExpression' ? childOf(expression, 'Name') : expression;
    return expression.kind === 'SimpleNamedExpression' || expression.kind === 'NameReference' ? own.name : undefined;
  });
  const taken = new Set([...input.columns.map(({ name }) => name), ...named]);
  const fresh = columnsOf(node).filter(({ name }) => !taken.has(name));
  if (fresh.length !== named.filter((name) => name === undefined).length) {
    throw new KqlError('an expression without a name is not supported here, give it one', node.position);
  }
  return named.map((name) => name ?? fresh.shift()?.name ?? '');
}

const extend: Operator = (node, input, scope) => {
  const expressions = childList(node, 'Expressions');
  const targets = targetColumns(node, expressions, input);
  const compiled = expressions.map((expression) => compileExpression(expression, scope));
  const rows = input.rows.map((row) => ({
    ...row,
    ...Object.fromEntries(compiled.map(({ get }, index) => [targets[index] ?? '', get(row)])),
  }));
  return table(node, rows);
};

// ---- Rows --------------------------------------------------------------------------------------

const where: Operator = (node, input, scope) => {
  parametersOf(node, []);
  const { get } = compilePredicate(childOf(node, 'Condition'), scope);
  return table(
    node,
    input.rows.filter((row) => get(row) === true),
  );
};

const take: Operator = (node, input, scope) => {
  parametersOf(node, []);
  return table(node, input.rows.slice(0, constantNumber(childOf(node, 'Expression'), scope)));
};

const countRows: Operator = (node, input) => table(node, [rename(columnsOf(node), [input.rows.length])]);

const distinct: Operator = (node, input, scope) => {
  parametersOf(node, []);
  const projected = project(node, input, scope);
  const byKey = new Map<string, Row>();
  for (const row of projected.rows) {
    const key = groupKey(projected.columns.map(({ name }) => row[name] ?? null));
    byKey.set(key, byKey.get(key) ?? row);
  }
  return table(node, [...byKey.values()]);
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

const sort: Operator = (node, input, scope) => {
  parametersOf(node, []);
  const orderings = childList(node, 'Expressions').map((expression) => compileOrdering(expression, scope));
  return table(node, sortRows(input.rows, orderings));
};

const top: Operator = (node, input, scope) => {
  parametersOf(node, []);
  const ordering = compileOrdering(childOf(node, 'ByExpression'), scope);
  const count = constantNumber(childOf(node, 'Expression'), scope);
  return table(node, sortRows(input.rows, [ordering]).slice(0, count));
};

// ---- summarize ---------------------------------------------------------------------------------

type Summary = (rows: readonly Row[]) => Value[];

const unnamed = (node: KqlNode): KqlNode =>
  node.kind === 'SimpleNamedExpression' || node.kind === 'CompoundNamedExpression' ? childOf(node, 'Expression') : node;

/** An item of `summarize`: an aggregate by itself, or a scalar expression over aggregates. */
function compileSummary(node: KqlNode, scope: Scope): Summary {
  const aggregates: Aggregate[] = [];
  const cell = (index: number): string => `aggregate ${index}`;
  const groupScope: Scope = { ...scope, addAggregate: (aggregate) => cell(aggregates.push(aggregate) - 1) };
  const alone = compileAggregate(unnamed(node), groupScope);
  if (alone) {
    return alone;
  }
  const { get } = compileExpression(unnamed(node), groupScope);
  return (rows) => [
    get(Object.fromEntries(aggregates.map((aggregate, index) => [cell(index), aggregate(rows)[0] ?? null]))),
  ];
}

interface Group {
  readonly keys: Value[];
  readonly rows: Row[];
}

function groupRows(rows: readonly Row[], keys: readonly Compiled[]): Group[] {
  const groups = new Map<string, Group>();
  for (const row of rows) {
    const values = keys.map(({ get }) => get(row));
    const key = groupKey(values);
    const group = groups.get(key) ?? { keys: values, rows: [] };
    group.rows.push(row);
    groups.set(key, group);
  }
  return [...groups.values()];
}

const summarize: Operator = (node, input, scope) => {
  parametersOf(node, []);
  const by = optionalChild(node, 'ByClause');
  const keys = by ? childList(by, 'Expressions').map((expression) => compileExpression(expression, scope)) : [];
  const summaries = childList(node, 'Aggregates').map((aggregate) => compileSummary(aggregate, scope));
  // Without `by` there is always one group, also of no rows.
  const groups = by ? groupRows(input.rows, keys) : [{ keys: [], rows: [...input.rows] }];
  const columns = columnsOf(node);
  const rows = groups.map((group) => {
    const values = [...group.keys, ...summaries.flatMap((summary) => summary(group.rows))];
    if (values.length !== columns.length) {
      throw new KqlError('this combination of aggregates is not supported', node.position);
    }
    return rename(columns, values);
  });
  return table(node, rows);
};

// ---- union and join ----------------------------------------------------------------------------

/** A column of the same name but another type goes to a column with the type in its name. */
function unionRow(row: Row, from: readonly Column[], to: ReadonlyMap<string, KqlType>): Row {
  const renamed = from.map(({ name, type }) => [to.get(name) === type ? name : `${name}_${type}`, row[name] ?? null]);
  const values = Object.fromEntries(renamed) as Row;
  return Object.fromEntries([...to].map(([name, type]) => [name, values[name] ?? nullOf(type)]));
}

const isUnknownTable = (node: KqlNode): boolean => node.kind === 'NameReference' && node.symbol === undefined;

function checkUnionOperand(node: KqlNode): KqlNode {
  const name = optionalChild(node, 'Name');
  if (name?.kind === 'WildcardedName') {
    throw new KqlError('union of tables by wildcard is not supported', node.position);
  }
  return node;
}

function unionTables(node: KqlNode, inputs: readonly Table[], scope: Scope): Table {
  const parameters = parametersOf(node, ['kind', 'isfuzzy']);
  const fuzzy = parameterWord(parameters, 'isfuzzy', 'false') === 'true';
  const operands = childList(node, 'Expressions')
    .filter((operand) => !(fuzzy && isUnknownTable(operand)))
    .map((operand) => scope.run(checkUnionOperand(operand)));
  const columns = new Map(columnsOf(node).map(({ name, type }) => [name, type]));
  return table(
    node,
    [...inputs, ...operands].flatMap((input) => input.rows.map((row) => unionRow(row, input.columns, columns))),
  );
}

interface JoinKey {
  readonly left: string;
  readonly right: string;
}

function sideOf(node: KqlNode): readonly [side: string, column: string] {
  const side = node.kind === 'PathExpression' ? childOf(node, 'Expression').name : undefined;
  const column = node.kind === 'PathExpression' ? childOf(node, 'Selector').symbol?.name : undefined;
  if ((side !== '$left' && side !== '$right') || column === undefined) {
    throw new KqlError('join conditions must be columns or $left.column == $right.column', node.position);
  }
  return [side, column];
}

function joinKey(node: KqlNode): JoinKey {
  if (node.kind === 'NameReference' && node.symbol?.kind === 'Column') {
    return { left: node.symbol.name, right: node.symbol.name };
  }
  if (node.kind !== 'EqualExpression') {
    throw new KqlError('join conditions must be equalities', node.position);
  }
  const sides = new Map([sideOf(childOf(node, 'Left')), sideOf(childOf(node, 'Right'))]);
  const [left, right] = [sides.get('$left'), sides.get('$right')];
  if (left === undefined || right === undefined) {
    throw new KqlError('a join condition needs $left and $right', node.position);
  }
  return { left, right };
}

function typeOfColumn(input: Table, name: string): KqlType {
  return input.columns.find((column) => column.name === name)?.type ?? 'dynamic';
}

/** The key of a row, or undefined when a part is null: nulls equal nothing. */
function keyOf(row: Row, names: readonly string[]): string | undefined {
  const values = names.map((name) => row[name] ?? null);
  return values.includes(null) ? undefined : groupKey(values);
}

interface Joined {
  readonly left: Row;
  readonly matches: readonly Row[];
}

const pairs = ({ left, matches }: Joined): (readonly [Row, Row | undefined])[] =>
  matches.map((right) => [left, right] as const);

const JOIN_KINDS: Record<string, (joined: Joined) => (readonly [Row, Row | undefined])[]> = {
  innerunique: pairs,
  inner: pairs,
  leftouter: (joined) => (joined.matches.length > 0 ? pairs(joined) : [[joined.left, undefined]]),
  leftsemi: ({ left, matches }) => (matches.length > 0 ? [[left, undefined]] : []),
  leftanti: ({ left, matches }) => (matches.length > 0 ? [] : [[left, undefined]]),
};

/** Of left rows with the same key only one takes part; Kusto takes any, this takes the first. */
function firstOfEachKey(rows: readonly Row[], names: readonly string[]): Row[] {
  const seen = new Set<string | undefined>([undefined]);
  return rows.filter((row) => {
    const key = keyOf(row, names);
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

function checkJoinKeys(keys: readonly JoinKey[], left: Table, right: Table): void {
  for (const key of keys) {
    const families = [typeOfColumn(left, key.left), typeOfColumn(right, key.right)].map(categoryOf);
    if (families[0] !== families[1] || families.includes('dynamic')) {
      throw new KqlError(`join on ${families.join(' and ')} is not supported`);
    }
    const hasNull = (rows: readonly Row[], name: string): boolean => rows.some((row) => row[name] === null);
    if (hasNull(left.rows, key.left) && hasNull(right.rows, key.right)) {
      throw new KqlError('join with null keys on both sides is not supported');
    }
  }
}

const join: Operator = (node, left, scope) => {
  const kind = parameterWord(parametersOf(node, ['kind']), 'kind', 'innerunique');
  const combine = Object.hasOwn(JOIN_KINDS, kind) ? JOIN_KINDS[kind] : undefined;
  if (!combine) {
    throw new KqlError(`join kind=${kind} is not supported`, node.position);
  }
  const right = scope.run(childOf(node, 'Expression'));
  const keys = childList(childOf(node, 'ConditionClause'), 'Expressions').map(joinKey);
  atPosition(node.position, () => {
    checkJoinKeys(keys, left, right);
  });
  const [leftNames, rightNames] = [keys.map((key) => key.left), keys.map((key) => key.right)];
  const byKey = Map.groupBy(right.rows, (row) => keyOf(row, rightNames));
  const leftRows = kind === 'innerunique' ? firstOfEachKey(left.rows, leftNames) : left.rows;
  const columns = columnsOf(node);
  const rows = leftRows.flatMap((row) => {
    const key = keyOf(row, leftNames);
    const matches = key === undefined ? [] : (byKey.get(key) ?? []);
    return combine({ left: row, matches }).map(([own, other]) =>
      rename(columns, [
        ...left.columns.map(({ name }) => own[name] ?? null),
        ...right.columns.map(({ name }) => other?.[name] ?? null),
      ]),
    );
  });
  return table(node, rows);
};

// ---- mv-expand ---------------------------------------------------------------------------------

/** The elements of an array, the entries of a bag, or the value itself; undefined beyond the last one. */
function elementsOf(value: Value, bagsAsPairs: boolean): Value[] {
  if (Array.isArray(value)) {
    return value;
  }
  if (isBag(value)) {
    return Object.entries(value).map(([key, entry]) => (bagsAsPairs ? [key, entry] : { [key]: entry }));
  }
  return [value];
}

const NARROWINGS: Partial<Record<KqlType, (value: Value) => boolean>> = {
  dynamic: () => true,
  string: (value) => typeof value === 'string',
  bool: (value) => typeof value === 'boolean',
  long: Number.isSafeInteger,
  int: (value) => typeof value === 'number' && value === (value | 0),
  real: (value) => typeof value === 'number',
};

/** `to typeof()` only casts: what is of another type becomes null. */
function narrowing(node: KqlNode): (value: Value) => Value {
  const clause = optionalChild(node, 'ToTypeOf');
  const type = clause ? namedType(childOf(clause, 'TypeOf')) : 'dynamic';
  const fits = NARROWINGS[type];
  if (!fits) {
    throw new KqlError(`mv-expand to typeof(${type}) is not supported`, node.position);
  }
  return (value) => (fits(value) ? value : nullOf(type));
}

const mvExpand: Operator = (node, input, scope) => {
  const parameters = parametersOf(node, ['kind', 'bagexpansion', 'with_itemindex']);
  const bagsAsPairs = [...parameters.keys()].some(
    (name) => name !== 'with_itemindex' && parameterWord(parameters, name, 'bag') === 'array',
  );
  const indexColumn = parameters.has('with_itemindex') ? parameterWord(parameters, 'with_itemindex', '') : undefined;
  const items = childList(node, 'Expressions');
  const expressions = items.map((item) => childOf(item, 'Expression'));
  const known = indexColumn === undefined ? [] : [{ name: indexColumn, type: 'long' as const }];
  const targets = targetColumns(node, expressions, { ...input, columns: [...input.columns, ...known] });
  const compiled = expressions.map((expression) => compileExpression(expression, scope));
  if (compiled.some(({ type }) => type !== 'dynamic')) {
    throw new KqlError('mv-expand of a value that is not dynamic is not supported', node.position);
  }
  const narrow = items.map(narrowing);
  const limitClause = optionalChild(node, 'RowLimitClause');
  const limit = limitClause ? constantNumber(childOf(limitClause, 'RowLimit'), scope) : Infinity;
  const rows = input.rows.flatMap((row) => {
    const lists = compiled.map(({ get }) => elementsOf(get(row), bagsAsPairs));
    const count = Math.min(limit, Math.max(...lists.map((list) => list.length)));
    return Array.from({ length: count }, (_, index): Row => {
      const cells = lists.map((list, place) => [targets[place] ?? '', narrow[place]?.(list[index] ?? null) ?? null]);
      const indexCell = indexColumn === undefined ? {} : { [indexColumn]: index };
      return { ...row, ...indexCell, ...(Object.fromEntries(cells) as Row) };
    });
  });
  return table(node, rows);
};

/** The operators that follow a pipe; an operator is added by adding its entry. */
const OPERATORS: Readonly<Record<string, Operator>> = {
  FilterOperator: where,
  ProjectOperator: project,
  ProjectAwayOperator: keepColumns,
  ProjectKeepOperator: keepColumns,
  ProjectReorderOperator: keepColumns,
  ProjectRenameOperator: projectRename,
  ExtendOperator: extend,
  SummarizeOperator: summarize,
  SortOperator: sort,
  TopOperator: top,
  TakeOperator: take,
  CountOperator: countRows,
  DistinctOperator: distinct,
  UnionOperator: (node, input, scope) => unionTables(node, [input], scope),
  JoinOperator: join,
  MvExpandOperator: mvExpand,
  // How a chart would show the rows does not change them.
  RenderOperator: (_node, input) => input,
};

// ---- Sources -----------------------------------------------------------------------------------

const NOTHING: Table = { columns: [], rows: [{}] };

function dataTable(node: KqlNode): Table {
  const columns = columnsOf(node);
  const values = childList(node, 'Values');
  if (columns.length === 0 || values.length % columns.length !== 0) {
    throw new KqlError('the values do not fill the rows of the datatable', node.position);
  }
  const cells = values.map((value, index) => {
    const column = columns[index % columns.length];
    return column ? readLiteral(value, column) : null;
  });
  return table(
    node,
    Array.from({ length: cells.length / columns.length }, (_, index) =>
      rename(columns, cells.slice(index * columns.length, (index + 1) * columns.length)),
    ),
  );
}

/** A literal of the column's own type as it is, another one as a table's JSON would be read. */
function readLiteral(node: KqlNode, column: Column): Value {
  return atPosition(node.position, () => readCell(toJson(literalValue(node)), column.type, column.name));
}

function runPipe(node: KqlNode, scope: Scope): Table {
  const operatorNode = childOf(node, 'Operator');
  const operator = OPERATORS[operatorNode.kind];
  if (!operator) {
    const [keyword = operatorNode.kind] = operatorNode.tokens;
    throw new KqlError(`the operator '${keyword}' is not supported`, operatorNode.position);
  }
  return operator(operatorNode, scope.run(childOf(node, 'Expression')), scope);
}

const inner = (node: KqlNode, scope: Scope): Table => scope.run(childOf(node, 'Expression'));

/** Where rows come from; names of tables and variables are the caller's. */
const SOURCES: Readonly<Record<string, (node: KqlNode, scope: Scope) => Table>> = {
  PipeExpression: runPipe,
  ParenthesizedExpression: inner,
  MaterializeExpression: inner,
  UnionOperator: (node, scope) => unionTables(node, [], scope),
  PrintOperator: (node, scope) => project(node, NOTHING, scope),
  DataTableExpression: dataTable,
};

/** Runs a tabular expression that is not a name. */
export function runTabular(node: KqlNode, scope: Scope): Table {
  const run = SOURCES[node.kind];
  if (!run) {
    throw new KqlError(`${node.kind} is not supported as a source of rows`, node.position);
  }
  return run(node, scope);
}
