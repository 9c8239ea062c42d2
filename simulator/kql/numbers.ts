import {
  type Call,
  type Present,
  type ScalarFunction,
  eager,
  numberArgument,
  spanArgument,
  strict,
  timeArgument,
} from './call';
import { KqlError } from './error';
import {
  KqlDateTime,
  KqlTimespan,
  type KqlType,
  type Value,
  checkedNumber,
  compareValues,
  floorDivide,
} from './values';

function binNumber(value: number, size: number, origin: number, type: KqlType): Value {
  if (size <= 0) {
    throw new KqlError(`a bin of ${size} is not supported`);
  }
  return checkedNumber(Math.floor((value - origin) / size) * size + origin, type !== 'real');
}

/** Down to a multiple of the size; one below zero gives null. */
function floor(values: Present[], types: KqlType[], call: Call): Value {
  const [, size] = values;
  const isNegative = size instanceof KqlTimespan ? size.ticks < 0n : typeof size === 'number' && size < 0;
  return isNegative ? null : bin(values, types, call);
}

function binTicks(ticks: bigint, size: Present | undefined, origin: bigint): bigint {
  const step = spanArgument(size).ticks;
  if (step <= 0n) {
    throw new KqlError('a bin that is not longer than zero is not supported');
  }
  return floorDivide(ticks - origin, step) * step + origin;
}

/** Down to the point that a bin begins at: a multiple of the size, or for `bin_at` as far as that from its third argument. */
function bin([value, size, origin]: Present[], _types: KqlType[], { type }: Call): Value {
  if (value instanceof KqlDateTime) {
    return new KqlDateTime(binTicks(value.ticks, size, origin === undefined ? 0n : timeArgument(origin).ticks));
  }
  if (value instanceof KqlTimespan) {
    return new KqlTimespan(binTicks(value.ticks, size, origin === undefined ? 0n : spanArgument(origin).ticks));
  }
  return binNumber(numberArgument(value), numberArgument(size), numberArgument(origin ?? 0), type);
}

function abs([value]: Present[]): Value {
  if (value instanceof KqlTimespan) {
    return new KqlTimespan(value.ticks < 0n ? -value.ticks : value.ticks);
  }
  return Math.abs(numberArgument(value));
}

/** To so many digits after the decimal point, or before it for a precision below zero. */
function round([value, precision = 0]: Present[]): Value {
  const number = numberArgument(value);
  const text = `${Math.abs(number)}`;
  if (text.includes('e')) {
    throw new KqlError(`round() of ${number} is not supported`);
  }
  // Shifting the decimal point as text avoids the error of a binary multiplication.
  const digits = numberArgument(precision);
  return checkedNumber(Math.sign(number) * Number(`${Math.round(Number(`${text}e${digits}`))}e${-digits}`), false);
}

/** Of several values, of which nulls do not count unless there is nothing else. */
const extreme = (sign: 1 | -1): ScalarFunction =>
  eager((values) =>
    values.reduce(
      (best, value) => (best === null || (value !== null && compareValues(value, best) * sign > 0) ? value : best),
      null,
    ),
  );

export const NUMBER_FUNCTIONS: Readonly<Record<string, ScalarFunction>> = {
  bin: strict(floor),
  bin_at: strict(bin),
  floor: strict(floor),
  ceiling: strict(([value]) => checkedNumber(Math.ceil(numberArgument(value)), false)),
  abs: strict(abs),
  round: strict(round),
  min_of: extreme(-1),
  max_of: extreme(1),
};
