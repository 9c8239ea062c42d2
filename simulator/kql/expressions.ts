import { AGGREGATES, type Aggregate } from './aggregates';
import { checkComparable, compileBinary, compileIsAmong, hasTermIgnoringCase } from './comparison';
import { KqlError, atPosition, positioned } from './error';
import type { Call, Compiled } from './call';
import { SCALAR_FUNCTIONS } from './functions';
import { type KqlNode, childList, childOf, columnsOf, namedType, optionalChild, scalarType } from './grammar';
import { LITERAL_KINDS, literalValue } from './literals';
import { type Binding, Names, type Plan, type Scope, remembered } from './scope';
import { KqlDateTime, KqlTimespan, type Row, type Value, compareValues, isBag, nullOf } from './values';
import { WINDOW_FUNCTIONS } from './windows';

type Get = Compiled['get'];
type Compile = (node: KqlNode, scope: Scope) => Get;

const constant =
  (value: Value): Get =>
  () =>
    value;

// ---- Names and paths ---------------------------------------------------------------------------

/** Whether the value of an expression depends on the row it is computed for. */
function varies(node: KqlNode, scope: Scope): boolean {
  if (node.kind === 'NameReference') {
    const binding = node.symbol?.kind === 'Variable' ? scope.names.find(node.symbol.name) : undefined;
    return node.symbol?.kind === 'Column' || (binding?.kind === 'scalar' && binding.varies);
  }
  const isOfTable = node.isTable || node.kind === 'ToScalarExpression';
  return !isOfTable && [...node.children.values()].flat().some((child) => varies(child, scope));
}

function compileName(node: KqlNode, scope: Scope): Get {
  const { symbol } = node;
  if (symbol?.kind === 'Column') {
    return (row) => row[symbol.name] ?? null;
  }
  const binding = symbol?.kind === 'Variable' ? scope.names.find(symbol.name) : undefined;
  if (binding?.kind !== 'scalar') {
    throw new KqlError(`the name '${node.name ?? ''}' is not supported here`);
  }
  if (binding.varies && scope.tabular) {
    throw new KqlError(`the value of '${node.name ?? ''}' depends on a row that a table does not see`);
  }
  return binding.compiled.get;
}

/** A scalar that a name stands for; one that depends on no row is computed once. */
function scalarBinding(node: KqlNode, scope: Scope): Binding {
  const compiled = compileExpression(node, scope);
  if (varies(node, scope)) {
    return { kind: 'scalar', compiled, varies: true };
  }
  let known: { readonly value: Value } | undefined;
  const get = (): Value => (known ??= { value: compiled.get({}) }).value;
  return { kind: 'scalar', compiled: { ...compiled, get }, varies: false };
}

/** Compiles a tabular expression that stands inside of another expression. */
function compileTable(node: KqlNode, scope: Scope): Plan {
  const { now, names, globals, table, compileTable: compile } = scope;
  return remembered(compile(node, { now, names, globals, table, compileTable: compile, tabular: true }));
}

function bindingOf(node: KqlNode, scope: Scope): Binding {
  return node.isTable ? { kind: 'table', plan: compileTable(node, scope) } : scalarBinding(node, scope);
}

/** Gives the names of `let` statements their meaning. */
export function defineNames(statements: readonly KqlNode[], scope: Scope): void {
  for (const statement of statements) {
    const definition = childOf(statement, 'Expression');
    scope.names.define(childOf(statement, 'Name').name ?? '', () =>
      definition.kind === 'FunctionDeclaration'
        ? { kind: 'function', declaration: definition }
        : bindingOf(definition, scope),
    );
  }
}

