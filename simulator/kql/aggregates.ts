import { distinct, mergeBags } from './dynamics';
import { KqlError } from './error';
import type { Call, Compiled } from './call';
import {
  KqlTimespan,
  type KqlType,
  type Row,
  type Value,
  categoryOfValue,
  isBag,
  checkedNumber,
  compareValues,
  groupKey,
  nullOf,
} from './values';
import type { Column } from './grammar';

/** One call of an aggregate; `columns` has the result columns of a function that returns several. */
interface AggregateCall extends Call {
  readonly columns: readonly Column[];
  /** Whether the argument at an index is `*`. */
  isStar(index: number): boolean;
}

/** Computes one value per result column from the rows of a group. */
export type Aggregate = (rows: readonly Row[]) => Value[];
type AggregateFunction = (call: AggregateCall) => Aggregate;
type Present = Exclude<Value, null>;

const presentValues = (rows: readonly Row[], { get }: Compiled): Present[] =>
  rows.map(get).filter((value) => value !== null);

/** An aggregate over the values of its first argument that are not null. */
const overValues =
  (aggregate: (values: Present[], call: AggregateCall, rows: readonly Row[]) => Value): AggregateFunction =>
  (call) => {
    const argument = call.argument(0);
    return (rows) => [aggregate(presentValues(rows, argument), call, rows)];
  };

/** The same aggregate over the rows for which a condition, the second argument, holds. */
const onlyIf =
  (aggregate: AggregateFunction): AggregateFunction =>
  (call) => {
    const condition = call.predicate(1);
    const argument = (index: number): Compiled => call.argument(index > 0 ? index + 1 : index);
    const inner = aggregate({ ...call, count: call.count - 1, argument });
    return (rows) => inner(rows.filter((row) => condition.get(row) === true));
  };

function addUp(values: Present[], type: KqlType): Value {
  if (values.every((value) => typeof value === 'number')) {
    return checkedNumber(
      values.reduce((sum, value) => sum + value, 0),
      type !== 'real' && values.every(Number.isInteger),
    );
  }
  if (values.every((value) => value instanceof KqlTimespan)) {
    return new KqlTimespan(values.reduce((sum, { ticks }) => sum + ticks, 0n));
  }
  throw new KqlError('sum() of these values is not supported');
}

/** Sums nothing to zero; what Kusto answers for a group of nulls only is not documented. */
const sum = overValues((values, { type }, rows) => {
  if (values.length > 0) {
    return addUp(values, type);
  }
  if (rows.length > 0) {
    throw new KqlError('sum() over nothing but nulls is not supported');
  }
  return type === 'timespan' ? new KqlTimespan(0n) : 0;
});

/** Kusto answers NaN for the average of nothing, which JSON cannot carry. */
const avg = overValues((values, { type }) => {
  if (values.length === 0) {
    throw new KqlError('avg() over no values is NaN, which is not supported');
  }
  const total = addUp(values, 'real');
  return total instanceof KqlTimespan
    ? new KqlTimespan(total.ticks / BigInt(values.length))
    : checkedNumber(Number(total) / values.length, type !== 'real');
});

const countDistinct = overValues((values) => new Set(values.map((value) => groupKey([value]))).size);
const count: AggregateFunction = (call) => {
  if (call.count > 0) {
    throw new KqlError('count() with an argument is not supported');
  }
  return (rows) => [rows.length];
};

const extreme = (sign: 1 | -1): AggregateFunction =>
  overValues((values, { type }) => {
    const [first, ...others] = values;
    return first === undefined
      ? nullOf(type)
      : others.reduce((best, value) => (compareValues(value, best) * sign > 0 ? value : best), first);
  });

function limitOf(call: AggregateCall): number {
  const limit = call.count > 1 ? call.argument(1).get({}) : Infinity;
  if (typeof limit !== 'number') {
    throw new KqlError('the size of a set or list must be a number');
  }
  return limit;
}

const makeList = overValues((values, call) => values.slice(0, limitOf(call)));
/** Of arrays, their elements are the members of the set. */
const makeSet = overValues((values, call) => {
  const members = values.flatMap((value) => (Array.isArray(value) ? value : [value]));
  if (members.some((value) => value === null || categoryOfValue(value) === 'dynamic')) {
    throw new KqlError('make_set() of bags or of what is no scalar in an array is not supported');
  }
  return distinct(members).slice(0, limitOf(call));
});

