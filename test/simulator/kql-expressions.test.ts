import { KqlError, type KqlTable, runQuery } from '../../simulator/kql/index';
import { cells, ids, value } from './kql/things';

describe('what null does', () => {
  test.each([
    ['n > 1', ['B']],
    ['n <= 1', ['a']],
    ['n == 1', ['a']],
    ['n != 1', ['B', 'c']],
    ['on != true', ['B', 'c']],
    ['not(on)', ['B']],
    ['n == int(null)', []],
    ['n != int(null)', ['a', 'B']],
    ['n > 1 or isnull(n)', ['B', 'c']],
    ['n between (1 .. 2)', ['a', 'B']],
    ['n !between (2 .. 3)', ['a']],
    ['n in (1, 3)', ['a']],
    ['n !in (1, 3)', ['B', 'c']],
  ])('null-values: where %s', (condition, expected) => {
    expect(ids(condition)).toEqual(expected);
  });

  test.each([
    ['int(null) == int(null)', null],
    ['5 == int(null)', false],
    ['5 != int(null)', true],
    ['int(null) > 3', null],
    ['int(null) + 1', null],
    ['isnull(int(null))', true],
    ["isempty(' ')", false],
    ['isempty(int(null))', true],
    ['isnotempty(dynamic(null))', false],
    ['isnull(dynamic({"a":1}).b)', true],
    ['tostring(dynamic({"a":1}).b)', ''],
    ['tostring(int(null))', ''],
    ["iff(bool(null) and true, 'yes', 'no')", 'no'],
    ['bool(null) or true', true],
    ['coalesce(int(null), 5)', 5],
    ["coalesce('', 'b')", 'b'],
  ])('null-values, isnullfunction, isemptyfunction, logical-operators: %s', (expression, expected) => {
    expect(value(expression)).toEqual(expected);
  });

  test('null-values: a string column has the empty string where the row has nothing', () => {
    const tables = { t: { columns: { s: 'string', n: 'long' }, rows: [{}] } } satisfies Record<string, KqlTable>;
    expect(runQuery('t', tables).rows).toEqual([{ s: '', n: null }]);
  });

  test('logical-operators: null against false is refused where it shows', () => {
    expect(() => value('bool(null) and true')).toThrow(KqlError);
    expect(() => ids('not(on and true)')).toThrow("'and' or 'or' of a null");
  });
});

describe('text', () => {
  test.each([
    ["'A' == 'a'", false],
    ["'A' =~ 'a'", true],
    ["'A' !~ 'a'", false],
    ["'A' != 'a'", true],
    ["'A' in ('a', 'b')", false],
    ["'A' in~ ('a', 'b')", true],
    ["'A' !in~ ('a', 'b')", false],
    ["'A' !in ('a', 'b')", true],
    ["'a' in (dynamic(['x', 'a']))", true],
    ["'North America' has_cs 'america'", false],
    ["'North America' has 'amer'", false],
    ["'a-b_c' has 'b'", true],
    ["'x1 x' has 'x'", true],
    ["'a[b]' matches regex @'^a[[]b[]]$'", true],
    ["'a b' matches regex @'^a[\\s]b$' and 'a.b' matches regex @'^a\\.b$'", true],
    ["'a\\nb' matches regex 'a.b'", false],
    ["'a\\nb' matches regex '(?s)a.b'", true],
    ["'/subscriptions/x/y' has 'x/y'", true],
    ["'/subscriptions/x/yz' has 'x/y'", false],
    ["'abc' has_any ('x', 'ABC')", true],
    ["'abc def' has_all ('def', 'x')", false],
    ["'North' contains 'ORT'", true],
    ["'North' contains_cs 'ORT'", false],
    ["'North' !contains 'ort'", false],
    ["'North' startswith 'no'", true],
    ["'North' startswith_cs 'no'", false],
    ["'North' endswith 'TH'", true],
    ["'North' !endswith_cs 'TH'", true],
    ["'ab12' matches regex '^[a-z]+[0-9]{2}$'", true],
    ["'AB' matches regex '(?i)^ab$'", true],
    ["'AB' matches regex '^ab$'", false],
  ])('datatypes-string-operators: %s', (expression, expected) => {
    expect(value(expression)).toBe(expected);
  });

  test.each([
    ["extract('x=([0-9]+)', 1, 'x=42')", '42'],
    ["extract('x=([0-9]+)', 0, 'x=42')", 'x=42'],
    ["extract('x=([0-9]+)', 1, 'x=42', typeof(long))", 42],
    ["extract('x=([0-9]+)', 1, 'y')", ''],
    ["extract('x=([0-9]+)', 1, 'y', typeof(long))", null],
    ["extract('(?P<name>b+)', 1, 'abb')", 'bb'],
    ["tolower('ÄB')", 'äb'],
    ["toupper('ab')", 'AB'],
    ["strcat('a', 1, true, 1.5, 2.0)", 'a1true1.52.0'],
    ["strlen('a€😀')", 3],
    ["substring('abcdef', 1, 2)", 'bc'],
    ["substring('abc', 1)", 'bc'],
    ["substring('abcdef', -3, 2)", 'de'],
    ["split('a_b', '_')", ['a', 'b']],
    ["split('a_b', '_', 1)", ['b']],
    ["split('a.b', '.')[1]", 'b'],
    ["trim('--', '--https://x--')", 'https://x'],
    ["trim(@'[^\\w]+', '- Te st1// $')", 'Te st1'],
    ["replace_string('a.b.c', '.', '$')", 'a$b$c'],
    ["indexof('abcabc', 'abc', 1)", 3],
    ["indexof('abc', 'x')", -1],
    ["countof('aaa', 'aa')", 2],
    ["countof('aaa', 'aa', 'regex')", 1],
    ["strcat_array(dynamic([1, 'a', true]), '->')", '1->a->true'],
    ["@'a\\b'", 'a\\b'],
    ['"it\'s"', "it's"],
    ['```a\nb```', 'a\nb'],
    ["'a' 'b'", 'ab'],
    ["'tab\\t'", 'tab\t'],
  ])('scalarfunctions, string literals: %s', (expression, expected) => {
    expect(value(expression)).toEqual(expected);
  });
});