/** The body of a function of the query, with the scope in which its parameters hold the arguments of the call. */
export function enterFunction(node: KqlNode, scope: Scope): { readonly body: KqlNode; readonly scope: Scope } {
  const name = functionName(node);
  const binding = scope.globals.find(name);
  if (binding?.kind !== 'function' || !node.calledBody) {
    throw new KqlError(`the function '${name}' is not supported here`, node.position);
  }
  const argumentList = optionalChild(node, 'ArgumentList');
  const given = argumentList ? childList(argumentList, 'Expressions') : [];
  if (given.some(({ kind }) => kind === 'SimpleNamedExpression')) {
    throw new KqlError('arguments by name are not supported', node.position);
  }
  const names = new Names(scope.globals);
  for (const [index, parameter] of childList(childOf(binding.declaration, 'Parameters'), 'Parameters').entries()) {
    const fallback = optionalChild(parameter, 'DefaultValue');
    const argument = given[index] ?? (fallback && childOf(fallback, 'Value'));
    if (argument) {
      names.define(childOf(childOf(parameter, 'NameAndType'), 'Name').name ?? '', () => bindingOf(argument, scope));
    }
  }
  const { now, globals, table, compileTable: compile } = scope;
  const inside = { now, names, globals, table, compileTable: compile, tabular: node.isTable };
  const statements = childList(node.calledBody, 'Statements');
  const nested = statements.find((statement) => childOf(statement, 'Expression').kind === 'FunctionDeclaration');
  if (nested) {
    throw new KqlError('a function inside of a function is not supported', nested.position);
  }
  defineNames(statements, inside);
  return { body: childOf(node.calledBody, 'Expression'), scope: inside };
}

function property(value: Value, key: string): Value {
  return isBag(value) && Object.hasOwn(value, key) ? (value[key] ?? null) : null;
}

function element(value: Value, key: Value): Value {
  if (typeof key === 'string') {
    return property(value, key);
  }
  if (typeof key === 'number') {
    return Array.isArray(value) ? (value.at(key) ?? null) : null;
  }
  throw new KqlError('a key or an index expected in the brackets');
}

function compilePath(node: KqlNode, scope: Scope): Get {
  const source = compileExpression(childOf(node, 'Expression'), scope);
  const selector = childOf(node, 'Selector');
  const { name } = selector;
  if (source.type !== 'dynamic' || selector.kind !== 'NameReference' || name === undefined) {
    throw new KqlError('only a property of a dynamic value can follow a dot');
  }
  return (row) => property(source.get(row), name);
}

function compileElement(node: KqlNode, scope: Scope): Get {
  const source = compileExpression(childOf(node, 'Expression'), scope);
  const key = compileExpression(childOf(childOf(node, 'Selector'), 'Expression'), scope);
  if (source.type !== 'dynamic') {
    throw new KqlError('only a dynamic value can be indexed');
  }
  return (row) => element(source.get(row), key.get(row));
}

// ---- Operators ---------------------------------------------------------------------------------

const operands = (node: KqlNode, scope: Scope): readonly [Compiled, Compiled] => [
  compileExpression(childOf(node, 'Left'), scope),
  compileExpression(childOf(node, 'Right'), scope),
];

const compileBinaryNode: Compile = (node, scope) => {
  const [left, right] = operands(node, scope);
  return compileBinary(node.tokens.join(' '), left, right, scalarType(node));
};

function compileMinus(node: KqlNode, scope: Scope): Get {
  const { get } = compileExpression(childOf(node, 'Expression'), scope);
  return (row) => {
    const value = get(row);
    if (value instanceof KqlTimespan) {
      return new KqlTimespan(-value.ticks);
    }
    if (value !== null && typeof value !== 'number') {
      throw new KqlError('only a number or a timespan can be negative');
    }
    return value === null ? null : 0 - value;
  };
}

/** The candidates of `in (...)`: scalars, the elements of dynamic arrays, or the first column of a table. */
function compileCandidates(node: KqlNode, left: Compiled, scope: Scope): (row: Row) => readonly Value[] {
  const items = childList(childOf(node, 'Right'), 'Expressions');
  const parts = items.map((item): Get => {
    if (item.isTable) {
      const { columns, run } = compileTable(item, scope);
      const [first] = columns;
      return () => (first ? run().map((row) => row[first.name] ?? null) : []);
    }
    const { type, get } = compileExpression(item, scope);
    checkComparable(left.type, type);
    return get;
  });
  const all = (row: Row): Value[] =>
    parts.flatMap((get) => {
      const value = get(row);
      return Array.isArray(value) ? value : [value];
    });
  if (items.some((item) => varies(item, scope))) {
    return all;
  }
  let known: readonly Value[] | undefined;
  return (row) => (known ??= all(row));
}

