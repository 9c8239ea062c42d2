import { type Call, type ScalarFunction, allArguments, eager, indexes, strict } from './call';
import { CAST_FUNCTIONS } from './casts';
import { DYNAMIC_FUNCTIONS } from './dynamics';
import { KqlError } from './error';
import { NUMBER_FUNCTIONS } from './numbers';
import { TEXT_FUNCTIONS } from './text';
import { TIME_FUNCTIONS } from './times';
import { type Row, type Value, categoryOf, categoryOfValue, nullOf } from './values';

function when(call: Call): (row: Row) => Value {
  const branches = indexes(call)
    .filter((index) => index % 2 === 0 && index + 1 < call.count)
    .map((index) => ({ condition: call.predicate(index), result: call.argument(index + 1) }));
  const otherwise = call.argument(call.count - 1);
  return (row) => {
    const branch = branches.find(({ condition }) => condition.get(row) === true);
    return (branch?.result ?? otherwise).get(row);
  };
}

function coalesce(call: Call): (row: Row) => Value {
  const parts = allArguments(call);
  return (row) => {
    for (const { get } of parts) {
      const value = get(row);
      if (value !== null && value !== '') {
        return value;
      }
    }
    return nullOf(call.type);
  };
}

const isEmpty = (value: Value): boolean => value === null || value === '';

/**
 * The value of a column whose name the query gives as a text, or else the other argument. The documentation has the
 * other argument for a dynamic column too, and the analyser takes the type from it in any case.
 */
function columnIfExists(call: Call): (row: Row) => Value {
  const [name, otherwise] = [call.argument(0).get({}), call.argument(1)];
  if (typeof name !== 'string') {
    throw new KqlError('the name of a column expected');
  }
  return (row) => {
    if (!Object.hasOwn(row, name)) {
      return otherwise.get(row);
    }
    const value = row[name] ?? null;
    if (call.type === 'dynamic' || (value !== null && categoryOfValue(value) !== categoryOf(call.type))) {
      throw new KqlError('column_ifexists() of a dynamic column or of one of another type is not supported');
    }
    return value;
  };
}

/** The scalar functions by name; a function is added by adding its entry to the table of its subject. */
export const SCALAR_FUNCTIONS: Readonly<Record<string, ScalarFunction>> = {
  ...CAST_FUNCTIONS,
  ...TEXT_FUNCTIONS,
  ...NUMBER_FUNCTIONS,
  ...TIME_FUNCTIONS,
  ...DYNAMIC_FUNCTIONS,
  isnull: eager(([value = null]) => value === null),
  isnotnull: eager(([value = null]) => value !== null),
  isempty: eager(([value = null]) => isEmpty(value)),
  isnotempty: eager(([value = null]) => !isEmpty(value)),
  not: strict(([value]) => value !== true),
  iff: when,
  iif: when,
  case: when,
  coalesce,
  column_ifexists: columnIfExists,
};
