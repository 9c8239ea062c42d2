import { type Present, type ScalarFunction, arrayArgument, eager, numberArgument, strict } from './call';
import { KqlError } from './error';
import {
  type Bag,
  type KqlType,
  type Value,
  canonicalJson,
  compareValues,
  equalValues,
  groupKey,
  isBag,
  parseJson,
  textOf,
} from './values';

/** A dynamic value, also one that is a text, stays as it is. */
function parse([value = null]: Value[], [type]: KqlType[]): Value {
  if (type === 'dynamic') {
    return value;
  }
  return typeof value === 'string' && value !== '' ? (parseJson(value) ?? value) : value === '' ? null : value;
}

function pack(values: Value[]): Value {
  const bag: Bag = {};
  for (let index = 0; index < values.length; index += 2) {
    const key = values[index];
    if (typeof key !== 'string') {
      throw new KqlError('the keys of bag_pack() must be strings');
    }
    Object.defineProperty(bag, key, {
      value: values[index + 1] ?? null,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return bag;
}

/** Where an element of the same type and value is; elements of other types are different, not an error. */
function positionOf(array: Value, wanted: Value): number {
  if (wanted === null) {
    throw new KqlError('searching an array for null is not supported');
  }
  return arrayArgument(array).findIndex(
    (element) => element !== null && typeof element === typeof wanted && equalValues(element, wanted) === true,
  );
}

function arrayIndexOf([array = null, wanted = null, ...rest]: Value[]): Value {
  if (rest.length > 0) {
    throw new KqlError('array_index_of() with a range is not supported');
  }
  return array === null ? null : positionOf(array, wanted);
}

function joinArray([array, delimiter = '']: Present[]): Value {
  const texts = arrayArgument(array).map((element) => {
    if (element === null) {
      throw new KqlError('strcat_array() of a null element is not supported');
    }
    return textOf(element, 'dynamic');
  });
  return texts.join(textOf(delimiter, 'string'));
}

function presentArrays(values: readonly Value[]): Value[][] {
  return values.map((value) => {
    if (value === null) {
      throw new KqlError('null in the place of an array is not supported, use coalesce()');
    }
    return arrayArgument(value);
  });
}

/** The distinct elements of the first array for which `keep` holds, given whether each other array has the element. */
const setOf = (keep: (others: readonly boolean[]) => boolean): ScalarFunction =>
  eager((values) => {
    const [first = [], ...others] = presentArrays(values);
    const keys = others.map((other) => new Set(other.map((element) => groupKey([element]))));
    return distinct(first).filter((element) => keep(keys.map((set) => set.has(groupKey([element])))));
  });

export function distinct(values: readonly Value[]): Value[] {
  const byKey = new Map<string, Value>();
  for (const value of values) {
    const key = groupKey([value]);
    if (!byKey.has(key)) {
      byKey.set(key, value);
    }
  }
  return [...byKey.values()];
}

/** Both ends belong to the slice, and negative ones count from the end of the array. */
function slice([array, start, end]: Present[]): Value {
  const values = arrayArgument(array);
  const [from = 0, to = 0] = [start, end].map((index) => {
    const position = numberArgument(index);
    return position < 0 ? values.length + position : position;
  });
  return values.slice(Math.max(0, from), Math.max(0, to + 1));
}

const sortArray = (sign: 1 | -1): ScalarFunction =>
  strict(([array, nullsLast = true, ...rest]) => {
    if (typeof nullsLast !== 'boolean' || rest.length > 0) {
      throw new KqlError('sorting several arrays at once is not supported');
    }
    const values = arrayArgument(array);
    const present = values.filter((value) => value !== null);
    const nulls = values.filter((value) => value === null);
    const sorted = present.toSorted((left, right) => compareValues(left, right) * sign);
    return nullsLast ? [...sorted, ...nulls] : [...nulls, ...sorted];
  });

function truth(condition: Value): boolean | null {
  return typeof condition === 'number' ? condition !== 0 : typeof condition === 'boolean' ? condition : null;
}

/** Takes each element from the second or third argument, which are arrays or one value for all. */
function arrayIff([conditions = null, whenTrue = null, whenFalse = null]: Value[]): Value {
  const at = (source: Value, index: number): Value => (Array.isArray(source) ? (source[index] ?? null) : source);
  return conditions === null
    ? null
    : arrayArgument(conditions).map((condition, index) => {
        const holds = truth(condition);
        return holds === null ? null : at(holds ? whenTrue : whenFalse, index);
      });
}

/** All entries of all bags; of those with the same key the first. */
export function mergeBags(bags: readonly Bag[]): Bag {
  const merged = new Map<string, Value>();
  for (const [key, value] of bags.flatMap((bag) => Object.entries(bag))) {
    merged.set(key, merged.has(key) ? (merged.get(key) ?? null) : value);
  }
  return Object.fromEntries(merged);
}

function bagMerge(values: Value[]): Value {
  if (!values.every(isBag)) {
    throw new KqlError('bag_merge() of what is no bag is not supported, use coalesce()');
  }
  return mergeBags(values);
}

function removeKeys([bag, keys]: Present[]): Value {
  const names = arrayArgument(keys);
  if (!isBag(bag ?? null) || names.some((name) => typeof name !== 'string' || name.startsWith('$'))) {
    throw new KqlError('bag_remove_keys() takes a bag and an array of the names of its properties');
  }
  return Object.fromEntries(Object.entries(bag as Bag).filter(([key]) => !names.includes(key)));
}

function hasKey([bag = '', key]: Present[]): Value {
  const name = textOf(key ?? '', 'string');
  if (name.startsWith('$')) {
    throw new KqlError('bag_has_key() of a path is not supported');
  }
  return isBag(bag) ? Object.hasOwn(bag, name) : null;
}

/** Kusto leaves out what a longer array would have. */
const MAX_RANGE = 1_048_576;

const rangeOf = ([start, stop, step = 1]: Present[]): Value => {
  const [from, to, size] = [start, stop, step].map((value) => numberArgument(value));
  if (from === undefined || to === undefined || size === undefined || size <= 0) {
    throw new KqlError('range() with a step that is not above zero is not supported');
  }
  const count = Math.min(MAX_RANGE, Math.max(0, Math.floor((to - from) / size) + 1));
  return Array.from({ length: count }, (_, index) => from + index * size);
};

export const DYNAMIC_FUNCTIONS: Readonly<Record<string, ScalarFunction>> = {
  parse_json: eager(parse),
  todynamic: eager(parse),
  dynamic_to_json: strict(([value = '']) => canonicalJson(value)),
  bag_keys: strict(([value = '']) => (isBag(value) ? Object.keys(value) : null)),
  bag_has_key: strict(hasKey),
  bag_merge: eager(bagMerge),
  bag_remove_keys: strict(removeKeys),
  pack: eager(pack),
  bag_pack: eager(pack),
  pack_array: eager((values) => values),
  range: strict(rangeOf),
  array_length: strict(([value]) => (Array.isArray(value) ? value.length : null)),
  array_slice: strict(slice),
  array_concat: eager((values) => presentArrays(values).flat(1)),
  array_sort_asc: sortArray(1),
  array_sort_desc: sortArray(-1),
  array_iff: eager(arrayIff),
  array_iif: eager(arrayIff),
  array_index_of: eager(arrayIndexOf),
  strcat_array: strict(joinArray),
  set_has_element: eager(([array = null, wanted = null]) => (array === null ? null : positionOf(array, wanted) >= 0)),
  set_union: eager((values) => distinct(presentArrays(values).flat(1))),
  set_intersect: setOf((others) => others.every(Boolean)),
  set_difference: setOf((others) => !others.some(Boolean)),
};