/** Merges the bags among the values and skips the rest; for none, the documentation has an array, which is no bag. */
const makeBag = overValues((values, call) => {
  if (call.count > 1) {
    throw new KqlError('make_bag() with a maximum is not supported');
  }
  const bags = values.filter(isBag);
  if (bags.length === 0) {
    throw new KqlError('make_bag() over no bags is not supported');
  }
  return mergeBags(bags);
});

/**
 * The value that so many percent of the values do not exceed. Kusto estimates it for large groups, where the answer
 * can be a neighbour of this one.
 */
function percentileOf(sorted: readonly Present[], percent: Value): Value {
  if (typeof percent !== 'number' || percent < 0 || percent > 100) {
    throw new KqlError('a percentile from 0 to 100 expected');
  }
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? null;
}

const percentiles: AggregateFunction = (call) => {
  const argument = call.argument(0);
  const percents = [...Array(call.count).keys()].slice(1).map((index) => call.argument(index).get({}));
  return (rows) => {
    const sorted = presentValues(rows, argument).sort(compareValues);
    return percents.map((percent) => percentileOf(sorted, percent));
  };
};

/** What the columns of the call hold for a row: all columns for `*`, the arguments otherwise. */
function returnedColumns(call: AggregateCall, first: number): Compiled[] {
  if (call.isStar(first)) {
    return call.columns.slice(first).map(({ name, type }) => ({ type, get: (row) => row[name] ?? null }));
  }
  return [...Array(call.count).keys()].slice(first).map((index) => call.argument(index));
}

const nulls = (columns: readonly Column[]): Value[] => columns.map(({ type }) => nullOf(type));

/** Takes the row with the extreme value; the first one among equals and when there are nulls only. */
const argExtreme =
  (sign: 1 | -1): AggregateFunction =>
  (call) => {
    const measure = call.argument(0);
    const returned = returnedColumns(call, 1);
    return (rows) => {
      let best: { row: Row; value: Value } | undefined;
      for (const row of rows) {
        const value = measure.get(row);
        if (!best || isBeyond(value, best.value, sign)) {
          best = { row, value };
        }
      }
      const row = best?.row;
      return row ? [measure, ...returned].map(({ get }) => get(row)) : nulls(call.columns);
    };
  };

function isBeyond(value: Value, best: Value, sign: 1 | -1): boolean {
  if (value === null) {
    return false;
  }
  return best === null || compareValues(value, best) * sign > 0;
}

/** Any row will do, so it is the first one, or for a single value the first one that has it. */
const takeAny: AggregateFunction = (call) => {
  const columns = returnedColumns(call, 0);
  const [only, ...others] = columns;
  if (only && others.length === 0) {
    return (rows) => [presentValues(rows, only).find((value) => value !== '') ?? nullOf(only.type)];
  }
  return ([row]) => (row ? columns.map(({ get }) => get(row)) : nulls(call.columns));
};

/** The aggregates by name; an aggregate is added by adding its entry. */
export const AGGREGATES: Readonly<Record<string, AggregateFunction>> = {
  count,
  countif: (call) => {
    const condition = call.predicate(0);
    return (rows) => [rows.filter((row) => condition.get(row) === true).length];
  },
  // The accuracy that may follow makes no difference, as the count is exact.
  dcount: countDistinct,
  dcountif: onlyIf(countDistinct),
  count_distinct: countDistinct,
  count_distinctif: onlyIf(countDistinct),
  sum,
  sumif: onlyIf(sum),
  avg,
  avgif: onlyIf(avg),
  min: extreme(-1),
  minif: onlyIf(extreme(-1)),
  max: extreme(1),
  maxif: onlyIf(extreme(1)),
  percentile: percentiles,
  percentiles,
  arg_max: argExtreme(1),
  arg_min: argExtreme(-1),
  make_list: makeList,
  make_list_if: onlyIf(makeList),
  make_set: makeSet,
  make_set_if: onlyIf(makeSet),
  make_bag: makeBag,
  make_bag_if: onlyIf(makeBag),
  any: takeAny,
  take_any: takeAny,
  take_anyif: onlyIf(takeAny),
};
