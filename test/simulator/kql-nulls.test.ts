import { AGGREGATES } from '../../simulator/kql/aggregates';
import { SCALAR_FUNCTIONS } from '../../simulator/kql/functions';
import { KqlError, runQuery } from '../../simulator/kql/index';
import { WINDOW_FUNCTIONS } from '../../simulator/kql/windows';

/** The documentation leaves the answer open or contradicts itself, so the interpreter refuses. */
const REFUSED = Symbol('refused');

const NOW = new Date('2026-11-24T10:00:00Z');

/** The cells of the answer in their order. */
function answerOf(query: string): unknown {
  try {
    const { columns, rows } = runQuery(query, {}, { now: NOW });
    return rows.flatMap((row) => columns.map(({ name }) => row[name]));
  } catch (error) {
    if (error instanceof KqlError) {
      return REFUSED;
    }
    throw error;
  }
}

const TEXT = 'tostring(dynamic(null))';
const TIME_FUNCTIONS = [
  ...['getyear', 'getmonth', 'monthofyear', 'week_of_year', 'dayofyear', 'dayofmonth', 'hourofday', 'dayofweek'],
  ...['startofday', 'startofweek', 'startofmonth', 'startofyear', 'endofday', 'endofweek', 'endofmonth', 'endofyear'],
];

