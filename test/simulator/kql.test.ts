import { KqlError, type KqlTable, runQuery } from '../../simulator/kql/index';

const NOW = new Date('2026-11-24T10:00:00Z');
const THINGS: KqlTable = {
  columns: {
    id: 'string',
    n: 'int',
    size: 'long',
    share: 'real',
    on: 'bool',
    at: 'datetime',
    took: 'timespan',
    props: 'dynamic',
  },
  rows: [
    {
      id: 'a',
      n: 1,
      size: 10,
      share: 0.5,
      on: true,
      at: '2026-11-20T00:00:00Z',
      took: '00:05:00',
      props: { k: 'X', l: [1, 2] },
    },
    {
      id: 'B',
      n: 2,
      size: 20,
      share: 1.5,
      on: false,
      at: '2026-11-21T12:00:00.1234567Z',
      took: '1.00:00:00',
      props: { k: 'x', v: 7 },
    },
    { id: 'c', n: null, size: null, share: null, on: null, at: null, took: null, props: null },
  ],
};
const OTHERS: KqlTable = {
  columns: { id: 'string', n: 'int', note: 'string' },
  rows: [
    { id: 'a', n: 10, note: 'first' },
    { id: 'a', n: 11, note: 'second' },
    { id: 'z', n: 12, note: 'third' },
  ],
};
const TABLES = { things: THINGS, Others: OTHERS };

const run = (query: string) => runQuery(query, TABLES, { now: NOW });
/** The rows as arrays, in the order of the columns. */
const cells = (query: string): unknown[][] => {
  const { columns, rows } = run(query);
  return rows.map((row) => columns.map(({ name }) => row[name]));
};
/** The one cell of a query. */
const value = (expression: string): unknown => cells(`print v = ${expression}`)[0]?.[0];
const ids = (condition: string): unknown[] => cells(`things | where ${condition} | project id`).flat();

