import { KqlError } from './error';
import { compileExpression } from './expressions';
import { type KqlNode, childList, childOf, columnsOf, namedType, optionalChild } from './grammar';
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
function narrowing(node: KqlNode): (value: Value) => Value {
  const clause = optionalChild(node, 'ToTypeOf');
  const type = clause ? namedType(childOf(clause, 'TypeOf')) : 'dynamic';
  const fits = NARROWINGS[type];
  if (!fits) {
    throw new KqlError(`elements of typeof(${type}) are not supported`, node.position);
  }
  return (value) => (fits(value) ? value : nullOf(type));
}

/** Makes a row for each element of the arrays that `mv-expand` and `mv-apply` name. */
function compileExpansion(
  node: KqlNode,
  input: Plan,
  scope: Scope,
  bagsAsPairs: boolean,
  targets: (expressions: readonly KqlNode[], index: string | undefined) => readonly string[],
): (row: Row) => Row[] {
  const parameters = parametersOf(node, ['kind', 'bagexpansion', 'with_itemindex']);
  const indexColumn = parameters.has('with_itemindex') ? parameterWord(parameters, 'with_itemindex', '') : undefined;
  const items = childList(node, 'Expressions');
  const expressions = items.map((item) => childOf(item, 'Expression'));
  const names = targets(expressions, indexColumn);
  const compiled = expressions.map((expression) => compileExpression(expression, scope));
  if (compiled.some(({ type }) => type !== 'dynamic')) {
    throw new KqlError('the elements of a value that is not dynamic are not supported', node.position);
  }
  const narrow = items.map(narrowing);
  const limitClause = optionalChild(node, 'RowLimitClause');
  const limit = limitClause ? constantNumber(childOf(limitClause, 'RowLimit'), scope) : Infinity;
  return (row) => {
    const lists = compiled.map(({ get }) => elementsOf(get(row), bagsAsPairs));
    const count = Math.min(limit, Math.max(...lists.map((list) => list.length)));
    return Array.from({ length: count }, (_, index): Row => {
      const cells = lists.map((list, place) => [names[place] ?? '', narrow[place]?.(list[index] ?? null) ?? null]);
      const indexCell = indexColumn === undefined ? {} : { [indexColumn]: index };
      return { ...row, ...indexCell, ...(Object.fromEntries(cells) as Row) };
    });
  };
}

export const mvExpand: Operator = (node, input, scope) => {
  const parameters = parametersOf(node, ['kind', 'bagexpansion', 'with_itemindex']);
  const bagsAsPairs = [...parameters.keys()].some(
    (name) => name !== 'with_itemindex' && parameterWord(parameters, name, 'bag') === 'array',
  );
  const expand = compileExpansion(node, input, scope, bagsAsPairs, (expressions, index) =>
    targetColumns(node, expressions, [
      ...input.columns,
      ...(index === undefined ? [] : [{ name: index, type: 'long' as const }]),
    ]),
  );
  return (rows) => rows.flatMap(expand);
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
  let elements: readonly string[] = [];
  const expand = compileExpansion(
    node,
    input,
    scope,
    false,
    (expressions) => (elements = expressions.map(elementName)),
  );
  let expanded: readonly Row[] = [];
  const subquery = childOf(childOf(node, 'Subquery'), 'Expression');
  const source: Plan = { columns: input.columns, serialized: false, run: () => expanded };
  const { columns: own, run } = scope.compileTable(subquery, { ...scope, source });
  const columns = columnsOf(node);
  const fromSubquery = new Set(own.map(({ name }) => name));
  const shared = input.columns.filter(({ name }) => fromSubquery.has(name) && !elements.includes(name));
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
