import { type DocumentedCase, functionCases, inWords } from './case';

const DT = 'datetime(2017-10-30 01:02:03.7654321)';

const casts: DocumentedCase[] = [
  ...functionCases('toint', [
    ['toint("123") == 123', true],
    ['toint(2.3)', 2],
  ]),
  ...inWords(
    ...functionCases('tostring', [['tostring(123)', '123']]),
    ...functionCases('tolong', [['tolong("123") == 123', true]]),
    ...functionCases('todouble', [['todouble("123.4") == 123.4', true]]),
    ...functionCases('toreal', [['toreal("123.4") == 123.4', true]]),
    ...functionCases('tobool', [
      ['tobool("true") == true', true],
      ['tobool("false") == false', true],
      ['tobool(1) == true', true],
      ['tobool(123) == true', true],
      ['isnull(tobool("abc"))', true],
    ]),
    ...functionCases('todatetime', [['todatetime("2015-12-31 23:59:59.9")', '2015-12-31T23:59:59.9Z']]),
    ...functionCases('totimespan', [['totimespan("0.00:01:00") == time(1min)', true]]),
  ),
  ...functionCases('gettype', [
    ['gettype("a")', 'string'],
    ['gettype(111)', 'long'],
    ['gettype(1==1)', 'bool'],
    ['gettype(now())', 'datetime'],
    ['gettype(1s)', 'timespan'],
    ['gettype(parse_json(\' "abc" \'))', 'string'],
    ['gettype(parse_json(\' {"abc":1} \'))', 'dictionary'],
    ["gettype(parse_json(' [1, 2, 3] '))", 'array'],
    ['gettype(123.45)', 'real'],
    ['gettype(guid(12e8b78d-55b4-46ae-b068-26d7a0080254))', 'guid'],
    ["gettype(parse_json(''))", 'null'],
  ]),
];

const ID = '"82b8be2d-dfa7-4bd1-8f63-24ad26d31449"';
const TEST_1 = 'strcat("-  ", "Te st", 1, @"// $")';
const HELLO = '@"    Hello, world!    "';

