import { KqlError } from './error';
import type { Compiled } from './call';
import { compileRegex } from './regex';
import {
  KqlDateTime,
  KqlTimespan,
  type KqlType,
  type Value,
  categoryOf,
  categoryOfValue,
  checkedNumber,
  compareValues,
  equalValues,
  textOf,
} from './values';

type Operate = (left: Value, right: Value) => Value;
type BinaryOperator = (left: KqlType, right: KqlType, result: KqlType) => Operate;
type Present = Exclude<Value, null>;

// ---- Equality and order ------------------------------------------------------------------------

/** Rejects operands that can never be compared, before any row is looked at. */
export function checkComparable(left: KqlType, right: KqlType): void {
  const families = [categoryOf(left), categoryOf(right)];
  const [a, b] = families;
  if (a !== b && !families.includes('dynamic')) {
    throw new KqlError(`comparing ${left} with ${right} is not supported, cast one of them`);
  }
  if (a !== b && families.includes('guid')) {
    throw new KqlError('comparing a guid with a dynamic value is not supported, cast one of them');
  }
}

const equality =
  (negated: boolean): BinaryOperator =>
  (left, right) => {
    checkComparable(left, right);
    return (a, b) => {
      const equal = equalValues(a, b);
      return equal === null ? null : equal !== negated;
    };
  };

/** `<` and the like: null as soon as one side is null. */
const order =
  (holds: (comparison: number) => boolean): BinaryOperator =>
  (left, right) => {
    checkComparable(left, right);
    if (left === 'guid') {
      throw new KqlError('the order of guids is not supported');
    }
    return (a, b) => (a === null || b === null ? null : holds(compareValues(a, b)));
  };

// ---- Text --------------------------------------------------------------------------------------

/** Whether the analyser's type of an operand lets a text operator read it. */
function isTextual(type: KqlType): boolean {
  return ['string', 'dynamic'].includes(categoryOf(type));
}

/** The text an operator sees: null is the empty string, what is no scalar has to be cast by the query. */
function operandText(value: Value, type: KqlType): string {
  if (value !== null && categoryOfValue(value) === 'dynamic') {
    throw new KqlError('a text operator on an array or a bag needs tostring()');
  }
  return textOf(value, type);
}

const overText = (test: (text: string, wanted: string) => boolean, negated: boolean): BinaryOperator => {
  return (left, right) => {
    if (!isTextual(left) || !isTextual(right)) {
      throw new KqlError(`a text operator on ${left} and ${right} is not supported, use tostring()`);
    }
    return (a, b) => test(operandText(a, left), operandText(b, right)) !== negated;
  };
};

const ignoringCase =
  (test: (text: string, wanted: string) => boolean) =>
  (text: string, wanted: string): boolean =>
    test(text.toLowerCase(), wanted.toLowerCase());

const TERM_CHARACTER = /[\p{L}\p{N}]/u;
const isTermCharacter = (char: string | undefined): boolean => char !== undefined && TERM_CHARACTER.test(char);

/** Whether the text has the wanted one where no letter or digit continues it on the given sides. */
const hasTermThat =
  (name: string, startsTerm: boolean, endsTerm: boolean) =>
  (text: string, wanted: string): boolean => {
    if (wanted === '') {
      throw new KqlError(`${name} with an empty text is not supported`);
    }
    const openStart = startsTerm && isTermCharacter(wanted.at(0));
    const openEnd = endsTerm && isTermCharacter(wanted.at(-1));
    for (let index = text.indexOf(wanted); index >= 0; index = text.indexOf(wanted, index + 1)) {
      const continuesBefore = openStart && isTermCharacter(text[index - 1]);
      const continuesAfter = openEnd && isTermCharacter(text[index + wanted.length]);
      if (!continuesBefore && !continuesAfter) {
        return true;
      }
    }
    return false;
  };

const hasTerm = hasTermThat('has', true, true);
const contains = (text: string, wanted: string): boolean => text.includes(wanted);
const startsWith = (text: string, wanted: string): boolean => text.startsWith(wanted);
const endsWith = (text: string, wanted: string): boolean => text.endsWith(wanted);

/** A text operator with its negated and its case-sensitive forms. */
const family = (
  name: string,
  test: (text: string, wanted: string) => boolean,
): readonly (readonly [string, BinaryOperator])[] => [
  [name, overText(ignoringCase(test), false)],
  [`!${name}`, overText(ignoringCase(test), true)],
  [`${name}_cs`, overText(test, false)],
  [`!${name}_cs`, overText(test, true)],
];

// ---- Arithmetic --------------------------------------------------------------------------------

const ticksOf = (value: Present): bigint =>
  value instanceof KqlDateTime || value instanceof KqlTimespan ? value.ticks : 0n;
const scaled = (value: Present, factor: number): KqlTimespan =>
  new KqlTimespan(BigInt(Math.round(checkedNumber(Number(ticksOf(value)) * factor, false))));

function divide(a: number, b: number): number {
  if (b === 0) {
    throw new KqlError('division by zero is not supported');
  }
  return a / b;
}

/** Always between zero and the divisor, also for negative numbers. */
function modulo(a: number, b: number): number {
  const size = Math.abs(b);
  return divide(a, b) === 0 ? 0 : ((a % size) + size) % size;
}

