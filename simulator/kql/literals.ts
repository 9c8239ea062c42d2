import { KqlError } from './error';
import { type KqlNode, childList, childOf } from './grammar';
import { type Value, checkedNumber, nullOf, parseDateTime, parseTimespan } from './values';

/**
 * The text of a literal without its type: `5` of `long(5)`. The values that the JavaScript build of the official
 * parser computes are wrong for `0x1F`, `real(nan)` and `timespan(1.00:00:00)`, so only its texts are used.
 */
function literalText(node: KqlNode): string {
  const text = node.tokens.join(' ');
  const inner = /^[a-z]+\s*\(([\s\S]*)\)$/i.exec(text)?.[1] ?? text;
  return inner.trim().replace(/^(['"])(.*)\1$/, '$2');
}

function orUnreadable(value: Value | undefined, text: string, what: string): Value {
  if (value === undefined) {
    throw new KqlError(`the ${what} literal '${text}' is not supported`);
  }
  return value;
}

function numberLiteral(text: string, integer: boolean): Value {
  const known = integer ? /^[+-]?(?:\d+|0x[\da-f]+)$/i : /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
  const [, sign, digits = ''] = /^([+-]?)(.*)$/.exec(text) ?? [];
  const value = known.test(text) ? Number(digits) * (sign === '-' ? -1 : 1) : undefined;
  return orUnreadable(value === undefined ? undefined : checkedNumber(value, integer), text, 'number');
}

const GUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;
const BOOLS: Record<string, boolean> = { true: true, false: false };

const READERS: Record<string, (text: string) => Value> = {
  BooleanLiteralExpression: (text) => orUnreadable(BOOLS[text.toLowerCase()], text, 'bool'),
  IntLiteralExpression: (text) => numberLiteral(text, true),
  LongLiteralExpression: (text) => numberLiteral(text, true),
  RealLiteralExpression: (text) => numberLiteral(text, false),
  DateTimeLiteralExpression: (text) => orUnreadable(parseDateTime(text), text, 'datetime'),
  TimespanLiteralExpression: (text) => orUnreadable(parseTimespan(text), text, 'timespan'),
  GuidLiteralExpression: (text) =>
    orUnreadable(GUID.test(text.toLowerCase()) ? text.toLowerCase() : undefined, text, 'guid'),
};

function stringLiteral(node: KqlNode): Value {
  if (node.literal === undefined) {
    throw new KqlError('this string literal is not supported');
  }
  return node.literal;
}

function jsonObject(node: KqlNode): Value {
  const pairs = childList(node, 'Pairs').map((pair) => [jsonKey(pair), literalValue(childOf(pair, 'Value'))] as const);
  return Object.fromEntries(pairs);
}

function jsonKey(pair: KqlNode): string {
  const [, key] = /^(['"])([^'"\\]*)\1$/.exec(pair.tokens[0] ?? '')?.slice(1) ?? [];
  if (key === undefined) {
    throw new KqlError(`the property name ${pair.tokens[0] ?? ''} is not supported`);
  }
  return key;
}

function negated(node: KqlNode): Value {
  const value = literalValue(childOf(node, 'Expression'));
  if (typeof value !== 'number') {
    throw new KqlError('only a number can be negative in a dynamic literal');
  }
  return -value;
}

const STRUCTURES: Record<string, (node: KqlNode) => Value> = {
  StringLiteralExpression: stringLiteral,
  CompoundStringLiteralExpression: stringLiteral,
  NullLiteralExpression: () => null,
  DynamicExpression: (node) => literalValue(childOf(node, 'Expression')),
  JsonObjectExpression: jsonObject,
  JsonArrayExpression: (node) => childList(node, 'Values').map(literalValue),
  UnaryMinusExpression: negated,
};

/** The value of a literal, also of what may stand inside `dynamic(...)`. */
export function literalValue(node: KqlNode): Value {
  const structure = STRUCTURES[node.kind];
  if (structure) {
    return structure(node);
  }
  const read = READERS[node.kind];
  if (!read) {
    throw new KqlError(`${node.kind} is not a supported literal`, node.position);
  }
  const text = literalText(node);
  return text.toLowerCase() === 'null' ? nullOf('dynamic') : read(text);
}

/** The kinds of syntax that are literals wherever they stand. */
export const LITERAL_KINDS: readonly string[] = [
  ...Object.keys(READERS),
  ...Object.keys(STRUCTURES).filter((kind) => kind !== 'UnaryMinusExpression'),
];