const text: DocumentedCase[] = [
  ...inWords(
    ...functionCases('tolower', [['tolower("Hello") == "hello"', true]]),
    ...functionCases('toupper', [['toupper("hello") == "HELLO"', true]]),
  ),
  ...functionCases('strlen', [
    ['strlen("hello")', 5],
    ['strlen("⒦⒰⒮⒯⒪")', 5],
  ]),
  ...functionCases('strcat', [
    ['strcat("hello", " ", "world")', 'hello world'],
    ['strcat("Line 1\\n", "Line 2\\n", "Line 3")', 'Line 1\nLine 2\nLine 3'],
  ]),
  ...functionCases('strcat_delim', [["strcat_delim('-', 1, '2', 'A', 1s)", '1-2-A-00:00:01']]),
  ...functionCases('substring', [
    ['substring("123456", 1)', '23456'],
    ['substring("123456", 2, 2)', '34'],
    ['substring("ABCD", 0, 2)', 'AB'],
    ['substring("123456", -2, 2)', '56'],
  ]),
  ...functionCases('split', [
    ['split("aa_bb", "_")', ['aa', 'bb']],
    ['split("aaa_bbb_ccc", "_", 1)', ['bbb']],
    ['split("", "_")', ['']],
    ['split("a__b", "_")', ['a', '', 'b']],
    ['split("aabbcc", "bb")', ['aa', 'cc']],
  ]),
  ...functionCases('trim', [
    ['trim("--", @"--https://bing.com--")', 'https://bing.com'],
    [`trim(@"[^\\w]+", ${TEST_1})`, 'Te st1'],
    [`trim(@"\\s+", ${HELLO})`, 'Hello, world!'],
  ]),
  ...functionCases('trim_start', [
    ['trim_start("https://", @"https://bing.com")', 'bing.com'],
    [`trim_start(@"[^\\w]+", ${TEST_1})`, 'Te st1// $'],
    [`trim_start(@"\\s+", ${HELLO})`, 'Hello, world!    '],
  ]),
  ...functionCases('trim_end', [
    ['trim_end(".com", @"bing.com")', 'bing'],
    [`trim_end(@"[^\\w]+", ${TEST_1})`, '-  Te st1'],
    [`trim_end(@"\\s+", ${HELLO})`, '    Hello, world!'],
  ]),
  ...functionCases('replace_string', [["replace_string('Number is 1.000000', 'is', 'was')", 'Number was 1.000000']]),
  ...functionCases('replace_regex', [
    ["replace_regex('Number is 1.000000', @'is (\\d+)', @'was: \\1')", 'Number was: 1.000000'],
  ]),
  {
    of: 'extract()',
    page: 'extract-function',
    query: `let Dates = datatable(DateString: string)["15-12-2024", "21-07-2023", "10-03-2022"];
      Dates | extend Month = extract(@"-(\\d{2})-", 1, DateString, typeof(int)) | project DateString, Month`,
    rows: [
      ['15-12-2024', 12],
      ['21-07-2023', 7],
      ['10-03-2022', 3],
    ],
  },
  ...functionCases('extract', [
    ['extract("User: ([^,]+)", 1, "User: JohnDoe, Email: johndoe@example.com, Age: 29")', 'JohnDoe'],
  ]),
  ...functionCases('extract_all', [
    ['extract_all(@"(\\d+)", "a set of numbers: 123, 567 and 789")', ['123', '567', '789']],
    [
      `extract_all(@"([\\da-f]{2})", ${ID})`,
      ['82', 'b8', 'be', '2d', 'df', 'a7', '4b', 'd1', '8f', '63', '24', 'ad', '26', 'd3', '14', '49'],
    ],
    [
      `extract_all(@"(\\w)(\\w+)(\\w)", ${ID})`,
      [
        ['8', '2b8be2', 'd'],
        ['d', 'fa', '7'],
        ['4', 'bd', '1'],
        ['8', 'f6', '3'],
        ['2', '4ad26d3144', '9'],
      ],
    ],
  ]),
  ...functionCases('indexof', [['indexof("abcdefg", "cde")', 2]]),
  ...functionCases('countof', [
    ['countof("aaa", "a")', 3],
    ['countof("aaaa", "aa")', 3],
    ['countof("ababa", "ab", "normal")', 2],
    ['countof("ababa", "aba")', 2],
    ['countof("ababa", "aba", "regex")', 1],
    ['countof("abcabc", "a.c", "regex")', 2],
  ]),
  ...functionCases('url_encode', [
    ["url_encode(@'https://www.bing.com/hello world')", 'https%3a%2f%2fwww.bing.com%2fhello+world'],
  ]),
  ...functionCases('hash_sha256', [
    ['hash_sha256("World")', '78ae647dc5544d227130a0682a51e30bc7777fbb6d8a8f17007463a3ecd1d524'],
  ]),
];

const numbers: DocumentedCase[] = [
  ...functionCases('bin', [
    ['bin(4.5, 1)', 4],
    ['bin(time(16d), 7d)', '14.00:00:00'],
    ['bin(datetime(1970-05-11 13:45:07), 1d)', '1970-05-11T00:00:00Z'],
  ]),
  ...functionCases('bin_at', [
    ['bin_at(6.5, 2.5, 7)', 4.5],
    ['bin_at(time(1h), 1d, 12h)', '-12:00:00'],
    ['bin_at(datetime(2017-05-15 10:20:00.0), 1d, datetime(1970-01-01 12:00:00.0))', '2017-05-14T12:00:00Z'],
    ['bin_at(datetime(2017-05-17 10:20:00.0), 7d, datetime(2017-06-04 00:00:00.0))', '2017-05-14T00:00:00Z'],
  ]),
  ...inWords(...functionCases('floor', [['floor(4.5, 1)', 4]], 'bin-function')),
  ...functionCases('ceiling', [
    ['ceiling(-1.1)', -1],
    ['ceiling(0)', 0],
    ['ceiling(0.9)', 1],
  ]),
  ...functionCases('abs', [['abs(-5)', 5]]),
  ...functionCases('round', [
    ['round(2.98765, 3)', 2.988],
    ['round(2.15, 1)', 2.2],
    ['round(2.15)', 2],
    ['round(-50.55, -2)', -100],
    ['round(21.5, -1)', 20],
  ]),
  ...functionCases('min_of', [['min_of(10, 1, -3, 17)', -3]]),
  {
    of: 'min_of()',
    page: 'min-of-function',
    query:
      'datatable (A: int, B: int)[5,2, 10,1, int(null),3, 1,int(null), int(null),int(null)] | project min_of(A, B)',
    rows: [[2], [1], [3], [1], [null]],
  },
  ...functionCases('max_of', [['max_of(10, 1, -3, 17)', 17]]),
  {
    of: 'max_of()',
    page: 'max-of-function',
    query: 'datatable (A: int, B: int)[1,6, 8,1, int(null),2, 1,int(null), int(null),int(null)] | project max_of(A, B)',
    rows: [[6], [8], [2], [1], [null]],
  },
];