/** Each function with an argument that is absent: null, or the empty text where it takes a text. */
const SCALARS: readonly (readonly [name: string, expression: string, value: unknown])[] = [
  ['tostring', 'tostring(long(null))', ''],
  ['toint', 'toint(dynamic(null))', null],
  ['tolong', 'tolong(dynamic(null))', null],
  ['todouble', 'todouble(dynamic(null))', null],
  ['toreal', 'toreal(dynamic(null))', null],
  ['tobool', 'tobool(dynamic(null))', null],
  ['todatetime', 'todatetime(dynamic(null))', null],
  ['totimespan', 'totimespan(dynamic(null))', null],
  ['gettype', 'gettype(dynamic(null))', 'null'],
  ['tolower', 'tolower(dynamic(null))', ''],
  ['toupper', 'toupper(dynamic(null))', ''],
  ['strlen', 'strlen(dynamic(null))', 0],
  ['strcat', "strcat('a', long(null), 'b')", 'ab'],
  ['strcat_delim', "strcat_delim('-', 'a', long(null))", 'a-'],
  ['substring', `substring(${TEXT}, 1)`, ''],
  ['split', `split(${TEXT}, '-')`, ['']],
  ['trim', `trim('-', ${TEXT})`, ''],
  ['trim_start', `trim_start('-', ${TEXT})`, ''],
  ['trim_end', `trim_end('-', ${TEXT})`, ''],
  ['replace_string', `replace_string(${TEXT}, 'a', 'b')`, ''],
  ['replace_regex', `replace_regex(${TEXT}, 'a', 'b')`, ''],
  ['extract', `extract('(a)', 1, ${TEXT})`, ''],
  ['extract_all', `extract_all('(a)', ${TEXT})`, null],
  ['indexof', `indexof(${TEXT}, 'a')`, -1],
  ['countof', `countof(${TEXT}, 'a')`, 0],
  ['url_encode', `url_encode(${TEXT})`, ''],
  ['hash_sha256', `hash_sha256(${TEXT})`, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['bin', 'bin(long(null), 5)', null],
  ['bin_at', 'bin_at(long(null), 5, 1)', null],
  ['floor', 'floor(long(null), 5)', null],
  ['ceiling', 'ceiling(real(null))', null],
  ['abs', 'abs(long(null))', null],
  ['round', 'round(real(null))', null],
  ['min_of', 'min_of(1, long(null))', 1],
  ['max_of', 'max_of(long(null), 1)', 1],
  ['now', 'now(timespan(null))', null],
  ['ago', 'ago(timespan(null))', null],
  ['datetime_diff', "datetime_diff('day', now(), datetime(null))", null],
  ['datetime_add', "datetime_add('day', 1, datetime(null))", null],
  ['datetime_part', "datetime_part('day', datetime(null))", null],
  ...TIME_FUNCTIONS.map((name) => [name, `${name}(datetime(null))`, null] as const),
  ['make_datetime', 'make_datetime(2026, 1, toint(dynamic(null)))', null],
  ['format_datetime', "format_datetime(datetime(null), 'yyyy')", ''],
  ['format_timespan', "format_timespan(timespan(null), 'd')", ''],
  ['parse_json', 'parse_json(dynamic(null))', null],
  ['todynamic', 'todynamic(dynamic(null))', null],
  ['dynamic_to_json', 'dynamic_to_json(dynamic(null))', ''],
  ['bag_keys', 'bag_keys(dynamic(null))', null],
  ['bag_has_key', "bag_has_key(dynamic(null), 'a')", null],
  ['bag_merge', "bag_merge(dynamic({'a':1}), dynamic(null))", REFUSED],
  ['bag_remove_keys', "bag_remove_keys(dynamic(null), dynamic(['a']))", null],
  ['pack', "pack('a', long(null))", { a: null }],
  ['bag_pack', "bag_pack('a', long(null))", { a: null }],
  ['pack_array', 'pack_array(1, long(null))', [1, null]],
  ['range', 'range(1, long(null), 1)', null],
  ['array_length', 'array_length(dynamic(null))', null],
  ['array_slice', 'array_slice(dynamic(null), 0, 1)', null],
  ['array_concat', 'array_concat(dynamic([1]), dynamic(null))', REFUSED],
  ['array_sort_asc', 'array_sort_asc(dynamic(null))', null],
  ['array_sort_desc', 'array_sort_desc(dynamic(null))', null],
  ['array_iff', 'array_iff(dynamic(null), 1, 2)', null],
  ['array_iif', 'array_iif(dynamic(null), 1, 2)', null],
  ['array_index_of', "array_index_of(dynamic(null), 'a')", null],
  ['strcat_array', "strcat_array(dynamic(null), '-')", ''],
  ['set_has_element', "set_has_element(dynamic(null), 'a')", null],
  ['set_union', 'set_union(dynamic([1]), dynamic(null))', REFUSED],
  ['set_intersect', 'set_intersect(dynamic([1]), dynamic(null))', REFUSED],
  ['set_difference', 'set_difference(dynamic([1]), dynamic(null))', REFUSED],
  ['isnull', 'isnull(long(null))', true],
  ['isnotnull', 'isnotnull(long(null))', false],
  ['isempty', 'isempty(long(null))', true],
  ['isnotempty', 'isnotempty(long(null))', false],
  ['not', 'not(bool(null))', null],
  ['iff', "iff(bool(null), 'yes', 'no')", 'no'],
  ['iif', "iif(bool(null), 'yes', 'no')", 'no'],
  ['case', "case(bool(null), 'a', 'b')", 'b'],
  ['coalesce', 'coalesce(long(null), long(null))', null],
  ['column_ifexists', "column_ifexists('x', long(null))", null],
];

describe('scalar functions of null', () => {
  test.each(SCALARS)('%s: %s', (_name, expression, value) => {
    expect(answerOf(`print v = ${expression}`)).toEqual(value === REFUSED ? REFUSED : [value]);
  });

  test('every function has a case', () => {
    expect(new Set(SCALARS.map(([name]) => name))).toEqual(new Set(Object.keys(SCALAR_FUNCTIONS)));
  });
});

interface Summary {
  readonly call: string;
  /** The answer over no rows, and over two rows with nothing but nulls. */
  readonly empty: unknown;
  readonly nulls: unknown;
}

const same = (call: string, value: unknown): Summary => ({ call, empty: value, nulls: value });

/** https://learn.microsoft.com/kusto/query/summarize-operator#default-values-of-aggregations */
const SUMMARIES: Readonly<Record<string, Summary>> = {
  count: { call: 'count()', empty: [0], nulls: [2] },
  countif: same('countif(n > 1)', [0]),
  dcount: same('dcount(n)', [0]),
  dcountif: same('dcountif(n, true)', [0]),
  count_distinct: same('count_distinct(n)', [0]),
  count_distinctif: same('count_distinctif(n, true)', [0]),
  sum: { call: 'sum(n)', empty: [0], nulls: REFUSED },
  sumif: { call: 'sumif(n, true)', empty: [0], nulls: REFUSED },
  avg: same('avg(n)', REFUSED),
  avgif: same('avgif(n, true)', REFUSED),
  min: same('min(n)', [null]),
  minif: same('minif(n, true)', [null]),
  max: same('max(n)', [null]),
  maxif: same('maxif(n, true)', [null]),
  percentile: same('percentile(n, 50)', [null]),
  percentiles: same('percentiles(n, 5, 50)', [null, null]),
  arg_max: { call: 'arg_max(n, s)', empty: [null, ''], nulls: [null, 'x'] },
  arg_min: { call: 'arg_min(n, s)', empty: [null, ''], nulls: [null, 'x'] },
  make_list: same('make_list(n)', [[]]),
  make_list_if: same('make_list_if(n, true)', [[]]),
  make_set: same('make_set(n)', [[]]),
  make_set_if: same('make_set_if(n, true)', [[]]),
  make_bag: same('make_bag(d)', REFUSED),
  make_bag_if: same('make_bag_if(d, true)', REFUSED),
  any: same('any(n)', [null]),
  take_any: same('take_any(n)', [null]),
  take_anyif: same('take_anyif(n, true)', [null]),
};
const SOURCE = 'datatable(n:long, s:string, d:dynamic)';
const NULL_ROWS = `${SOURCE}[long(null), 'x', dynamic(null), long(null), 'y', dynamic(null)]`;

describe('aggregates over nothing', () => {
  const cases = Object.values(SUMMARIES);

  test.each(cases)('summarize $call over no rows gives one row', ({ call, empty }) => {
    expect(answerOf(`${SOURCE}[] | summarize ${call}`)).toEqual(empty);
  });

  test.each(cases)('summarize $call by over no rows gives none', ({ call }) => {
    expect(answerOf(`${SOURCE}[] | summarize ${call} by s`)).toEqual([]);
  });

  test.each(cases)('summarize $call over nulls', ({ call, nulls }) => {
    expect(answerOf(`${NULL_ROWS} | summarize ${call}`)).toEqual(nulls);
  });

  test('every aggregate has a case', () => {
    expect(new Set(Object.keys(SUMMARIES))).toEqual(new Set(Object.keys(AGGREGATES)));
  });
});

describe('functions over neighbouring rows, of null', () => {
  const WINDOWS: Readonly<Record<string, readonly [expression: string, answer: unknown]>> = {
    prev: ['prev(n)', [null, null, 1]],
    next: ['next(n)', [1, null, null]],
    row_number: ['row_number()', [1, 2, 3]],
    row_cumsum: ['row_cumsum(n)', REFUSED],
  };

  test.each(Object.values(WINDOWS))('%s', (expression, answer) => {
    const query = `datatable(n:long)[long(null), 1, long(null)] | serialize v = ${expression} | project v`;
    expect(answerOf(query)).toEqual(answer);
  });

  test('every such function has a case', () => {
    expect(new Set(Object.keys(WINDOWS))).toEqual(new Set(Object.keys(WINDOW_FUNCTIONS)));
  });
});

describe('operators of null', () => {
  test.each([
    ['where', 'datatable(n:long)[long(null), 5] | where n > 3', [5]],
    ['extend', 'datatable(n:long)[long(null)] | extend m = n + 1', [null, null]],
    ['project', 'datatable(n:long, s:string)[long(null), ""] | project s, n', ['', null]],
    ['distinct', 'datatable(n:long)[long(null), long(null)] | distinct n', [null]],
    ['summarize by', 'datatable(n:long)[long(null), long(null), 1] | summarize count() by n', [null, 2, 1, 1]],
    ['sort', 'datatable(n:long)[long(null), 1, 2] | sort by n', [2, 1, null]],
    ['sort asc', 'datatable(n:long)[long(null), 1, 2] | sort by n asc', [null, 1, 2]],
    ['top', 'datatable(n:long)[long(null), 1, 2] | top 2 by n asc', [null, 1]],
    ['mv-expand', 'datatable(d:dynamic)[dynamic(null), dynamic([1])] | mv-expand d', [null, 1]],
    ['mv-expand of nothing', 'datatable(d:dynamic)[dynamic([])] | mv-expand d', []],
    ['mv-apply', 'datatable(d:dynamic)[dynamic(null), dynamic([1])] | mv-apply d on (where isnotnull(d))', [1]],
    [
      'mv-apply of nothing',
      'datatable(d:dynamic)[dynamic([])] | mv-apply e=d to typeof(long) on (summarize sum(e))',
      REFUSED,
    ],
    [
      'make-series',
      'datatable(n:long)[long(null), 1] | make-series count() on n from 0 to 2 step 1',
      [
        [0, 1],
        [0, 1],
      ],
    ],
    ['make-series over nothing', 'datatable(n:long)[] | make-series count() on n from 0 to 2 step 1', []],
    [
      'make-series over the nulls of the axis',
      'datatable(n:long)[long(null)] | make-series count() on n from 0 to 2 step 1',
      [],
    ],
    ['join', 'print n = long(null) | join kind=inner (print n = 1) on n', []],
    ['join of nulls', 'print n = long(null) | join kind=inner (print n = long(null)) on n', REFUSED],
    ['lookup', 'print n = long(null) | lookup (print n = 1, s = "a") on n', [null, '']],
    ['union', 'print a = 1 | union (print b = "x")', [1, '', null, 'x']],
    ['parse', 'print s = "" | parse s with "a" n:long *', ['', null]],
    ['parse-where', 'print s = "" | parse-where s with "a" n:long *', []],
    ['let with a scalar', 'let n = long(null); print isnull(n)', [true]],
    ['toscalar of nothing', 'print v = toscalar(datatable(n:long)[])', [null]],
    ['toscalar of no text', 'print v = toscalar(datatable(s:string)[])', ['']],
    ['a user function', 'let f = (x:long) { coalesce(x, 7) }; print f(long(null))', [7]],
  ])('%s: %s', (_name, query, answer) => {
    expect(answerOf(query)).toEqual(answer);
  });
});