describe('the query of the security assessments', () => {
  const CLUSTER = '/subscriptions/S/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/AKS-1';
  const KEY = '56A83A6E-c417-42ec-b567-1e6fcb3d09a9';
  const tables: Record<string, KqlTable> = {
    securityresources: {
      columns: { id: 'string', name: 'string', type: 'string', properties: 'dynamic' },
      rows: [
        {
          id: `${CLUSTER}/providers/Microsoft.Security/assessments/${KEY}`,
          name: KEY,
          type: 'microsoft.security/assessments',
          properties: { status: { code: 'Unhealthy', cause: 'x', statusChangeDate: '2026-11-01T02:03:04.1234567Z' } },
        },
        { id: `/subscriptions/S/providers/${KEY}`, name: KEY, type: 'Microsoft.Security/assessments', properties: {} },
        { id: `${CLUSTER}/x/other`, name: 'other', type: 'microsoft.security/assessments', properties: {} },
      ],
    },
  };
  const QUERY = `
    SecurityResources
    | where type =~ 'microsoft.security/assessments'
    | where name in~ ('56a83a6e-c417-42ec-b567-1e6fcb3d09a9','08e628db-e2ed-4793-bc91-d13e684401c3')
    | extend clusterId = tolower(extract('(?i)^(.*/managedclusters/[^/]+)/', 1, id))
    | where isnotempty(clusterId)
    | project id, clusterId, key = tolower(name), code = tostring(properties.status.code), cause = tostring(properties.status.cause), description = tostring(properties.status.description), changedAt = todatetime(properties.status.statusChangeDate)
    | order by id asc`;

  test('finds the cluster in the id and reads the status', () => {
    expect(runQuery(QUERY, tables)).toEqual({
      columns: [
        { name: 'id', type: 'string' },
        { name: 'clusterId', type: 'string' },
        { name: 'key', type: 'string' },
        { name: 'code', type: 'string' },
        { name: 'cause', type: 'string' },
        { name: 'description', type: 'string' },
        { name: 'changedAt', type: 'datetime' },
      ],
      rows: [
        {
          id: `${CLUSTER}/providers/Microsoft.Security/assessments/${KEY}`,
          clusterId: CLUSTER.toLowerCase(),
          key: KEY.toLowerCase(),
          code: 'Unhealthy',
          cause: 'x',
          description: '',
          changedAt: '2026-11-01T02:03:04.1234567Z',
        },
      ],
    });
  });
});

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
    ["isnull('')", false],
    ["isempty('')", true],
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
    ["'North America' has 'america'", true],
    ["'North America' has_cs 'america'", false],
    ["'North America' has 'amer'", false],
    ["'North America' !has 'amer'", true],
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
    ["split('a_b', '_')", ['a', 'b']],
    ["split('a_b', '_', 1)", ['b']],
    ["split('', '_')", ['']],
    ["split('a.b', '.')[1]", 'b'],
    ["trim('--', '--https://x--')", 'https://x'],
    ["trim(@'[^\\w]+', '- Te st1// $')", 'Te st1'],
    ["replace_string('a.b.c', '.', '$')", 'a$b$c'],
    ["indexof('abcdefg', 'cde')", 2],
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
    ['bin(4.5, 1.0)', 4],
    ['bin(-7, 5)', -10],
    ['floor(10, 4)', 8],
    ['abs(-5)', 5],
    ['round(2.98765, 3)', 2.988],
    ['round(1.005, 2)', 1.01],
    ['min_of(10, 1, -3, 17)', -3],
    ['max_of(10, 1, -3, 17)', 17],
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
    ["datetime_diff('year', datetime(2017-01-01), datetime(2000-12-31))", 17],
    ["datetime_diff('quarter', datetime(2017-07-01), datetime(2017-03-30))", 2],
    ["datetime_diff('month', datetime(2017-01-01), datetime(2015-12-30))", 13],
    ["datetime_diff('week', datetime(2017-10-29 00:00), datetime(2017-09-30 23:59))", 5],
    ["datetime_diff('day', datetime(2017-10-29 00:00), datetime(2017-09-30 23:59))", 29],
    ["datetime_diff('hour', datetime(2017-10-31 01:00), datetime(2017-10-30 23:59))", 2],
    ["datetime_diff('second', datetime(2017-10-30 23:00:10.100), datetime(2017-10-30 23:00:00.900))", 10],
    ["datetime_add('month', 1, datetime(2026-01-31 05:00))", '2026-02-28T05:00:00Z'],
    ["datetime_add('day', -1, datetime(2026-01-01))", '2025-12-31T00:00:00Z'],
    ["format_datetime(datetime(2026-01-29 09:00:05.123), 'yy-MM-dd [HH:mm:ss.fff]')", '26-01-29 [09:00:05.123]'],
    ["format_datetime(datetime(2026-01-29 15:00:05), 'yyyy/M/d h:mm tt')", '2026/1/29 3:00 PM'],
    ['tostring(datetime(2026-01-01))', '2026-01-01T00:00:00.0000000Z'],
    ['tostring(1d)', '1.00:00:00'],
  ])('datetime-timespan-arithmetic, datetime-difffunction, format-datetimefunction: %s', (expression, expected) => {
    expect(value(expression)).toEqual(expected);
  });

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
    ["bag_keys(dynamic({'a':1,'b':{}}))", ['a', 'b']],
    ["bag_pack('a', 1, 'b', dynamic([true]))", { a: 1, b: [true] }],
    ["pack_array(1, 'x', now())", [1, 'x', '2026-11-24T10:00:00Z']],
    ["set_has_element(dynamic(['a', 1]), 'a')", true],
    ["set_has_element(dynamic(['a', 1]), 'A')", false],
    ["array_index_of(dynamic(['a', 'b']), 'b')", 1],
    ["array_index_of(dynamic(['a', 'b']), 'c')", -1],
    ["dynamic_to_json(dynamic({'b':1,'a':[2]}))", '{"a":[2],"b":1}'],
    ['dynamic({"t":5m,\'n\':-2.5,"z":null})', { t: '00:05:00', n: -2.5, z: null }],
    ["array_length(parse_json('{}'))", null],
  ])('scalarfunctions on dynamic values: %s', (expression, expected) => {
    expect(value(expression)).toEqual(expected);
  });

  test.each(["props.v == '7'", "props.l == 'x'", "props.missing == ''", 'props.k > 5'])(
    'the-dynamic-data-type: a comparison that needs a cast is refused: %s',
    (condition) => {
      expect(() => ids(condition)).toThrow(KqlError);
    },
  );
});