const shifted = (period: string, amount: number): string =>
  `datetime_add('${period}', ${amount}, make_datetime(2017,1,1))`;
const secondsApart = (period: string, left: string, right: string): string =>
  `datetime_diff('${period}', datetime(2017-10-30 23:00:${left}), datetime(2017-10-30 23:00:${right}))`;

const times: DocumentedCase[] = [
  ...inWords(
    ...functionCases('now', [['now() - now(-2d)', '2.00:00:00']]),
    ...functionCases('ago', [['now() - ago(1h)', '01:00:00']]),
  ),
  ...functionCases('datetime_diff', [
    ["datetime_diff('year', datetime(2017-01-01), datetime(2000-12-31))", 17],
    ["datetime_diff('quarter', datetime(2017-07-01), datetime(2017-03-30))", 2],
    ["datetime_diff('month', datetime(2017-01-01), datetime(2015-12-30))", 13],
    ["datetime_diff('week', datetime(2017-10-29 00:00), datetime(2017-09-30 23:59))", 5],
    ["datetime_diff('day', datetime(2017-10-29 00:00), datetime(2017-09-30 23:59))", 29],
    ["datetime_diff('hour', datetime(2017-10-31 01:00), datetime(2017-10-30 23:59))", 2],
    ["datetime_diff('minute', datetime(2017-10-30 23:05:01), datetime(2017-10-30 23:00:59))", 5],
    [secondsApart('second', '10.100', '00.900'), 10],
    [secondsApart('millisecond', '00.200100', '00.100900'), 100],
    [secondsApart('microsecond', '00.1009001', '00.1008009'), 100],
    [secondsApart('nanosecond', '00.0000000', '00.0000007'), -700],
  ]),
  ...functionCases('datetime_add', [
    [shifted('year', 1), '2018-01-01T00:00:00Z'],
    [shifted('quarter', 1), '2017-04-01T00:00:00Z'],
    [shifted('month', 1), '2017-02-01T00:00:00Z'],
    [shifted('week', 1), '2017-01-08T00:00:00Z'],
    [shifted('day', 1), '2017-01-02T00:00:00Z'],
    [shifted('hour', 1), '2017-01-01T01:00:00Z'],
    [shifted('minute', 1), '2017-01-01T00:01:00Z'],
    [shifted('second', 1), '2017-01-01T00:00:01Z'],
    [shifted('year', -5), '2012-01-01T00:00:00Z'],
    [shifted('quarter', 12), '2020-01-01T00:00:00Z'],
    [shifted('month', -15), '2015-10-01T00:00:00Z'],
    [shifted('week', 100), '2018-12-02T00:00:00Z'],
  ]),
  ...functionCases('datetime_part', [
    [`datetime_part("year", ${DT})`, 2017],
    [`datetime_part("quarter", ${DT})`, 4],
    [`datetime_part("month", ${DT})`, 10],
    [`datetime_part("week_of_year", ${DT})`, 44],
    [`datetime_part("day", ${DT})`, 30],
    [`datetime_part("dayOfYear", ${DT})`, 303],
    [`datetime_part("hour", ${DT})`, 1],
    [`datetime_part("minute", ${DT})`, 2],
    [`datetime_part("second", ${DT})`, 3],
    [`datetime_part("millisecond", ${DT})`, 765],
    [`datetime_part("microsecond", ${DT})`, 765432],
    [`datetime_part("nanosecond", ${DT})`, 765432100],
  ]),
  ...functionCases('getyear', [['getyear(datetime(2015-10-12))', 2015]]),
  ...inWords(...functionCases('getmonth', [['getmonth(datetime("2015-12-14"))', 12]], 'monthofyear-function')),
  ...functionCases('monthofyear', [['monthofyear(datetime("2015-12-14"))', 12]]),
  ...functionCases('week_of_year', [
    ['week_of_year(datetime(2020-12-31))', 53],
    ['week_of_year(datetime(2020-06-15))', 25],
    ['week_of_year(datetime(1970-01-01))', 1],
    ['week_of_year(datetime(2000-01-01))', 52],
  ]),
  ...functionCases('dayofyear', [['dayofyear(datetime(2015-12-14))', 348]], 'day-of-year-function'),
  ...functionCases('dayofmonth', [['dayofmonth(datetime(2015-12-14))', 14]], 'day-of-month-function'),
  ...functionCases('hourofday', [['hourofday(datetime(2015-12-14 18:54))', 18]], 'hour-of-day-function'),
  ...functionCases(
    'dayofweek',
    [
      ['dayofweek(datetime(1947-11-30 10:00:05))', '00:00:00'],
      ['dayofweek(datetime(1970-05-11))', '1.00:00:00'],
      ['toint(dayofweek(datetime(1970-05-12))/1d)', 2],
    ],
    'day-of-week-function',
  ),
  ...(
    [
      ['startofday', '2016-12-31T00:00:00Z', '2017-01-01T00:00:00Z', '2017-01-02T00:00:00Z'],
      ['startofweek', '2016-12-25T00:00:00Z', '2017-01-01T00:00:00Z', '2017-01-08T00:00:00Z'],
      ['startofmonth', '2016-12-01T00:00:00Z', '2017-01-01T00:00:00Z', '2017-02-01T00:00:00Z'],
      ['startofyear', '2016-01-01T00:00:00Z', '2017-01-01T00:00:00Z', '2018-01-01T00:00:00Z'],
      ['endofday', '2016-12-31T23:59:59.9999999Z', '2017-01-01T23:59:59.9999999Z', '2017-01-02T23:59:59.9999999Z'],
      ['endofweek', '2016-12-31T23:59:59.9999999Z', '2017-01-07T23:59:59.9999999Z', '2017-01-14T23:59:59.9999999Z'],
      ['endofmonth', '2016-12-31T23:59:59.9999999Z', '2017-01-31T23:59:59.9999999Z', '2017-02-28T23:59:59.9999999Z'],
      ['endofyear', '2016-12-31T23:59:59.9999999Z', '2017-12-31T23:59:59.9999999Z', '2018-12-31T23:59:59.9999999Z'],
    ] as const
  ).map(([name, ...edges]) => ({
    of: `${name}()`,
    page: `${name}-function`,
    query: `range offset from -1 to 1 step 1 | project edge = ${name}(datetime(2017-01-01 10:10:17), offset)`,
    rows: edges.map((edge) => [edge]),
  })),
  ...functionCases('make_datetime', [
    ['make_datetime(2017,10,01)', '2017-10-01T00:00:00Z'],
    ['make_datetime(2017,10,01,12,10)', '2017-10-01T12:10:00Z'],
    ['make_datetime(2017,10,01,12,11,0.1234567)', '2017-10-01T12:11:00.1234567Z'],
  ]),
  ...functionCases('format_datetime', [
    ["format_datetime(datetime(2017-01-29 09:00:05), 'yy-MM-dd [HH:mm:ss]')", '17-01-29 [09:00:05]'],
    ["format_datetime(datetime(2017-01-29 09:00:05), 'yyyy-M-dd [H:mm:ss]')", '2017-1-29 [9:00:05]'],
    ["format_datetime(datetime(2017-01-29 09:00:05), 'yy-MM-dd [hh:mm:ss tt]')", '17-01-29 [09:00:05 AM]'],
  ]),
  ...functionCases('format_timespan', [
    ["format_timespan(time(29.09:00:05.12345), 'dd.hh:mm:ss:FF')", '29.09:00:05:12'],
    ["format_timespan(time(29.09:00:05.12345), 'ddd.h:mm:ss [fffffff]')", '029.9:00:05 [1234500]'],
    ["format_timespan(time(15.13:45:30.0001150), 'FFFFFFF')", '000115'],
    ["format_timespan(time(15.01:09:30), 'm')", '9'],
  ]),
];

/** Examples of functions over numbers, texts and times. */
export const DOCUMENTED_VALUES: readonly DocumentedCase[] = [...casts, ...text, ...numbers, ...times];