describe('numbers, times and casts', () => {
  test.each([
    ['1 / 2', 0],
    ['7 / 2', 3],
    ['1.0 / 2', 0.5],
    ['1 / 2.0', 0.5],
    ['14 % 12', 2],
    ['-14 % 12', 10],
    ['14 % -12', 2],
    ['-14 % -12', 10],
    ['0x1F + 1', 32],
    ['1e3', 1000],
    ['-(5)', -5],
    ['1 == 1.0', true],
    ['bin(-7, 5)', -10],
    ['bin(7, -5)', null],
    ['bin(1h, -1d)', null],
    ['max_of(int(null), int(null))', null],
    ['floor(10, 4)', 8],
    ['round(1.005, 2)', 1.01],
    ['round(-50.55, -2)', -100],
    ["toint('123')", 123],
    ["tolong('abc')", null],
    ["todouble('1.5')", 1.5],
    ['toint(1.9)', 1],
    ["tobool('TRUE')", true],
    ['tobool(0)', false],
    ['tostring(123)', '123'],
    ['tostring(2.0)', '2.0'],
    ['tostring(dynamic({"a":[1,"b"]}))', '{"a":[1,"b"]}'],
    ["todatetime('')", null],
    ["todatetime('2026-01-02')", '2026-01-02T00:00:00Z'],
    ["todatetime('2026-01-02T03:04:05+02:00')", '2026-01-02T01:04:05Z'],
    ["totimespan('0.00:01:00')", '00:01:00'],
  ])('numerical-operators, binfunction, round, casts: %s', (expression, expected) => {
    expect(value(expression)).toEqual(expected);
  });

  test.each([
    ['datetime(2026-01-02) - datetime(2026-01-01 12:00)', '12:00:00'],
    ['datetime(2026-01-01) - datetime(2026-01-03 00:00:00.5)', '-2.00:00:00.5000000'],
    ['datetime(2026-01-01) + 1d', '2026-01-02T00:00:00Z'],
    ['datetime(2026-01-01) - 1ms', '2025-12-31T23:59:59.999Z'],
    ['datetime(2026-01-01 10:00:01.1234567)', '2026-01-01T10:00:01.1234567Z'],
    ['1d / 1h', 24],
    ['2h > 90m', true],
    ['1d - 90m', '22:30:00'],
    ['1s + datetime(2026-01-01)', '2026-01-01T00:00:01Z'],
    ['abs(-1h)', '01:00:00'],
    ["totimespan('x')", null],
    ["todatetime('never')", null],
    ["todatetime('2026-02-28') == datetime(2026-02-28)", true],
    ['2 * 5m', '00:10:00'],
    ['1h / 2', '00:30:00'],
    ['-5m', '-00:05:00'],
    ['timespan(1.02:03:04)', '1.02:03:04'],
    ['now()', '2026-11-24T10:00:00Z'],
    ['now(-1d)', '2026-11-23T10:00:00Z'],
    ['ago(1h)', '2026-11-24T09:00:00Z'],
    ['startofday(now(), -1)', '2026-11-23T00:00:00Z'],
    ['bin(now(), 1d)', '2026-11-24T00:00:00Z'],
    ['bin(datetime(1970-05-11 13:45:07), 1h)', '1970-05-11T13:00:00Z'],
    ['bin(16d, 7d)', '14.00:00:00'],
    ["datetime_add('month', 1, datetime(2026-01-31 05:00))", '2026-02-28T05:00:00Z'],
    ["datetime_add('day', -1, datetime(2026-01-01))", '2025-12-31T00:00:00Z'],
    ["datetime_add('microsecond', 1, datetime(2026-01-01))", '2026-01-01T00:00:00.000001Z'],
    ["datetime_diff('microsecond', datetime(2026-01-01 00:00:00.0000011), datetime(2026-01-01))", 1],
    ["datetime_diff('nanosecond', datetime(2026-01-01), datetime(2026-01-01 00:00:00.0000007))", -700],
    ["format_datetime(datetime(2026-01-29 09:00:05.123), 'yy-MM-dd [HH:mm:ss.fff]')", '26-01-29 [09:00:05.123]'],
    ["format_datetime(datetime(2026-01-29 15:00:05), 'yyyy/M/d h:mm tt')", '2026/1/29 3:00 PM'],
    ['tostring(datetime(2026-01-01))', '2026-01-01T00:00:00.0000000Z'],
    ['tostring(1d)', '1.00:00:00'],
  ])('datetime-timespan-arithmetic, datetime-difffunction, format-datetimefunction: %s', (expression, expected) => {
    expect(value(expression)).toEqual(expected);
  });

  test.each(["todatetime('2026-01-01 00:00:75')", "todatetime('2026-01')", "totimespan('25:00:00')"])(
    'a text that is no time is refused: %s',
    (expression) => {
      expect(() => value(expression)).toThrow('is not supported');
    },
  );

  test('between-operator: the upper end may be a timespan', () => {
    expect(ids('at between (datetime(2026-11-20) .. 1d)')).toEqual(['a']);
  });

  test('the-datetime-data-type: all seven digits of a second come back', () => {
    expect(cells("things | where id == 'B' | project at, took")).toEqual([
      ['2026-11-21T12:00:00.1234567Z', '1.00:00:00'],
    ]);
  });
});