describe('columns', () => {
  test.each([
    ['project n, x = id, upper = toupper(id), props.k, n + 1', ['n', 'x', 'upper', 'props_k', 'Column1']],
    ['project-away n, s*, on, at, took, props', ['id']],
    ['project-keep id, n', ['id', 'n']],
    ['project id, n | project-rename key = id', ['key', 'n']],
    ['project id, n | extend id = toupper(id), m = n, toupper(id)', ['id', 'n', 'm', 'Column1']],
    ['count', ['Count']],
    [
      'summarize count(), dcount(id), countif(on), max(at), make_set(id), most = max(n) by bin(at, 1d), tostring(props.k)',
      ['at', 'props_k', 'count_', 'dcount_id', 'countif_on', 'max_at', 'set_id', 'most'],
    ],
    ['summarize arg_max(at, *) by id', ['id', 'at', 'n', 'size', 'share', 'on', 'took', 'props']],
    [
      'join kind=inner Others on id | project-away props',
      ['id', 'n', 'size', 'share', 'on', 'at', 'took', 'id1', 'n1', 'note'],
    ],
  ])('project-operator, extend-operator, summarize-operator, join-operator: the names of %s', (operators, expected) => {
    expect(run(`things | ${operators}`).columns.map(({ name }) => name)).toEqual(expected);
  });

  test('extend-operator: every expression sees the row as it came in', () => {
    expect(cells('print a = 1, b = 2 | extend a = b, b = a | project a, b')).toEqual([[2, 1]]);
  });

  test('project-rename-operator and print-operator', () => {
    expect(cells('print 1, b = 2 | project-rename c = print_0')).toEqual([[1, 2]]);
  });
});

describe('order', () => {
  test.each([
    ['order by n', ['B', 'a', 'c']],
    ['sort by n desc nulls first', ['c', 'B', 'a']],
    ['order by n asc', ['c', 'a', 'B']],
    ['order by n asc nulls last', ['a', 'B', 'c']],
    ['order by id asc', ['B', 'a', 'c']],
    ['order by isnull(n) asc, n desc', ['B', 'a', 'c']],
    ['top 1 by n', ['B']],
    ['top 2 by n asc', ['c', 'a']],
    ['take 1', ['a']],
    ['limit 0', []],
  ])('sort-operator, top-operator, take-operator: %s', (operators, expected) => {
    expect(cells(`things | ${operators} | project id`).flat()).toEqual(expected);
  });

  test('sort-operator: equal rows keep their order', () => {
    const query = "datatable(k:int, v:string)[1,'a', 0,'b', 1,'c', 0,'d'] | order by k asc";
    expect(cells(query).map(([, name]) => name)).toEqual(['b', 'd', 'a', 'c']);
  });
});

describe('summarize', () => {
  test.each([
    ['count()', [0]],
    ['countif(n > 1), dcount(id), sum(n)', [0, 0, 0]],
    ['make_set(id), make_list(n)', [[], []]],
    ['max(n), min(at), take_any(id)', [null, null, '']],
    ['arg_max(at, id, n)', [null, '', null]],
  ])('summarize-operator, default values over no rows: %s', (aggregates, expected) => {
    expect(cells(`things | where false | summarize ${aggregates}`)).toEqual([expected]);
  });

  test('summarize-operator: no rows with by, no groups', () => {
    expect(cells('things | where false | summarize count() by id')).toEqual([]);
  });

  test.each([
    ['summarize count(), countif(n > 1), dcount(on), dcountif(id, n > 0)', [[3, 1, 2, 2]]],
    ['summarize sum(n), avg(n), min(share), max(took), sumif(size, on)', [[3, 1.5, 0.5, '1.00:00:00', 10]]],
    ['summarize sum(took), avg(took), avg(share), avgif(n, on)', [['1.00:05:00', '12:02:30', 1, 1]]],
    [
      'summarize make_list(n), make_set(isnull(n))',
      [
        [
          [1, 2],
          [false, true],
        ],
      ],
    ],
    ['summarize make_list(id, 2)', [[['a', 'B']]]],
    ['summarize share = round(100.0 * countif(on) / count(), 1)', [[33.3]]],
    ['summarize arg_max(n, id), arg_min(n, id)', [[2, 'B', 1, 'a']]],
    ['summarize any(id), take_any(n, id)', [['a', 1, 'a']]],
    ['summarize by isnull(n)', [[false], [true]]],
    [
      'summarize count() by on',
      [
        [true, 1],
        [false, 1],
        [null, 1],
      ],
    ],
    [
      'where isnotnull(at) | summarize count() by bin(at, 1d)',
      [
        ['2026-11-20T00:00:00Z', 1],
        ['2026-11-21T00:00:00Z', 1],
      ],
    ],
    ['distinct isnull(n)', [[false], [true]]],
  ])('summarize-operator, null-values: %s', (operators, expected) => {
    expect(cells(`things | ${operators}`)).toEqual(expected);
  });

  test('dcount-aggfunction: the count is exact and tells letter case apart', () => {
    expect(cells("datatable(s:string)['a','A','a',''] | summarize dcount(s)")).toEqual([[3]]);
  });

  test('make-set-aggregation-function: each value once', () => {
    expect(cells('datatable(n:int)[2,1,2,3] | summarize make_set(n)')).toEqual([[[2, 1, 3]]]);
  });

  test('arg-max-aggregation-function: ties go to one row, nulls only if there is nothing else', () => {
    const fruits = `datatable(Fruit:string, Color:string, Version:int)[
      'Apple','Red',1, 'Apple','Green',int(null), 'Banana','Yellow',int(null), 'Banana','Green',int(null),
      'Pear','Brown',2, 'Pear','Green',2]`;
    expect(cells(`${fruits} | summarize arg_max(Version, *) by Fruit`)).toEqual([
      ['Apple', 1, 'Red'],
      ['Banana', null, 'Yellow'],
      ['Pear', 2, 'Brown'],
    ]);
  });

  test.each(['avg(n)', 'min(n), avg(share)'])('an average of nothing is refused: %s', (aggregates) => {
    expect(() => cells(`things | where false | summarize ${aggregates}`)).toThrow('avg() over no values');
  });
});

