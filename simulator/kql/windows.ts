import { KqlError } from './error';
import type { Call } from './call';
import type { WindowFunction } from './scope';
import { type Row, type Value, checkedNumber, KqlTimespan } from './values';

function numberAt(call: Call, index: number, fallback: number): number {
  const value = index < call.count ? call.argument(index).get({}) : fallback;
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    throw new KqlError('a whole number expected');
  }
  return value;
}

/** `prev` and `next`: the value in the row that is so many rows away. */
const neighbour =
  (direction: 1 | -1) =>
  (call: Call): WindowFunction => {
    const { get } = call.argument(0);
    const distance = numberAt(call, 1, 1) * direction;
    const fallback = call.count > 2 ? call.argument(2).get : () => null;
    return (rows) =>
      rows.map((row, index) => {
        const other = rows[index + distance];
        return other ? get(other) : fallback(row);
      });
  };

/** Whether the count or sum starts again at a row. */
function restartOf(call: Call): (row: Row) => boolean {
  const condition = call.count > 1 ? call.predicate(1) : undefined;
  return (row) => condition?.get(row) === true;
}

function rowNumber(call: Call): WindowFunction {
  const start = numberAt(call, 0, 1);
  const restarts = restartOf(call);
  return (rows) => {
    let number = start - 1;
    return rows.map((row) => (number = restarts(row) ? start : number + 1));
  };
}

function addTo(sum: Value, term: Value): Value {
  if (term instanceof KqlTimespan) {
    return new KqlTimespan(term.ticks + (sum instanceof KqlTimespan ? sum.ticks : 0n));
  }
  if (typeof term !== 'number') {
    throw new KqlError('row_cumsum() of what is no number is not supported');
  }
  return checkedNumber((typeof sum === 'number' ? sum : 0) + term, Number.isInteger(term));
}

function rowCumulativeSum(call: Call): WindowFunction {
  const { get } = call.argument(0);
  const restarts = restartOf(call);
  return (rows) => {
    let sum: Value = null;
    return rows.map((row) => (sum = addTo(restarts(row) ? null : sum, get(row))));
  };
}

/** The functions over rows in their order, by name; a function is added by adding its entry. */
export const WINDOW_FUNCTIONS: Readonly<Record<string, (call: Call) => WindowFunction>> = {
  prev: neighbour(-1),
  next: neighbour(1),
  row_number: rowNumber,
  row_cumsum: rowCumulativeSum,
};
