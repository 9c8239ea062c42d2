import { KqlError } from './error';
import { compileExpression } from './expressions';
import { type Column, type KqlNode, childList, childOf, columnsOf, namedType, optionalChild } from './grammar';
import { type Operator, constantNumber, parameterWord, parametersOf, targetColumns } from './plans';
import type { Plan, Scope } from './scope';
import { KqlDateTime, KqlTimespan, type KqlType, type Row, type Value, isBag, nullOf } from './values';

/** The elements of an array, the entries of a bag, or the value itself. */
function elementsOf(value: Value, bagsAsPairs: boolean): Value[] {
  if (Array.isArray(value)) {
    return value;
  }
  if (isBag(value)) {
    return Object.entries(value).map(([key, entry]) => (bagsAsPairs ? [key, entry] : { [key]: entry }));
  }
  return [value];
}

/** A text is no datetime or timespan by itself; whether Kusto reads one here is not documented. */
function fitsTime(value: Value, isOfType: boolean): boolean {
  if (typeof value === 'string') {
    throw new KqlError('texts as times in an array are not supported, cast each with todatetime() or totimespan()');
  }
  return isOfType;
}

const NARROWINGS: Partial<Record<KqlType, (value: Value) => boolean>> = {
  dynamic: () => true,
  string: (value) => typeof value === 'string',
  bool: (value) => typeof value === 'boolean',
  long: Number.isSafeInteger,
  int: (value) => typeof value === 'number' && value === (value | 0),
  real: (value) => typeof value === 'number',
  datetime: (value) => fitsTime(value, value instanceof KqlDateTime),
  timespan: (value) => fitsTime(value, value instanceof KqlTimespan),
};

/** `to typeof()` only casts: what is of another type becomes null. */
function narrowing(node: KqlNode): { readonly type: KqlType; readonly narrow: (value: Value) => Value } {
  const clause = optionalChild(node, 'ToTypeOf');
  const type = clause ? namedType(childOf(clause, 'TypeOf')) : 'dynamic';
  const fits = NARROWINGS[type];
  if (!fits) {
    throw new KqlError(`elements of typeof(${type}) are not supported`, node.position);
  }
  return { type, narrow: (value) => (fits(value) ? value : nullOf(type)) };
}

interface Expansion {
  readonly run: (row: Row) => Row[];
  /** The columns that the elements and their index go to. */
  readonly columns: readonly Column[];
}

/** Makes a row for each element of the arrays that `mv-expand` and `mv-apply` name. */
function compileExpansion(
  node: KqlNode,
  scope: Scope,
  bagsAsPairs: boolean,
  targets: (expressions: readonly KqlNode[], index: readonly Column[]) => readonly string[],
): Expansion {
  const parameters = parametersOf(node, ['kind', 'bagexpansion', 'with_itemindex']);
  const index: Column[] = parameters.has('with_itemindex')
    ? [{ name: parameterWord(parameters, 'with_itemindex', ''), type: 'long' }]
    : [];
  const items = childList(node, 'Expressions');
  const expressions = items.map((item) => childOf(item, 'Expression'));
  const names = targets(expressions, index);
  const compiled = expressions.map((expression) => compileExpression(expression, scope));
  if (compiled.some(({ type }) => type !== 'dynamic')) {
    throw new KqlError('the elements of a value that is not dynamic are not supported', node.position);
  }
  const elements = items.map((item, place) => ({ name: names[place] ?? '', ...narrowing(item) }));
  const limitClause = optionalChild(node, 'RowLimitClause');
  const limit = limitClause ? constantNumber(childOf(limitClause, 'RowLimit'), scope) : Infinity;
  const run = (row: Row): Row[] => {
    const lists = compiled.map(({ get }) => elementsOf(get(row), bagsAsPairs));
    const count = Math.min(limit, Math.max(...lists.map((list) => list.length)));
    return Array.from({ length: count }, (_, position): Row => {
      const cells = elements.map(({ name, narrow }, place) => [name, narrow(lists[place]?.[position] ?? null)]);
      const indexCells = index.map(({ name }) => [name, position]);
      return { ...row, ...(Object.fromEntries([...indexCells, ...cells]) as Row) };
    });
  };
  return { run, columns: [...elements.map(({ name, type }) => ({ name, type })), ...index] };
}

export const mvExpand: Operator = (node, input, scope) => {
  const parameters = parametersOf(node, ['kind', 'bagexpansion', 'with_itemindex']);
  const bagsAsPairs = [...parameters.keys()].some(
    (name) => name !== 'with_itemindex' && parameterWord(parameters, name, 'bag') === 'array',
  );
  const { run } = compileExpansion(node, scope, bagsAsPairs, (expressions, index) =>
    targetColumns(node, expressions, [...input.columns, ...index]),
  );
  return (rows) => rows.flatMap(run);
};

/** The column that an element goes to in the subquery, where an expression without a name has none. */
function elementName(expression: KqlNode): string {
  const name = expression.kind === 'SimpleNamedExpression' ? childOf(expression, 'Name').name : expression.name;
  if (name === undefined || (expression.kind !== 'SimpleNamedExpression' && expression.kind !== 'NameReference')) {
    throw new KqlError('an expression without a name is not supported here, give it one', expression.position);
  }
  return name;
}

/** `mv-apply` runs its subquery over the elements of each row and puts what comes out beside the row. */
export const mvApply: Operator = (node, input, scope) => {
  const { run: expand, columns: elements } = compileExpansion(node, scope, false, (expressions) =>
    expressions.map(elementName),
  );
  const isElement = (name: string): boolean => elements.some((element) => element.name === name);
  let expanded: readonly Row[] = [];
  const source: Plan = {
    columns: [...input.columns.filter(({ name }) => !isElement(name)), ...elements],
    serialized: false,
    run: () => expanded,
  };
  const subquery = childOf(childOf(node, 'Subquery'), 'Expression');
  const { columns: own, run } = scope.compileTable(subquery, { ...scope, source });
  const columns = columnsOf(node);
  const fromSubquery = new Set(own.map(({ name }) => name));
  const shared = input.columns.filter(({ name }) => fromSubquery.has(name) && !isElement(name));
  return (rows) =>
    rows.flatMap((row) => {
      expanded = expand(row);
      return run().map((result) => {
        if (shared.some(({ name }) => result[name] !== row[name])) {
          throw new KqlError('mv-apply that changes a column of its input is not supported', node.position);
        }
        return Object.fromEntries(
          columns.map(({ name, type }) => [name, (fromSubquery.has(name) ? result : row)[name] ?? nullOf(type)]),
        );
      });
    });
};