function compileIn(node: KqlNode, scope: Scope): Get {
  const operator = node.tokens.join('').toLowerCase();
  const left = compileExpression(childOf(node, 'Left'), scope);
  const candidates = compileCandidates(node, left, scope);
  const [negated, ignoreCase] = [operator.startsWith('!'), operator.endsWith('~')];
  const isAmong = compileIsAmong(ignoreCase);
  return (row) => isAmong(left.get(row), candidates(row)) !== negated;
}

function compileHasTerms(node: KqlNode, scope: Scope): Get {
  const left = compileExpression(childOf(node, 'Left'), scope);
  const candidates = compileCandidates(node, left, scope);
  const every = node.kind === 'HasAllExpression';
  return (row) => {
    const value = left.get(row);
    const found = candidates(row).map((wanted) => hasTermIgnoringCase(value, wanted, left.type));
    return every ? !found.includes(false) : found.includes(true);
  };
}

/** `between`, of which the upper end may be a timespan after the lower one. */
function compileBetween(node: KqlNode, scope: Scope): Get {
  const value = compileExpression(childOf(node, 'Left'), scope);
  const range = childOf(node, 'Right');
  const from = compileExpression(childOf(range, 'First'), scope);
  const to = compileExpression(childOf(range, 'Second'), scope);
  const isLength = from.type === 'datetime' && to.type === 'timespan';
  checkComparable(value.type, from.type);
  if (!isLength) {
    checkComparable(value.type, to.type);
  }
  const negated = node.kind === 'NotBetweenExpression';
  return (row) => {
    const [middle, low, end] = [value.get(row), from.get(row), to.get(row)];
    if (middle === null || low === null || end === null) {
      return null;
    }
    const isAfter = low instanceof KqlDateTime && end instanceof KqlTimespan;
    const high = isAfter ? new KqlDateTime(low.ticks + end.ticks) : end;
    return (compareValues(middle, low) >= 0 && compareValues(middle, high) <= 0) !== negated;
  };
}

// ---- Conditions --------------------------------------------------------------------------------

/** `and` and `or` where a null decides like false, so that null and false need not be told apart. */
function compileJunction(node: KqlNode, scope: Scope): Get {
  const left = compilePredicate(childOf(node, 'Left'), scope);
  const right = compilePredicate(childOf(node, 'Right'), scope);
  const decisive = node.kind === 'OrExpression';
  return (row) => {
    const first = condition(left.get(row));
    if (first === decisive) {
      return first;
    }
    const second = condition(right.get(row));
    return second === decisive ? second : first === null ? null : second;
  };
}

function condition(value: Value): boolean | null {
  if (value !== null && typeof value !== 'boolean') {
    throw new KqlError('a condition must be a bool, use tobool()');
  }
  return value;
}

/** Elsewhere the result shows, and the documentation disagrees with itself on null and false. */
function compileStrictJunction(node: KqlNode, scope: Scope): Get {
  const get = compileJunction(node, scope);
  return (row) => {
    const value = get(row);
    if (value === null) {
      throw new KqlError("the value of 'and' or 'or' of a null is not supported outside of a condition");
    }
    return value;
  };
}

/** Compiles a condition, as `where` and `iff` have it: whether it is null or false makes no difference. */
export function compilePredicate(node: KqlNode, scope: Scope): Compiled {
  if (node.kind === 'ParenthesizedExpression') {
    return compilePredicate(childOf(node, 'Expression'), scope);
  }
  if (node.kind === 'AndExpression' || node.kind === 'OrExpression') {
    return located(node, () => compileJunction(node, scope));
  }
  return compileExpression(node, scope);
}

// ---- Functions ---------------------------------------------------------------------------------

function callOf(node: KqlNode, scope: Scope): Call & { readonly nodes: readonly KqlNode[] } {
  const nodes = childList(childOf(node, 'ArgumentList'), 'Expressions');
  const nodeAt = (index: number): KqlNode => {
    const argument = nodes[index];
    if (!argument) {
      throw new KqlError(`argument ${index + 1} is missing`);
    }
    return argument;
  };
  return {
    nodes,
    count: nodes.length,
    type: node.resultColumns ? 'dynamic' : scalarType(node),
    now: scope.now,
    argument: (index) => compileExpression(nodeAt(index), scope),
    predicate: (index) => compilePredicate(nodeAt(index), scope),
    typeArgument: (index) => namedType(nodeAt(index)),
  };
}