describe('dynamic values', () => {
  test.each([
    ["props.k == 'X'", ['a']],
    ["props.K == 'X'", []],
    ["props['k'] =~ 'x'", ['a', 'B']],
    ["props.k != 'X'", ['B', 'c']],
    ["tostring(props.k) in ('x', 'y')", ['B']],
    ['props.v > 5', ['B']],
    ['props.v == 7', ['B']],
    ['props.l[0] == 1', ['a']],
    ['props.l[-1] == 2', ['a']],
    ['isnull(props.l[2])', ['a', 'B', 'c']],
    ['isnotnull(props.l.k)', []],
    ['array_length(props.l) == 2', ['a']],
  ])('the-dynamic-data-type: where %s', (condition, expected) => {
    expect(ids(condition)).toEqual(expected);
  });

  test.each([
    ['parse_json(\'{"a":[1,{"b":2}]}\').a[1].b', 2],
    ["todynamic('no json')", 'no json'],
    ['parse_json(dynamic({"b":"{}"}).b)', '{}'],
    ['array_slice(dynamic([1,2,3]), -9, 0)', [1]],
    ['array_slice(dynamic([1,2,3]), 0, -9)', []],
    ['array_length(range(1, 2000000))', 1048576],
    ["bag_keys(dynamic({'a':1,'b':{}}))", ['a', 'b']],
    ["bag_pack('a', 1, 'b', dynamic([true]))", { a: 1, b: [true] }],
    ["pack_array(1, 'x', now())", [1, 'x', '2026-11-24T10:00:00Z']],
    ["set_has_element(dynamic(['a', 1]), 'a')", true],
    ["set_has_element(dynamic(['a', 1]), 'A')", false],
    ["array_index_of(dynamic(['a', 'b']), 'b')", 1],
    ["array_index_of(dynamic(['a', 'b']), 'c')", -1],
    ["dynamic_to_json(dynamic({'b':1,'a':[2]}))", '{"a":[2],"b":1}'],
    ['dynamic({"t":5m,\'n\':-2.5,"z":null})', { t: '00:05:00', n: -2.5, z: null }],
  ])('scalarfunctions on dynamic values: %s', (expression, expected) => {
    expect(value(expression)).toEqual(expected);
  });

  test.each(["column_ifexists('props', id)", "column_ifexists('id', dynamic(1))", "column_ifexists('n', id)"])(
    'column-ifexists-function: a dynamic column or one of another type is refused: %s',
    (expression) => {
      expect(() => cells(`things | project ${expression}`)).toThrow('dynamic column');
    },
  );

  test.each(["props.v == '7'", "props.l == 'x'", "props.missing == ''", 'props.k > 5'])(
    'the-dynamic-data-type: a comparison that needs a cast is refused: %s',
    (condition) => {
      expect(() => ids(condition)).toThrow(KqlError);
    },
  );
});