const NUMBERS: Record<string, (a: number, b: number) => number> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': divide,
  '%': modulo,
};

const TIMES: Record<string, (a: Present, b: Present) => Value> = {
  'datetime + timespan': (a, b) => new KqlDateTime(ticksOf(a) + ticksOf(b)),
  'timespan + datetime': (a, b) => new KqlDateTime(ticksOf(a) + ticksOf(b)),
  'timespan + timespan': (a, b) => new KqlTimespan(ticksOf(a) + ticksOf(b)),
  'datetime - datetime': (a, b) => new KqlTimespan(ticksOf(a) - ticksOf(b)),
  'datetime - timespan': (a, b) => new KqlDateTime(ticksOf(a) - ticksOf(b)),
  'timespan - timespan': (a, b) => new KqlTimespan(ticksOf(a) - ticksOf(b)),
  'timespan * number': (a, b) => scaled(a, Number(b)),
  'number * timespan': (a, b) => scaled(b, Number(a)),
  'timespan / number': (a, b) => scaled(a, divide(1, Number(b))),
  'timespan / timespan': (a, b) => divide(Number(ticksOf(a)), Number(ticksOf(b))),
};

/** The result type decides between whole and real numbers; a dynamic fraction has no place in a whole result. */
function calculate(operator: string, a: number, b: number, result: KqlType): number {
  const integer = result === 'long' || result === 'int';
  if (integer && !(Number.isInteger(a) && Number.isInteger(b))) {
    throw new KqlError(`'${operator}' of a dynamic fraction and a whole number needs todouble()`);
  }
  const value = NUMBERS[operator]?.(a, b) ?? 0;
  return checkedNumber(integer ? Math.trunc(value) : value, integer);
}

const arithmetic =
  (operator: string): BinaryOperator =>
  (left, right, result) => {
    if (result === 'dynamic') {
      throw new KqlError(`'${operator}' of two dynamic values is not supported, cast them`);
    }
    return (a, b) => {
      if (a === null || b === null) {
        return null;
      }
      if (typeof a === 'number' && typeof b === 'number') {
        return calculate(operator, a, b, result);
      }
      const apply = TIMES[`${categoryOfValue(a)} ${operator} ${categoryOfValue(b)}`];
      if (!apply) {
        throw new KqlError(`'${operator}' of ${left} and ${right} is not supported`);
      }
      return apply(a, b);
    };
  };

/** The binary operators as they are written; an operator is added by adding its entry. */
export const BINARY_OPERATORS: ReadonlyMap<string, BinaryOperator> = new Map([
  ['==', equality(false)],
  ['!=', equality(true)],
  ['<', order((comparison) => comparison < 0)],
  ['<=', order((comparison) => comparison <= 0)],
  ['>', order((comparison) => comparison > 0)],
  ['>=', order((comparison) => comparison >= 0)],
  ['=~', overText(ignoringCase(sameText), false)],
  ['!~', overText(ignoringCase(sameText), true)],
  ['matches regex', overText((text, pattern) => compileRegex(pattern).test(text), false)],
  ...family('has', hasTerm),
  ...family('hasprefix', hasTermThat('hasprefix', true, false)),
  ...family('hassuffix', hasTermThat('hassuffix', false, true)),
  ...family('contains', contains),
  ...family('startswith', startsWith),
  ...family('endswith', endsWith),
  ...Object.keys(NUMBERS).map((operator) => [operator, arithmetic(operator)] as const),
]);

function sameText(text: string, wanted: string): boolean {
  return text === wanted;
}

const isAmong = (value: Value, others: readonly Value[]): boolean => {
  if (value === null && others.includes(null)) {
    throw new KqlError('in with null on both sides is not supported');
  }
  return others.some((other) => equalValues(value, other) === true);
};

const lowerText = (value: Value): string => operandText(value, 'dynamic').toLowerCase();

/**
 * Whether a value is among others: as `==` does, or for `in~` as `=~` does. The others are mostly the same texts for
 * every row, so a set of them is kept.
 */
export function compileIsAmong(ignoreCase: boolean): (value: Value, others: readonly Value[]) => boolean {
  let known: readonly Value[] | undefined;
  let texts: ReadonlySet<Value> | undefined;
  return (value, others) => {
    if (others !== known) {
      known = others;
      texts =
        ignoreCase || others.every((other) => typeof other === 'string')
          ? new Set(others.map(ignoreCase ? lowerText : same))
          : undefined;
    }
    if (ignoreCase) {
      return texts?.has(lowerText(value)) === true;
    }
    return texts && typeof value === 'string' ? texts.has(value) : isAmong(value, others);
  };
}

const same = (value: Value): Value => value;

/** `has_any` and `has_all` look for one term each. */
export function hasTermIgnoringCase(value: Value, wanted: Value, type: KqlType): boolean {
  return ignoringCase(hasTerm)(operandText(value, type), operandText(wanted, 'dynamic'));
}

/** Compiles an operator for its operands. */
export function compileBinary(operator: string, left: Compiled, right: Compiled, result: KqlType): Compiled['get'] {
  const operate = BINARY_OPERATORS.get(operator.replace(/\s+/g, ' '))?.(left.type, right.type, result);
  if (!operate) {
    throw new KqlError(`the operator '${operator}' is not supported`);
  }
  return (row) => operate(left.get(row), right.get(row));
}
