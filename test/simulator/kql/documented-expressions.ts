import { type DocumentedCase, functionCases, inWords, valueOf } from './case';

const conditions: DocumentedCase[] = [
  ...functionCases('isnull', [
    ['isnull("")', false],
    ['isnull("x")', false],
    ['isnull(parse_json(""))', true],
    ['isnull(parse_json("[]"))', false],
    ['isnull(parse_json("{}"))', false],
  ]),
  ...functionCases('isempty', [
    ['isempty("")', true],
    ['isempty("x")', false],
    ['isempty(parse_json(""))', true],
    ['isempty(parse_json("[]"))', false],
    ['isempty(parse_json("{}"))', false],
  ]),
  ...inWords(
    ...functionCases('isnotnull', [['isnotnull(parse_json(""))', false]]),
    ...functionCases('isnotempty', [
      ['isnotempty("")', false],
      ['isnotempty("x")', true],
    ]),
    ...functionCases('not', [['not(false)', true]]),
    valueOf(
      'iif()',
      'iff-function',
      'iif("Tornado" in ("Heavy Rain", "Flood"), "Rain event", "Not rain event")',
      'Not rain event',
    ),
  ),
  {
    of: 'iff()',
    page: 'iff-function',
    query: `datatable(State: string, EventId: int, EventType: string)["ATLANTIC SOUTH",61032,"Waterspout",
      "FLORIDA",60904,"Heavy Rain", "FLORIDA",60913,"Tornado"]
      | extend Rain = iff((EventType in ("Heavy Rain", "Flash Flood", "Flood")), "Rain event", "Not rain event")`,
    rows: [
      ['ATLANTIC SOUTH', 61032, 'Waterspout', 'Not rain event'],
      ['FLORIDA', 60904, 'Heavy Rain', 'Rain event'],
      ['FLORIDA', 60913, 'Tornado', 'Not rain event'],
    ],
  },
  {
    of: 'case()',
    page: 'case-function',
    query: 'range Size from 1 to 15 step 2 | extend bucket = case(Size <= 3, "Small", Size <= 10, "Medium", "Large")',
    rows: [
      [1, 'Small'],
      [3, 'Small'],
      [5, 'Medium'],
      [7, 'Medium'],
      [9, 'Medium'],
      [11, 'Large'],
      [13, 'Large'],
      [15, 'Large'],
    ],
  },
  ...functionCases('coalesce', [['coalesce(tolong("not a number"), tolong("42"), 33)', 42]]),
  {
    of: 'column_ifexists()',
    page: 'column-ifexists-function',
    query: `datatable(State: string)["ATLANTIC SOUTH", "FLORIDA"] | project column_ifexists("Capital", State)`,
    rows: [['ATLANTIC SOUTH'], ['FLORIDA']],
  },
];

const NUMBERS = 'datatable (a:long) [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] | where a%2==0';
const SESSIONS =
  "datatable(session_type: string)['Keynote', 'Expo Session', 'Breakout', 'Expo Session', 'Expo Session'] | serialize";

