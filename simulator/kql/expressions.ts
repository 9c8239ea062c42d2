import { AGGREGATES, type Aggregate } from './aggregates';
import { checkComparable, compileBinary, hasTermIgnoringCase, isAmong } from './comparison';
import { KqlError, atPosition } from './error';
import { type Call, type Compiled, SCALAR_FUNCTIONS } from './functions';
import {
  type Column,
  type KqlNode,
  childList,
  childOf,
  columnsOf,
  namedType,
  optionalChild,
  scalarType,
} from './grammar';
import { LITERAL_KINDS, literalValue } from './literals';
import { KqlDateTime, KqlTimespan, type Row, type Value, compareValues, isBag, nullOf } from './values';

/** Rows while the query runs. */
export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

/** What an expression can refer to beside the columns of its row. */
export interface Scope {
  readonly now: KqlDateTime;
  /** The value that a `let` statement gave a name. */
  variable(name: string): Value;
  run(node: KqlNode): Table;
  /** Where aggregates may stand, the place to register them and to get the name of the cell with their result. */
  readonly addAggregate?: (aggregate: Aggregate) => string;
}

type Get = Compiled['get'];
type Compile = (node: KqlNode, scope: Scope) => Get;

const constant =
  (value: Value): Get =>
  () =>
    value;

// ---- Names and paths ---------------------------------------------------------------------------

function compileName(node: KqlNode, scope: Scope): Get {
  const { symbol } = node;
  if (symbol?.kind === 'Column') {
    return (row) => row[symbol.name] ?? null;
  }
  if (symbol?.kind === 'Variable') {
    return constant(scope.variable(symbol.name));
  }
  throw new KqlError(`the name '${node.name ?? ''}' is not supported here`);
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
function compileCandidates(node: KqlNode, left: Compiled, scope: Scope): (row: Row) => Value[] {
  const parts = childList(childOf(node, 'Right'), 'Expressions').map((item) => {
    if (item.isTable) {
      const { columns, rows } = scope.run(item);
      const [first] = columns;
      return constant(first ? rows.map((row) => row[first.name] ?? null) : []);
    }
    const { type, get } = compileExpression(item, scope);
    checkComparable(left.type, type);
    return get;
  });
  return (row) =>
    parts.flatMap((get) => {
      const value = get(row);
      return Array.isArray(value) ? value : [value];
    });
}

function compileIn(node: KqlNode, scope: Scope): Get {
  const operator = node.tokens.join('').toLowerCase();
  const left = compileExpression(childOf(node, 'Left'), scope);
  const candidates = compileCandidates(node, left, scope);
  const [negated, ignoreCase] = [operator.startsWith('!'), operator.endsWith('~')];
  return (row) => isAmong(left.get(row), candidates(row), ignoreCase) !== negated;
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
  return childOf(node, 'Name').name ?? '';
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
  const name = functionName(node);
  const build = Object.hasOwn(SCALAR_FUNCTIONS, name) ? SCALAR_FUNCTIONS[name] : undefined;
  if (!build) {
    throw new KqlError(`the function '${name}' is not supported here`);
  }
  return build(callOf(node, scope));
}

function compileToScalar(node: KqlNode, scope: Scope): Get {
  const { columns, rows } = scope.run(childOf(node, 'Expression'));
  const [column] = columns;
  return constant(column ? (rows[0]?.[column.name] ?? nullOf(column.type)) : null);
}

const inner: Compile = (node, scope) => compileExpression(childOf(node, 'Expression'), scope).get;

const EXPRESSIONS: ReadonlyMap<string, Compile> = new Map<string, Compile>([
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
  return { type, get: (row) => atPosition(node.position, () => get(row) ?? nullOf(type)) };
}

/** Compiles a scalar expression; what is not supported is an error even when there is no row to run it over. */
export function compileExpression(node: KqlNode, scope: Scope): Compiled {
  const compile = EXPRESSIONS.get(node.kind) ?? (optionalChild(node, 'Left') ? compileBinaryNode : undefined);
  if (!compile) {
    throw new KqlError(`${node.kind} is not supported`, node.position);
  }
  return located(node, () => compile(node, scope));
}
