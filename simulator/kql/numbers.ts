import {
  type Call,
  type Present,
  type ScalarFunction,
  countArgument,
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

function binTicks(ticks: bigint, size: Present | undefined, origin: bigint): bigint {
  const step = spanArgument(size).ticks;
  if (step <= 0n) {
    throw new KqlError('a bin that is not longer than zero is not supported');
  }
  return floorDivide(ticks - origin, step) * step + origin;
}

/** `bin`, or `bin_at` with a point that a bin begins at. */
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

function round([value, precision = 0]: Present[]): Value {
  const number = numberArgument(value);
  const text = `${Math.abs(number)}`;
  if (text.includes('e')) {
    throw new KqlError(`round() of ${number} is not supported`);
  }
  // Shifting the decimal point as text avoids the error of a binary multiplication.
  const digits = countArgument(precision);
  return checkedNumber(Math.sign(number) * Number(`${Math.round(Number(`${text}e${digits}`))}e-${digits}`), false);
}

const extreme = (sign: 1 | -1): ScalarFunction =>
  eager((values) => {
    const present = values.filter((value) => value !== null);
    if (present.length < values.length) {
      throw new KqlError('min_of() and max_of() of a null are not supported');
    }
    return present.reduce((best, value) => (compareValues(value, best) * sign > 0 ? value : best));
  });

export const NUMBER_FUNCTIONS: Readonly<Record<string, ScalarFunction>> = {
  bin: strict(bin),
  bin_at: strict(bin),
  floor: strict(bin),
  ceiling: strict(([value]) => checkedNumber(Math.ceil(numberArgument(value)), false)),
  abs: strict(abs),
  round: strict(round),
  min_of: extreme(-1),
  max_of: extreme(1),
};