const windows: DocumentedCase[] = [
  ...inWords({
    of: 'row_number()',
    page: 'row-number-function',
    query: 'range a from 1 to 3 step 1 | sort by a desc | extend rn=row_number(), seven=row_number(7)',
    rows: [
      [3, 1, 7],
      [2, 2, 8],
      [1, 3, 9],
    ],
  }),
  {
    of: 'row_number()',
    page: 'row-number-function',
    query: `datatable (Airport:string, Airline:string, Departures:long)
      ["TLV", "LH", 1, "TLV", "LY", 100, "SEA", "LH", 1, "SEA", "BA", 2, "SEA", "LY", 0]
      | sort by Airport asc, Departures desc | extend Rank=row_number(1, prev(Airport) != Airport)`,
    rows: [
      ['SEA', 'BA', 2, 1],
      ['SEA', 'LH', 1, 2],
      ['SEA', 'LY', 0, 3],
      ['TLV', 'LY', 100, 1],
      ['TLV', 'LH', 1, 2],
    ],
  },
  {
    of: 'row_cumsum()',
    page: 'row-cumsum-function',
    query: `${NUMBERS} | serialize cs=row_cumsum(a)`,
    rows: [
      [2, 2],
      [4, 6],
      [6, 12],
      [8, 20],
      [10, 30],
    ],
  },
  {
    of: 'row_cumsum()',
    page: 'row-cumsum-function',
    query: `datatable (name:string, month:int, salary:long)
      ["Alice", 1, 1000, "Bob", 1, 1000, "Alice", 2, 2000, "Bob", 2, 1950, "Alice", 3, 1400, "Bob", 3, 1450]
      | order by name asc, month asc | extend total=row_cumsum(salary, name != prev(name))`,
    rows: [
      ['Alice', 1, 1000, 1000],
      ['Alice', 2, 2000, 3000],
      ['Alice', 3, 1400, 4400],
      ['Bob', 1, 1000, 1000],
      ['Bob', 2, 1950, 2950],
      ['Bob', 3, 1450, 4400],
    ],
  },
  {
    of: 'prev()',
    page: 'prev-function',
    query: `${SESSIONS} previous_session_type = prev(session_type)`,
    rows: [
      ['Keynote', ''],
      ['Expo Session', 'Keynote'],
      ['Breakout', 'Expo Session'],
      ['Expo Session', 'Breakout'],
      ['Expo Session', 'Expo Session'],
    ],
  },
  {
    of: 'next()',
    page: 'next-function',
    query: `${SESSIONS} next_session_type = next(session_type) | take 4`,
    rows: [
      ['Keynote', 'Expo Session'],
      ['Expo Session', 'Breakout'],
      ['Breakout', 'Expo Session'],
      ['Expo Session', 'Expo Session'],
    ],
  },
];

const STRINGS = 'datatypes-string-operators';

const texts: DocumentedCase[] = (
  [
    ['==', '"aBc" == "aBc"'],
    ['!=', '"abc" != "ABC"'],
    ['=~', '"abc" =~ "ABC"'],
    ['!~', '"aBc" !~ "xyz"'],
    ['contains', '"FabriKam" contains "BRik"'],
    ['!contains', '"Fabrikam" !contains "xyz"'],
    ['contains_cs', '"FabriKam" contains_cs "Kam"'],
    ['!contains_cs', '"Fabrikam" !contains_cs "Kam"'],
    ['endswith', '"Fabrikam" endswith "Kam"'],
    ['!endswith', '"Fabrikam" !endswith "brik"'],
    ['endswith_cs', '"Fabrikam" endswith_cs "kam"'],
    ['!endswith_cs', '"Fabrikam" !endswith_cs "brik"'],
    ['has', '"North America" has "america"'],
    ['!has', '"North America" !has "amer"'],
    ['has_cs', '"North America" has_cs "America"'],
    ['!has_cs', '"North America" !has_cs "amer"'],
    ['HasAllExpression', '"North and South America" has_all("south", "north")'],
    ['HasAnyExpression', '"North America" has_any("south", "north")'],
    ['hasprefix', '"North America" hasprefix "ame"'],
    ['!hasprefix', '"North America" !hasprefix "mer"'],
    ['hasprefix_cs', '"North America" hasprefix_cs "Ame"'],
    ['!hasprefix_cs', '"North America" !hasprefix_cs "CA"'],
    ['hassuffix', '"North America" hassuffix "ica"'],
    ['!hassuffix', '"North America" !hassuffix "americ"'],
    ['hassuffix_cs', '"North America" hassuffix_cs "ica"'],
    ['!hassuffix_cs', '"North America" !hassuffix_cs "icA"'],
    ['InExpression', '"abc" in ("123", "345", "abc")'],
    ['NotInExpression', '"bca" !in ("123", "345", "abc")'],
    ['InCsExpression', '"Abc" in~ ("123", "345", "abc")'],
    ['NotInCsExpression', '"bCa" !in~ ("123", "345", "ABC")'],
    ['matches regex', '"Fabrikam" matches regex "b.*k"'],
    ['startswith', '"Fabrikam" startswith "fab"'],
    ['!startswith', '"Fabrikam" !startswith "kam"'],
    ['startswith_cs', '"Fabrikam" startswith_cs "Fab"'],
    ['!startswith_cs', '"Fabrikam" !startswith_cs "fab"'],
  ] as const
).map(([of, expression]) => valueOf(of, STRINGS, expression, true));

const NUMERICAL = 'numerical-operators';

