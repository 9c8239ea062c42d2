import { KqlError } from './error';
import { compileExpression } from './expressions';
import { type Column, type KqlNode, childList, childOf, columnsOf } from './grammar';
import type { Plan, Scope, WindowFunction } from './scope';
import type { Row, Value } from './values';

type Transform = (rows: readonly Row[]) => readonly Row[];

/** An operator after a pipe: what it makes of the rows before it, whose columns are the analyser's. */
export type Operator = (node: KqlNode, input: Plan, scope: Scope) => Transform;

/** The parameters such as `kind=inner`; hints do not change the answer, and others than the known are refused. */
export function parametersOf(node: KqlNode, known: readonly string[]): ReadonlyMap<string, KqlNode> {
  const parameters = childList(node, 'Parameters').map((parameter) => {
    const name = childOf(parameter, 'Name').name ?? '';
    if (!known.includes(name) && !name.startsWith('hint.')) {
      throw new KqlError(`the parameter '${name}' is not supported`, parameter.position);
    }
    return [name, childOf(parameter, 'Expression')] as const;
  });
  return new Map(parameters);
}

export function parameterWord(parameters: ReadonlyMap<string, KqlNode>, name: string, fallback: string): string {
  const node = parameters.get(name);
  return node ? (node.literal ?? node.name ?? node.tokens.join('')) : fallback;
}

/** A number of rows that the query gives. */
export function constantNumber(node: KqlNode, scope: Scope): number {
  const value = compileExpression(node, scope).get({});
  if (typeof value !== 'number' || value < 0) {
    throw new KqlError('a number of rows expected', node.position);
  }
  return value;
}

/** The column an expression of `extend` or `mv-expand` goes to: the named one, or a new one of the analyser. */
export function targetColumns(
  node: KqlNode,
  expressions: readonly KqlNode[],
  taken: readonly Column[],
): readonly string[] {
  const named = expressions.map((expression) => {
    const own = expression.kind === 'SimpleNamedExpression' ? childOf(expression, 'Name') : expression;
    return expression.kind === 'SimpleNamedExpression' || expression.kind === 'NameReference' ? own.name : undefined;
  });
  const known = new Set([...taken.map(({ name }) => name), ...named]);
  const fresh = columnsOf(node).filter(({ name }) => !known.has(name));
  if (fresh.length !== named.filter((name) => name === undefined).length) {
    throw new KqlError('an expression without a name is not supported here, give it one', node.position);
  }
  return named.map((name) => name ?? fresh.shift()?.name ?? '');
}

/** A scope in which functions over neighbouring rows may stand, and what has to be told the rows before they are read. */
export function withWindows(scope: Scope, input: Plan): { readonly scope: Scope; readonly prepare: Transform } {
  const windows: { compute: WindowFunction; values: ReadonlyMap<Row, Value> }[] = [];
  const addWindow: Scope['addWindow'] = (compute) => {
    if (!input.serialized) {
      throw new KqlError('a function over neighbouring rows needs rows in order: sort or serialize them first');
    }
    const window = { compute, values: new Map<Row, Value>() as ReadonlyMap<Row, Value> };
    windows.push(window);
    return (row) => window.values.get(row) ?? null;
  };
  const prepare: Transform = (rows) => {
    for (const window of windows) {
      const values = window.compute(rows);
      window.values = new Map(rows.map((row, index) => [row, values[index] ?? null]));
    }
    return rows;
  };
  return { scope: { ...scope, addWindow }, prepare };
}
