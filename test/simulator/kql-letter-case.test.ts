import { BINARY_OPERATORS } from '../../simulator/kql/comparison';
import { KqlError, runQuery } from '../../simulator/kql/index';

const value = (expression: string): unknown => Object.values(runQuery(`print v = ${expression}`, {}).rows[0] ?? {})[0];

/** What an operator answers for texts that differ in letter case only. */
const BY_CASE: readonly (readonly [operator: string, answer: boolean])[] = [
  ['==', false],
  ['!=', true],
  ['=~', true],
  ['!~', false],
  ['matches regex', false],
  ...['has', 'hasprefix', 'hassuffix', 'contains', 'startswith', 'endswith'].flatMap((name) => [
    [name, true] as const,
    [`!${name}`, false] as const,
    [`${name}_cs`, false] as const,
    [`!${name}_cs`, true] as const,
  ]),
];
const WITHOUT_TEXT = ['<', '<=', '>', '>=', '+', '-', '*', '/', '%'];

describe('letter case', () => {
  test.each(BY_CASE)("'Abc' %s 'aBC' is %s", (operator, answer) => {
    expect(value(`'Abc' ${operator} 'aBC'`)).toBe(answer);
  });

  test('every operator has a case', () => {
    const covered = [...BY_CASE.map(([operator]) => operator), ...WITHOUT_TEXT];
    expect(new Set(covered)).toEqual(new Set(BINARY_OPERATORS.keys()));
  });

  test.each([
    ["'A' in ('a')", false],
    ["'A' !in ('a')", true],
    ["'A' in~ ('a')", true],
    ["'A' !in~ ('a')", false],
    ["'A b' has_any ('a', 'x')", true],
    ["'A b' has_all ('a', 'B')", true],
    ["indexof('abc', 'B')", -1],
    ["countof('aA', 'a')", 1],
    ["replace_string('aA', 'a', 'x')", 'xA'],
    ["replace_regex('aA', '(?i)a', 'x')", 'xx'],
    ["split('aXbxc', 'x')", ['aXb', 'c']],
    ["trim('x', 'XaX')", 'XaX'],
    ["extract('(B)', 1, 'abc')", ''],
    ["set_has_element(dynamic(['a']), 'A')", false],
    ["set_union(dynamic(['a']), dynamic(['A']))", ['a', 'A']],
    ["array_index_of(dynamic(['a']), 'A')", -1],
    ["array_sort_asc(dynamic(['b', 'A', 'a', 'B']))", ['A', 'B', 'a', 'b']],
    ["bag_has_key(dynamic({'a':1}), 'A')", false],
    ["dynamic({'a':1}).A", null],
    ["datetime_part('DAY', datetime(2026-01-02))", 2],
    ["hash_sha256('a') == hash_sha256('A')", false],
  ])('%s', (expression, answer) => {
    expect(value(expression)).toEqual(answer);
  });

  test.each([
    ['summarize dcount(s), count_distinct(s), make_set(s), min(s), max(s)', [[2, 2, ['a', 'A'], 'A', 'a']]],
    [
      'summarize count() by s',
      [
        ['a', 1],
        ['A', 1],
      ],
    ],
    ['distinct s', [['a'], ['A']]],
    ["join kind=inner (print s = 'A') on s", [['A', 'A']]],
    ["lookup kind=inner (print s = 'A', t = 'x') on s", [['A', 'x']]],
    ['sort by s asc', [['A'], ['a']]],
  ])('a | A: %s', (operators, answer) => {
    const { columns, rows } = runQuery(`datatable(s:string)['a', 'A'] | ${operators}`, {});
    expect(rows.map((row) => columns.map(({ name }) => row[name]))).toEqual(answer);
  });
});

describe('operators on dynamic values', () => {
  const D = `dynamic({'s':'a b','n':5,'t':true,'l':[1],'x':null})`;

  const CASES: readonly (readonly [operator: string, fits: string, answer: unknown, unfit: string | undefined])[] = [
    ['==', 'd.n == 5', true, "d.n == '5'"],
    ['!=', "d.s != 'x'", true, 'd.s != 5'],
    ['<', 'd.n < 6', true, "d.n < '6'"],
    ['<=', 'd.n <= 5', true, 'd.l <= 5'],
    ['>', 'd.n > 4', true, 'd.s > 4'],
    ['>=', 'd.n >= 6', false, 'd.t >= 1'],
    ['=~', "d.s =~ 'A B'", true, "d.l =~ '[1]'"],
    ['!~', "d.s !~ 'x'", true, "d.l !~ 'x'"],
    ['matches regex', "d.s matches regex '^a'", true, "d.l matches regex '1'"],
    ...['has', 'hasprefix', 'hassuffix', 'contains', 'startswith', 'endswith'].flatMap((name) =>
      ['', '_cs'].flatMap((end) => [
        [`${name}${end}`, `d.s ${name}${end} 'zz'`, false, `d.l ${name}${end} '1'`] as const,
        [`!${name}${end}`, `d.s !${name}${end} 'zz'`, true, `d.l !${name}${end} '1'`] as const,
      ]),
    ),
    ['+', 'd.n + 1', 6, 'd.s + 1'],
    ['-', 'd.n - 1', 4, 'd.l - 1'],
    ['*', 'd.n * 2', 10, 'd.t * 2'],
    ['/', 'd.n / 2', 2, 'd.s / 2'],
    ['%', 'd.n % 2', 1, 'd.s % 2'],
  ];
  const answer = (expression: string): unknown => runQuery(`print d = ${D} | project v = ${expression}`, {}).rows[0]?.v;

  test.each(CASES)('%s: %s', (_operator, fits, expected) => {
    expect(answer(fits)).toEqual(expected);
  });

  test.each(CASES)('%s of values that need a cast is refused', (_operator, _fits, _expected, unfit) => {
    expect(() => answer(unfit ?? '')).toThrow(KqlError);
  });

  test('every operator has a case', () => {
    expect(new Set(CASES.map(([operator]) => operator))).toEqual(new Set(BINARY_OPERATORS.keys()));
  });

  test.each([
    ['d.n in (4, 5)', true],
    ["d.s in~ ('A B')", true],
    ["d.s has_any ('B', 'x')", true],
    ["d.s has_all ('a', 'x')", false],
    ['d.n between (1 .. 5)', true],
    ['d.n !between (1 .. 5)', false],
    ['isnull(d.x)', true],
    ['d.x == 5', false],
    ['d.x > 5', null],
    ['isnull(d.y.z)', true],
    ["tostring(d.l) == '[1]'", true],
    ['d.l[0] == 1', true],
  ])('%s', (expression, expected) => {
    expect(answer(expression)).toBe(expected);
  });

  test.each(["d.n in ('5')", "d.l has_any ('1')", "d.n between ('1' .. '5')"])('%s is refused', (expression) => {
    expect(() => answer(expression)).toThrow(KqlError);
  });

  test.each([
    ['sort by d asc', 'KS116'],
    ["join kind=inner (datatable(d:dynamic)[dynamic('a')]) on d", 'join on dynamic'],
    ['summarize make_set(d)', 'make_set() of bags'],
  ])('%s is refused', (operators, message) => {
    expect(() => runQuery(`datatable(d:dynamic)[dynamic({'a':1})] | ${operators}`, {})).toThrow(message);
  });

  test('equal bags are one element of a set, whatever the order of their properties', () => {
    expect(value("set_union(dynamic([{'a':1,'b':2}]), dynamic([{'b':2,'a':1}]))")).toEqual([{ a: 1, b: 2 }]);
  });
});