const arithmetic: DocumentedCase[] = [
  ...(
    [
      ['/', '1.0 / 2', 0.5],
      ['/', '1 / 2.0', 0.5],
      ['/', '1 / 2', 0],
      ['/', 'real(1) / 2', 0.5],
      ['%', '14 % 12', 2],
      ['%', '-14 % 12', 10],
      ['%', '14 % -12', 2],
      ['%', '-14 % -12', 10],
    ] as const
  ).map(([of, expression, value]) => valueOf(of, NUMERICAL, expression, value)),
  ...inWords(
    ...(
      [
        ['+', '3.14 + 3.14', 6.28],
        ['*', '1s * 5', '00:00:05'],
        ['*', '2 * 2', 4],
        ['<', '1 < 10', true],
        ['<', '10sec < 1h', true],
        ['<', 'now() < datetime(2100-01-01)', true],
        ['>', '0.23 > 0.22', true],
        ['>', '10min > 1sec', true],
        ['>', 'now() > ago(1d)', true],
        ['==', '1 == 1', true],
        ['!=', '1 != 0', true],
        ['<=', '4 <= 5', true],
        ['>=', '5 >= 4', true],
      ] as const
    ).map(([of, expression, value]) => valueOf(of, NUMERICAL, expression, value)),
    valueOf('-', 'datetime-timespan-arithmetic', 'datetime(1997-06-25) - datetime(1910-06-11)', '31791.00:00:00'),
  ),
  valueOf('/', 'datetime-timespan-arithmetic', '1d / 5h', 4.8),
  valueOf('/', 'datetime-timespan-arithmetic', '1h / 1s', 3600),
  ...['+', '*'].map((of) => ({
    of,
    page: 'scalar-data-types/null-values',
    query: 'datatable(val:int)[5, int(null)] | extend Add = val + 10 | extend Multiply = val * 10',
    rows: [
      [5, 15, 50],
      [null, null, null],
    ],
  })),
  {
    of: 'OrExpression',
    page: 'scalar-data-types/null-values',
    query: `datatable(val:int)[5, int(null)] | extend IsBiggerThan3 = val > 3 | extend IsBiggerThan3OrNull = val > 3 or isnull(val)`,
    rows: [
      [5, true, true],
      [null, null, true],
    ],
  },
  valueOf('AndExpression', 'logical-operators', 'iff(bool(null) and true, true, false)', false),
  {
    of: 'BetweenExpression',
    page: 'between-operator',
    query: 'range x from 1 to 100 step 1 | where x between (50 .. 55)',
    rows: [[50], [51], [52], [53], [54], [55]],
  },
  {
    of: 'NotBetweenExpression',
    page: 'not-between-operator',
    query: 'range x from 1 to 10 step 1 | where x !between (5 .. 9)',
    rows: [[1], [2], [3], [4], [10]],
  },
];

const DYNAMIC = 'scalar-data-types/dynamic';

const literals: DocumentedCase[] = [
  valueOf('CompoundStringLiteralExpression', 'scalar-data-types/string', `strlen("Hello"', '@"world!")`, 13),
  ...inWords(
    valueOf('BooleanLiteralExpression', 'scalar-data-types/bool', 'bool(true)', true),
    valueOf('IntLiteralExpression', 'scalar-data-types/int', 'int(2)', 2),
    valueOf('LongLiteralExpression', 'scalar-data-types/long', 'long(0xf) == long(15)', true),
    valueOf('RealLiteralExpression', 'scalar-data-types/real', 'real(0.01)', 0.01),
    valueOf(
      'DateTimeLiteralExpression',
      'scalar-data-types/datetime',
      'datetime(2015-12-31 23:59:59.9)',
      '2015-12-31T23:59:59.9Z',
    ),
    valueOf('TimespanLiteralExpression', 'scalar-data-types/timespan', 'time(0.12:34:56.7) == 0d+12h+34m+56.7s', true),
    valueOf('TimespanLiteralExpression', 'scalar-data-types/timespan', '1.5h', '01:30:00'),
    valueOf('TimespanLiteralExpression', 'scalar-data-types/timespan', '24 * 60 * time(00:01:00) / time(1s)', 86400),
    valueOf(
      'GuidLiteralExpression',
      'scalar-data-types/guid',
      'guid(74be27de-1e4e-49d9-b579-fe0b331d3642)',
      '74be27de-1e4e-49d9-b579-fe0b331d3642',
    ),
    valueOf(
      'StringLiteralExpression',
      'scalar-data-types/string',
      "'This is a string literal in single quotes'",
      'This is a string literal in single quotes',
    ),
    valueOf('NullLiteralExpression', 'scalar-data-types/null-values', 'isnull(dynamic(null))', true),
    {
      of: 'DynamicExpression',
      page: DYNAMIC,
      query: 'print o=dynamic({"a":123, "b":"hello", "c":[1,2,3], "d":{}}) | project o.a, o.b, o.c, o.d',
      rows: [[123, 'hello', [1, 2, 3], {}]],
    },
    valueOf('JsonObjectExpression', DYNAMIC, 'dynamic({"a": datetime(1970-05-11)})', { a: '1970-05-11T00:00:00Z' }),
    valueOf('JsonArrayExpression', DYNAMIC, 'dynamic([1, 2])', [1, 2]),
    valueOf('ElementExpression', DYNAMIC, 'dynamic([100,101,102])[-1]', 102),
  ),
];