describe('several tables', () => {
  test.each([
    [
      'innerunique',
      [
        ['a', 10],
        ['a', 11],
      ],
    ],
    [
      'inner',
      [
        ['a', 10],
        ['a', 10],
        ['a', 11],
        ['a', 11],
      ],
    ],
  ])('join-innerunique, join-inner: kind=%s', (kind, expected) => {
    const query = `let left = datatable(id:string, k:int)['a',1,'a',2,'b',3]; left | join kind=${kind} Others on id | project id, n | order by n asc`;
    expect(cells(query)).toEqual(expected);
  });

  test('join-operator: innerunique is the default', () => {
    expect(cells("datatable(id:string)['a','a'] | join Others on id | count")).toEqual([[2]]);
  });

  test('join-leftouter: what is missing on the right is null, or empty for a string', () => {
    expect(
      cells(
        'things | project id | join kind=leftouter (Others | where n < 11) on $left.id == $right.id | order by id asc',
      ),
    ).toEqual([
      ['B', '', null, ''],
      ['a', 'a', 10, 'first'],
      ['c', '', null, ''],
    ]);
  });

  test.each([
    ['leftanti', ['B', 'c']],
    ['leftsemi', ['a']],
  ])('join-%s', (kind, expected) => {
    expect(cells(`things | join kind=${kind} Others on id | project id`).flat()).toEqual(expected);
  });

  test('join-operator: several keys', () => {
    expect(
      cells('Others | join kind=inner (Others | project id, m = n) on id, $left.n == $right.m | project note'),
    ).toEqual([['first'], ['second'], ['third']]);
  });

  test('union-operator: columns of all tables, one of another type gets the type in its name', () => {
    const { columns, rows } = run("union (print a = 1), (print a = 'x', b = true)");
    expect(columns).toEqual([
      { name: 'a_long', type: 'long' },
      { name: 'a_string', type: 'string' },
      { name: 'b', type: 'bool' },
    ]);
    expect(rows).toEqual([
      { a_long: 1, a_string: '', b: null },
      { a_long: null, a_string: 'x', b: true },
    ]);
  });

  test('union-operator: after a pipe, and a missing table when it may be missing', () => {
    expect(cells('Others | union (Others | where n > 11) | count')).toEqual([[4]]);
    expect(cells('union isfuzzy=true Others, Missing | count')).toEqual([[3]]);
  });

  test('let-statement: values and tables, also in subqueries', () => {
    expect(
      cells(
        'let since = ago(4d); let wanted = Others | where n > 10; things | where at > since or id in (wanted | project id) | project id',
      ),
    ).toEqual([['a'], ['B']]);
    expect(cells('let most = toscalar(Others | summarize max(n)); Others | where n == most | project note')).toEqual([
      ['third'],
    ]);
  });

  test('materialize-function: the table it names', () => {
    expect(cells('let few = materialize(Others | take 2); few | union few | count')).toEqual([[4]]);
  });

  test('in-cs-operator: a subquery gives its first column', () => {
    expect(ids('id in (Others)')).toEqual(['a']);
  });
});