function functionName(node: KqlNode): string {
  return node.name ?? childOf(node, 'Name').name ?? '';
}

/** The aggregate that a node calls, or undefined when it calls none. */
export function compileAggregate(node: KqlNode, scope: Scope): Aggregate | undefined {
  const name = node.kind === 'FunctionCallExpression' ? functionName(node) : '';
  const aggregate = Object.hasOwn(AGGREGATES, name) ? AGGREGATES[name] : undefined;
  const { addAggregate, ...rowScope } = scope;
  if (!aggregate || !addAggregate) {
    return undefined;
  }
  return atPosition(node.position, () => {
    const call = callOf(node, rowScope);
    const run = aggregate({
      ...call,
      columns: node.resultColumns ? columnsOf(node) : [{ name: '', type: call.type }],
      isStar: (index) => call.nodes[index]?.kind === 'StarExpression',
    });
    return (rows) => atPosition(node.position, () => run(rows));
  });
}

function compileCall(node: KqlNode, scope: Scope): Get {
  const aggregate = compileAggregate(node, scope);
  const cell = aggregate && scope.addAggregate?.(aggregate);
  if (cell !== undefined) {
    return (row) => row[cell] ?? null;
  }
  if (node.calledBody) {
    const { body, scope: inside } = enterFunction(node, scope);
    return compileExpression(body, inside).get;
  }
  const name = functionName(node);
  const window = Object.hasOwn(WINDOW_FUNCTIONS, name) ? WINDOW_FUNCTIONS[name] : undefined;
  if (window && scope.addWindow) {
    return scope.addWindow(window(callOf(node, scope)));
  }
  const build = Object.hasOwn(SCALAR_FUNCTIONS, name) ? SCALAR_FUNCTIONS[name] : undefined;
  if (!build) {
    throw new KqlError(`the function '${name}' is not supported here`);
  }
  return build(callOf(node, scope));
}

function compileToScalar(node: KqlNode, scope: Scope): Get {
  const content = childOf(node, 'Expression');
  if (!content.isTable) {
    return compileExpression(content, scope).get;
  }
  const { columns, run } = compileTable(content, scope);
  const [column] = columns;
  return () => (column ? (run()[0]?.[column.name] ?? nullOf(column.type)) : null);
}

const inner: Compile = (node, scope) => compileExpression(childOf(node, 'Expression'), scope).get;

/** The kinds of scalar syntax; the binary operators have a table of their own. */
export const EXPRESSIONS: ReadonlyMap<string, Compile> = new Map<string, Compile>([
  ...LITERAL_KINDS.map((kind): [string, Compile] => [kind, (node) => constant(literalValue(node))]),
  ['NameReference', compileName],
  ['PathExpression', compilePath],
  ['ElementExpression', compileElement],
  ['ParenthesizedExpression', inner],
  ['SimpleNamedExpression', inner],
  ['UnaryPlusExpression', inner],
  ['UnaryMinusExpression', compileMinus],
  ['AndExpression', compileStrictJunction],
  ['OrExpression', compileStrictJunction],
  ['InExpression', compileIn],
  ['InCsExpression', compileIn],
  ['NotInExpression', compileIn],
  ['NotInCsExpression', compileIn],
  ['HasAnyExpression', compileHasTerms],
  ['HasAllExpression', compileHasTerms],
  ['BetweenExpression', compileBetween],
  ['NotBetweenExpression', compileBetween],
  ['FunctionCallExpression', compileCall],
  ['ToScalarExpression', compileToScalar],
]);

function located(node: KqlNode, compile: () => Get): Compiled {
  const get = atPosition(node.position, compile);
  const type = scalarType(node);
  const absent = nullOf(type);
  return {
    type,
    get: (row) => {
      try {
        return get(row) ?? absent;
      } catch (error) {
        throw positioned(error, node.position);
      }
    },
  };
}

/** Compiles a scalar expression; what is not supported is an error even when there is no row to run it over. */
export function compileExpression(node: KqlNode, scope: Scope): Compiled {
  const compile = EXPRESSIONS.get(node.kind) ?? (optionalChild(node, 'Left') ? compileBinaryNode : undefined);
  if (!compile) {
    throw new KqlError(`${node.kind} is not supported`, node.position);
  }
  return located(node, () => compile(node, scope));
}