const syntax: DocumentedCase[] = [
  valueOf('ElementExpression', DYNAMIC, "toint(parse_json('[100,101,102]')[1])", 101),
  valueOf(
    'ElementExpression',
    DYNAMIC,
    `todatetime(parse_json('{"a1":100, "a b c":"2015-01-01"}')["a b c"])`,
    '2015-01-01T00:00:00Z',
  ),
  {
    of: 'PathExpression',
    page: 'pack-function',
    query: `datatable (Source: int, Destination: int, Message: string)[1234,100,"Hi", 4567,200,"Hello", 1212,300,"Hey"]
      | extend MyBag=bag_pack("Dest", Destination, "Text", Message) | project-away Source, Destination, Message
      | extend MyBag_Dest=MyBag.Dest, MyBag_Text=MyBag.Text`,
    rows: [
      [{ Dest: 100, Text: 'Hi' }, 100, 'Hi'],
      [{ Dest: 200, Text: 'Hello' }, 200, 'Hello'],
      [{ Dest: 300, Text: 'Hey' }, 300, 'Hey'],
    ],
  },
  {
    of: 'NameReference',
    page: 'let-statement',
    query: "let ['some number'] = 20; range y from 0 to ['some number'] step 5",
    rows: [[0], [5], [10], [15], [20]],
  },
  valueOf('UnaryMinusExpression', 'abs-function', 'abs(-5)', 5),
  ...inWords(
    valueOf('UnaryPlusExpression', NUMERICAL, '+5', 5),
    valueOf('ParenthesizedExpression', NUMERICAL, '(1 + 2) * 3', 9),
  ),
  valueOf('FunctionCallExpression', 'abs-function', 'abs(-5)', 5),
  {
    of: 'SimpleNamedExpression',
    page: 'print-operator',
    query: 'print banner=strcat("Hello", ", ", "World!")',
    rows: [['Hello, World!']],
  },
  {
    of: 'FunctionCallExpression',
    page: 'let-statement',
    query: `let MultiplyByN = (val:long, n:long) { val * n };
      range x from 1 to 5 step 1 | extend result = MultiplyByN(x, 5)`,
    rows: [1, 2, 3, 4, 5].map((x) => [x, x * 5]),
  },
  {
    of: 'FunctionCallExpression',
    page: 'let-statement',
    query: `let TrimOnes = (s:string) { trim("1", s) };
      range x from 10 to 15 step 1 | extend result = TrimOnes(tostring(x))`,
    rows: [
      [10, '0'],
      [11, ''],
      [12, '2'],
      [13, '3'],
      [14, '4'],
      [15, '5'],
    ],
  },
  ...inWords({
    of: 'FunctionCallExpression',
    page: 'functions/user-defined-functions',
    query: 'let Add7 = (arg0:long = 5) { arg0 + 7 }; range x from 1 to 3 step 1 | project Add7(x), Add7()',
    rows: [
      [8, 12],
      [9, 12],
      [10, 12],
    ],
  }),
  {
    of: 'ToScalarExpression',
    page: 'toscalar-function',
    query: `let Start = toscalar(print x=1); let End = toscalar(range x from 1 to 9 step 1 | count); let Step = toscalar(2);
      range z from Start to End step Step | extend start=Start, end=End, step=Step`,
    rows: [1, 3, 5, 7, 9].map((z) => [z, 1, 9, 2]),
  },
];

/** Examples of operators, syntax and functions that are about conditions or rows. */
export const DOCUMENTED_EXPRESSIONS: readonly DocumentedCase[] = [
  ...conditions,
  ...windows,
  ...texts,
  ...arithmetic,
  ...literals,
  ...syntax,
];