describe('mv-expand', () => {
  const rows =
    "datatable(a:int, b:dynamic)[1, dynamic([10, 20]), 2, dynamic(null), 3, dynamic([]), 4, dynamic({'p':1,'q':2})]";
  test.each([
    [
      'mv-expand b',
      [
        [1, 10],
        [1, 20],
        [2, null],
        [4, { p: 1 }],
        [4, { q: 2 }],
      ],
    ],
    [
      'mv-expand kind=array b',
      [
        [1, 10],
        [1, 20],
        [2, null],
        [4, ['p', 1]],
        [4, ['q', 2]],
      ],
    ],
    [
      'mv-expand b limit 1',
      [
        [1, 10],
        [2, null],
        [4, { p: 1 }],
      ],
    ],
    [
      'mv-expand b to typeof(long)',
      [
        [1, 10],
        [1, 20],
        [2, null],
        [4, null],
        [4, null],
      ],
    ],
    [
      'where a == 1 | mv-expand x = b | project a, x',
      [
        [1, 10],
        [1, 20],
      ],
    ],
    [
      'where a == 4 | mv-expand with_itemindex=i b | project i, b',
      [
        [0, { p: 1 }],
        [1, { q: 2 }],
      ],
    ],
    [
      'where a == 1 | extend c = dynamic([5]) | mv-expand b, c | project b, c',
      [
        [10, 5],
        [20, null],
      ],
    ],
    ['where a == 4 | mv-expand b.p | project b_p', [[1]]],
  ])('mv-expand-operator: %s', (operators, expected) => {
    expect(cells(`${rows} | ${operators}`)).toEqual(expected);
  });
});

describe('what is refused', () => {
  test.each([
    ['things | where Missing == 1', 'KS142'],
    ['OTHERS | take 1', 'KS204'],
    ['things | parse kind=regex id with *', "parameter 'kind'"],
    ['things | where id == 5', 'comparing string with long'],
    ['things | extend h = hash(id)', "function 'hash' is not supported here (at position 20)"],
    ['things | where false | extend h = hash(id)', "function 'hash'"],
    ['things | summarize stdev(n)', "function 'stdev'"],
    [
      'let f = (x:int) { toscalar(Others | where n == x | count) }; things | project f(n)',
      "the value of 'x' depends on a row",
    ],
    ['things | extend row_number()', 'sort or serialize'],
    ['things | make-series count() on at step 1d', 'make-series without from'],
    ['union *', 'wildcard'],
    ['print 1 / 0', 'division by zero'],
    ["print 'a' matches regex '(?=a)'", 'regular expression'],
    ["print 'a' matches regex @'\\Aa'", 'regular expression'],
    ["print 'a' matches regex @'(a)\\1'", 'regular expression'],
    ["print 'a' matches regex '['", 'regular expression'],
    ['print bool(null) == true and true | where print_0 has 1', 'KS'],
    ['things | project x = on and true', "'and' or 'or' of a null"],
    ['things | order by n asc | take n', 'a number of rows expected'],
    ['print dynamic({"a":1}) + dynamic(2)', 'two dynamic values'],
    ["print substring('abc', -1)", 'position of -1'],
    ["print split('a', '')", 'empty delimiter'],
    ["print datetime_add('nanosecond', 1, now())", "the period 'nanosecond'"],
    ['set notruncation; things', 'exactly one tabular expression'],
    ['union withsource=source things, Others', "parameter 'withsource'"],
    ['datatable(a:int, b:int)[1]', 'KS'],
    ['things | summarize make_set(props)', 'make_set() of arrays'],
    ['things | where isnull(n) | summarize sum(n)', 'nothing but nulls'],
    ["print todatetime('Jan 5 2026')", 'reading'],
    ['print 9007199254740993', 'exactly'],
    ['print 9007199254740991 + 1', 'exactly'],
    ['print real(nan)', 'literal'],
    ["print a = 'x' | where a has ''", 'empty text'],
    ['things | where false | evaluate bag_unpack(props)', "operator 'evaluate'"],
  ])('%s', (query, message) => {
    expect(() => run(query)).toThrow(KqlError);
    expect(() => run(query)).toThrow(message);
  });

  test('a cell that does not fit its column', () => {
    const tables: Record<string, KqlTable> = { t: { columns: { n: 'int' }, rows: [{ n: 'x' }] } };
    expect(() => runQuery('t', tables)).toThrow("column 'n' of type int");
  });
});
