import { type DocumentedCase, functionCases, valueOf } from './case';

const DT = 'datetime(2017-10-30 01:02:03.7654321)';
const STEPS = 'range x from 1 to 3 step 1 | extend y = x * 2 | extend z = y * 2 | extend w = z * 2';
const AROUND = 'range offset from -1 to 1 step 1';

const casts: DocumentedCase[] = [
  ...functionCases('tostring', [['tostring(123) == "123"', true]]),
  ...functionCases('toint', [
    ['toint("123") == 123', true],
    ['isnull(toint("abc"))', true],
  ]),
  ...functionCases('tolong', [['tolong("123") == 123', true]]),
  ...functionCases('todouble', [['todouble("123.4") == 123.4', true]]),
  ...functionCases('toreal', [['toreal("123.4") == 123.4', true]], 'toreal-function'),
  ...functionCases('tobool', [
    ['tobool("true") == true', true],
    ['tobool("false") == false', true],
    ['tobool(1) == true', true],
    ['isnull(tobool("abc"))', true],
  ]),
  ...functionCases('todatetime', [['todatetime("2015-12-24") == datetime(2015-12-24)', true]]),
  ...functionCases('totimespan', [['totimespan("0.00:01:00") == time(1min)', true]]),
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

const text: DocumentedCase[] = [
  ...functionCases('tolower', [['tolower("Hello") == "hello"', true]]),
  ...functionCases('toupper', [['toupper("hello") == "HELLO"', true]]),
  ...functionCases('strlen', [['strlen("hello")', 5]]),
  ...functionCases('strcat', [['strcat("hello", " ", "world")', 'hello world']]),
  ...functionCases('strcat_delim', [["strcat_delim('-', 1, '2', 'A', 1s)", '1-2-A-00:00:01']]),
  ...functionCases('substring', [
    ['substring("123456", 1)', '23456'],
    ['substring("123456", 2, 2)', '34'],
    ['substring("ABCD", 0, 2)', 'AB'],
  ]),
  ...functionCases('split', [
    ['split("aa_bb", "_")', ['aa', 'bb']],
    ['split("aaa_bbb_ccc", "_", 1)', ['bbb']],
    ['split("", "_")', ['']],
    ['split("a__b", "_")', ['a', '', 'b']],
    ['split("aabbcc", "bb")', ['aa', 'cc']],
  ]),
  ...functionCases('trim', [['trim("--", "--https://bing.com--")', 'https://bing.com']]),
  ...functionCases('trim_start', [['trim_start("https://", @"https://bing.com")', 'bing.com']]),
  ...functionCases('trim_end', [['trim_end(".com", @"bing.com")', 'bing']]),
  ...functionCases('replace_string', [["replace_string('Number is 1', 'is', 'was')", 'Number was 1']]),
  ...functionCases('replace_regex', [["replace_regex('Number is 1', @'is (\\d+)', @'was: \\1')", 'Number was: 1']]),
  ...functionCases('extract', [
    ['extract("x=([0-9.]+)", 1, "hello x=45.6|wo") == "45.6"', true],
    ['extract("x=([0-9.]+)", 1, "hello x=45.6|wo", typeof(real))', 45.6],
  ]),
  ...functionCases('extract_all', [
    ['extract_all(@"(\\d+)", "a set of numbers: 123, 567 and 789")', ['123', '567', '789']],
    [
      'extract_all(@"(\\w)(\\w+)(\\w)", "82b8be2d-dfa7-4bd1")',
      [
        ['8', '2b8be2', 'd'],
        ['d', 'fa', '7'],
        ['4', 'bd', '1'],
      ],
    ],
  ]),
  ...functionCases('indexof', [
    ['indexof("abcdefg", "cde")', 2],
    ['indexof("abcdefg", "cde", 3)', -1],
  ]),
  ...functionCases('countof', [
    ['countof("The cat sat on the mat", "at")', 3],
    ['countof("The cat sat on the mat", @"\\b.at\\b", "regex")', 3],
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
    ['bin(4.5, 1.0)', 4],
    ['bin(time(16d), 7d)', '14.00:00:00'],
    ['bin(datetime(1970-05-11 13:45:07), 1d)', '1970-05-11T00:00:00Z'],
  ]),
  ...functionCases('bin_at', [
    ['bin_at(6.5, 2.5, 7)', 4.5],
    ['bin_at(time(1h), 1d, 12h)', '-12:00:00'],
    ['bin_at(datetime(2017-05-15 10:20:00.0), 1d, datetime(1970-01-01 12:00:00.0))', '2017-05-14T12:00:00Z'],
    ['bin_at(datetime(2017-05-17 10:20:00.0), 7d, datetime(2017-06-04 00:00:00.0))', '2017-05-14T00:00:00Z'],
  ]),
  ...functionCases('floor', [['floor(4.5, 1.0)', 4]], 'bin-function'),
  ...functionCases('ceiling', [
    ['ceiling(-1.1)', -1],
    ['ceiling(0.9)', 1],
  ]),
  ...functionCases('abs', [['abs(-5)', 5]]),
  ...functionCases('round', [
    ['round(2.98765, 3)', 2.988],
    ['round(2.15, 1)', 2.2],
    ['round(2.15)', 2],
  ]),
  ...functionCases('min_of', [['min_of(10, 1, -3, 17)', -3]]),
  ...functionCases('max_of', [['max_of(10, 1, -3, 17)', 17]]),
];

const times: DocumentedCase[] = [
  ...functionCases('now', [['now() - now(-1d)', '1.00:00:00']]),
  ...functionCases('ago', [['now() - ago(1h)', '01:00:00']]),
  ...functionCases(
    'datetime_diff',
    [
      ["datetime_diff('year', datetime(2017-01-01), datetime(2000-12-31))", 17],
      ["datetime_diff('quarter', datetime(2017-07-01), datetime(2017-03-30))", 2],
      ["datetime_diff('month', datetime(2017-01-01), datetime(2015-12-30))", 13],
      ["datetime_diff('week', datetime(2017-10-29 00:00), datetime(2017-09-30 23:59))", 5],
      ["datetime_diff('day', datetime(2017-10-29 00:00), datetime(2017-09-30 23:59))", 29],
      ["datetime_diff('hour', datetime(2017-10-31 01:00), datetime(2017-10-30 23:59))", 2],
      ["datetime_diff('minute', datetime(2017-10-30 23:05:01), datetime(2017-10-30 23:00:59))", 5],
      ["datetime_diff('second', datetime(2017-10-30 23:00:10.100), datetime(2017-10-30 23:00:00.900))", 10],
    ],
    'datetime-diff-function',
  ),
  ...functionCases('datetime_add', [
    ["datetime_add('year', 1, make_datetime(2017,1,1))", '2018-01-01T00:00:00Z'],
    ["datetime_add('quarter', 1, make_datetime(2017,1,1))", '2017-04-01T00:00:00Z'],
    ["datetime_add('month', 1, make_datetime(2017,1,1))", '2017-02-01T00:00:00Z'],
    ["datetime_add('week', 1, make_datetime(2017,1,1))", '2017-01-08T00:00:00Z'],
    ["datetime_add('day', 1, make_datetime(2017,1,1))", '2017-01-02T00:00:00Z'],
    ["datetime_add('second', 1, make_datetime(2017,1,1))", '2017-01-01T00:00:01Z'],
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
  ...functionCases('getyear', [['getyear(datetime(2015-10-12)) == 2015', true]]),
  ...functionCases('getmonth', [['getmonth(datetime(2015-10-12)) == 10', true]]),
  ...functionCases('monthofyear', [['monthofyear(datetime("2015-12-14"))', 12]]),
  ...functionCases(
    'week_of_year',
    [
      ['week_of_year(datetime(2020-12-31))', 53],
      ['week_of_year(datetime(2020-06-15))', 25],
      ['week_of_year(datetime(1970-01-01))', 1],
      ['week_of_year(datetime(2000-01-01))', 52],
    ],
    'weekofyear-function',
  ),
  ...functionCases('dayofyear', [['dayofyear(datetime(2015-12-14))', 348]]),
  ...functionCases('dayofmonth', [['dayofmonth(datetime(2015-12-14))', 14]]),
  ...functionCases('hourofday', [['hourofday(datetime(2015-12-14 18:54))', 18]]),
  ...functionCases('dayofweek', [
    ['dayofweek(datetime(1947-11-30 10:00:05))', '00:00:00'],
    ['dayofweek(datetime(1970-05-11))', '1.00:00:00'],
  ]),
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
    query: `${AROUND} | project edge = ${name}(datetime(2017-01-01 10:10:17), offset)`,
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

const dynamics: DocumentedCase[] = [
  ...functionCases('parse_json', [
    ['parse_json(\'{"duration":{"value":118.0,"min":100.0}}\')["duration"]["min"]', 100],
    ['parse_json(\'{"a":123, "b":{"c":456}}\').b.c', 456],
  ]),
  ...functionCases('todynamic', [['todynamic(\'{"duration":{"value":118.0}}\').duration.value', 118]]),
  ...functionCases('dynamic_to_json', [
    [
      "dynamic_to_json(dynamic({ 'Y10': dynamic({ }), 'X8': dynamic({ 'c3':1, 'd8':5, 'a4':6 }), 'A14': [15, 13, 18] }))",
      '{"A14":[15,13,18],"X8":{"a4":6,"c3":1,"d8":5},"Y10":{}}',
    ],
  ]),
  ...functionCases('bag_keys', [
    ["bag_keys(dynamic({'a':'b', 'c':123}))", ['a', 'c']],
    ["bag_keys(dynamic({'a':'b', 'c':{'d':123}}))", ['a', 'c']],
    ['bag_keys(dynamic(null))', null],
    ['bag_keys(dynamic({}))', []],
    ['bag_keys(parse_json(\'"a"\'))', null],
    ["bag_keys(parse_json('[]'))", null],
  ]),
  ...functionCases('bag_has_key', [
    ["bag_has_key(dynamic({'key1' : 123, 'key2': 'abc'}), 'key2')", true],
    ["bag_has_key(dynamic({'key1' : 123, 'key3': 'abc'}), 'key2')", false],
  ]),
  ...functionCases('bag_merge', [
    [
      "bag_merge(dynamic({ 'A1':12, 'B1':2, 'C1':3}), dynamic({ 'A2':81, 'B2':82, 'A1':1}))",
      { A1: 12, B1: 2, C1: 3, A2: 81, B2: 82 },
    ],
  ]),
  ...functionCases('bag_remove_keys', [
    ["bag_remove_keys(dynamic({'key1' : 123, 'key2': 'abc'}), dynamic(['key2', 'key4']))", { key1: 123 }],
    [
      "bag_remove_keys(dynamic({'key1' : 'value', 'key3': 42.0}), dynamic(['key2', 'key4']))",
      { key1: 'value', key3: 42 },
    ],
  ]),
  ...['pack', 'bag_pack'].flatMap((name) =>
    functionCases(
      name,
      [
        [
          `${name}("Level", "Information", "ProcessID", 1234, "Data", ${name}("url", "www.bing.com"))`,
          { Level: 'Information', ProcessID: 1234, Data: { url: 'www.bing.com' } },
        ],
      ],
      'pack-function',
    ),
  ),
  {
    of: 'pack_array()',
    page: 'pack-array-function',
    query: `${STEPS} | project pack_array(x, y, z)`,
    rows: [[[1, 2, 4]], [[2, 4, 8]], [[3, 6, 12]]],
  },
  ...functionCases('range', [['range(1, 8, 3)', [1, 4, 7]]]),
  ...functionCases('array_length', [
    ['array_length(parse_json(\'[1, 2, 3, "four"]\'))', 4],
    ["array_length(parse_json('[8]'))", 1],
    ["array_length(parse_json('[{}]'))", 1],
    ["array_length(parse_json('[]'))", 0],
    ["array_length(parse_json('{}'))", null],
    ["array_length(parse_json('21'))", null],
  ]),
  ...functionCases('array_slice', [
    ['array_slice(dynamic([1,2,3]), 1, 2)', [2, 3]],
    ['array_slice(dynamic([1,2,3,4,5]), 2, -1)', [3, 4, 5]],
    ['array_slice(dynamic([1,2,3,4,5]), -3, -2)', [3, 4]],
  ]),
  {
    of: 'array_concat()',
    page: 'array-concat-function',
    query: `${STEPS} | project array_concat(pack_array(x, y, z), pack_array(x, y))`,
    rows: [[[1, 2, 4, 1, 2]], [[2, 4, 8, 2, 4]], [[3, 6, 12, 3, 6]]],
  },
  ...functionCases('array_sort_asc', [
    ['array_sort_asc(dynamic([null,"blue","yellow","green",null]))', ['blue', 'green', 'yellow', null, null]],
    ['array_sort_asc(dynamic([null,"blue","yellow","green",null]), false)', [null, null, 'blue', 'green', 'yellow']],
    ['strcat_array(array_sort_asc(split("John,Paul,George,Ringo", ",")), ",")', 'George,John,Paul,Ringo'],
  ]),
  ...functionCases('array_sort_desc', [
    ['array_sort_desc(dynamic([null,"blue","yellow","green",null]))', ['yellow', 'green', 'blue', null, null]],
    ['strcat_array(array_sort_desc(split("John,Paul,George,Ringo", ",")), ",")', 'Ringo,Paul,John,George'],
  ]),
  ...['array_iff', 'array_iif'].flatMap((name) =>
    functionCases(
      name,
      [
        [`${name}(dynamic([true,false,true]), dynamic([1,2,3]), dynamic([4,5,6]))`, [1, 5, 3]],
        [`${name}(dynamic([1,0,50]), "yes", "no")`, ['yes', 'no', 'yes']],
        [`${name}(dynamic(["some string value", datetime(2022-01-01), null]), 1, 0)`, [null, null, null]],
        [`${name}(dynamic([true,true,true]), dynamic([1,2]), dynamic([3,4]))`, [1, 2, null]],
      ],
      'array-iff-function',
    ),
  ),
  ...functionCases('array_index_of', [
    ['array_index_of(dynamic(["this", "is", "an", "example", "an", "example"]), "an")', 2],
    ['array_index_of(dynamic(["this", "is", "an", "example", "an", "example"]), "is not")', -1],
  ]),
  ...functionCases('strcat_array', [['strcat_array(dynamic([1, 2, 3]), "->")', '1->2->3']]),
  ...functionCases('set_has_element', [
    ['set_has_element(dynamic(["this", "is", "an", "example"]), "example")', true],
    ['set_has_element(dynamic(["this", "is", "an", "example"]), "examples")', false],
  ]),
  {
    of: 'set_union()',
    page: 'set-union-function',
    query: `${STEPS} | project set_union(pack_array(x, y, x, z), pack_array(x, y), pack_array(w))`,
    rows: [[[1, 2, 4, 8]], [[2, 4, 8, 16]], [[3, 6, 12, 24]]],
  },
  ...functionCases('set_union', [
    ["set_union(dynamic(['A4', 'A2', 'A7', 'A2']), dynamic(['A4', 'A2', 'A7', 'A2']))", ['A4', 'A2', 'A7']],
  ]),
  {
    of: 'set_difference()',
    page: 'set-difference-function',
    query: `${STEPS} | project set_difference(pack_array(x, y, x, z), pack_array(x, y), pack_array(x, y, w))`,
    rows: [[[4]], [[8]], [[12]]],
  },
  ...functionCases('set_difference', [['set_difference(dynamic([1,2,3]), dynamic([1,2,3]))', []]]),
  {
    of: 'set_intersect()',
    page: 'set-intersect-function',
    query: `${STEPS} | project set_intersect(pack_array(x, y, x, z), pack_array(x, y), pack_array(w, x))`,
    rows: [[[1]], [[2]], [[3]]],
  },
  ...functionCases('set_intersect', [['set_intersect(dynamic([1, 2, 3]), dynamic([4,5]))', []]]),
];

const conditions: DocumentedCase[] = [
  ...functionCases('isnull', [
    ['isnull("")', false],
    ['isnull(parse_json(""))', true],
  ]),
  ...functionCases('isnotnull', [['isnotnull(parse_json(""))', false]]),
  ...functionCases('isempty', [
    ['isempty("")', true],
    ['isempty("x")', false],
    ['isempty(parse_json(""))', true],
    ['isempty(parse_json("[]"))', false],
    ['isempty(parse_json("{}"))', false],
  ]),
  ...functionCases('isnotempty', [
    ['isnotempty("")', false],
    ['isnotempty("x")', true],
  ]),
  ...functionCases('not', [['not(false) == true', true]]),
  ...['iff', 'iif'].map((name) => ({
    of: `${name}()`,
    page: 'iff-function',
    query: `datatable(Type: string)['Flash Flood', 'Heat'] | extend Rain = ${name}((Type in ('Heavy Rain', 'Flash Flood', 'Flood')), 'Rain event', 'Not rain event')`,
    rows: [
      ['Flash Flood', 'Rain event'],
      ['Heat', 'Not rain event'],
    ],
  })),
  {
    of: 'case()',
    page: 'case-function',
    query:
      'range Size from 1 to 15 step 2 | extend bucket = case(Size <= 3, "Small", Size <= 10, "Medium", "Large") | where Size in (1, 5, 15)',
    rows: [
      [1, 'Small'],
      [5, 'Medium'],
      [15, 'Large'],
    ],
  },
  ...functionCases('coalesce', [['coalesce(tolong("not a number"), tolong("42"), 33)', 42]]),
  {
    of: 'column_ifexists()',
    page: 'column-ifexists-function',
    query:
      "datatable(State: string)['ATLANTIC SOUTH', 'FLORIDA'] | project v = column_ifexists('Capital', State), w = column_ifexists('State', 'none')",
    rows: [
      ['ATLANTIC SOUTH', 'ATLANTIC SOUTH'],
      ['FLORIDA', 'FLORIDA'],
    ],
  },
];

const NUMBERS = 'datatable (a:long) [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] | where a % 2 == 0';
const SESSIONS = "datatable(type: string)['Keynote', 'Expo Session', 'Breakout'] | serialize";

const windows: DocumentedCase[] = [
  {
    of: 'row_number()',
    page: 'row-number-function',
    query: 'range a from 1 to 3 step 1 | sort by a desc | extend rn=row_number(), seven=row_number(7)',
    rows: [
      [3, 1, 7],
      [2, 2, 8],
      [1, 3, 9],
    ],
  },
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
      | order by name asc, month asc | extend total=row_cumsum(salary, name != prev(name)) | project name, total`,
    rows: [
      ['Alice', 1000],
      ['Alice', 3000],
      ['Alice', 4400],
      ['Bob', 1000],
      ['Bob', 2950],
      ['Bob', 4400],
    ],
  },
  {
    of: 'prev()',
    page: 'prev-function',
    query: `${SESSIONS} previous = prev(type)`,
    rows: [
      ['Keynote', ''],
      ['Expo Session', 'Keynote'],
      ['Breakout', 'Expo Session'],
    ],
  },
  {
    of: 'next()',
    page: 'next-function',
    query: `${SESSIONS} following = next(type)`,
    rows: [
      ['Keynote', 'Expo Session'],
      ['Expo Session', 'Breakout'],
      ['Breakout', ''],
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

const arithmetic: DocumentedCase[] = (
  [
    ['+', '3.14 + 3.14', 6.28],
    ['*', '1s * 5', '00:00:05'],
    ['*', '2 * 2', 4],
    ['/', '10m / 1s', 600],
    ['/', '4 / 2', 2],
    ['%', '4 % 2', 0],
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
).map(([of, expression, value]) => valueOf(of, 'numerical-operators', expression, value));

const syntax: DocumentedCase[] = [
  valueOf('-', 'datetime-timespan-arithmetic', 'datetime(1997-06-25) - datetime(1910-06-11)', '31791.00:00:00'),
  valueOf('UnaryMinusExpression', 'numerical-operators', '-5', -5),
  valueOf('UnaryPlusExpression', 'numerical-operators', '+5', 5),
  valueOf('AndExpression', 'logical-operators', 'true and false', false),
  valueOf('OrExpression', 'logical-operators', 'true or false', true),
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
  valueOf('BooleanLiteralExpression', 'scalar-data-types/bool', 'true', true),
  valueOf('IntLiteralExpression', 'scalar-data-types/int', 'int(2)', 2),
  valueOf('LongLiteralExpression', 'scalar-data-types/long', 'long(12) + 0xf', 27),
  valueOf('RealLiteralExpression', 'scalar-data-types/real', 'real(0.01)', 0.01),
  valueOf(
    'DateTimeLiteralExpression',
    'scalar-data-types/datetime',
    'datetime(2015-12-31 23:59:59.9)',
    '2015-12-31T23:59:59.9Z',
  ),
  valueOf('TimespanLiteralExpression', 'scalar-data-types/timespan', 'time(0.12:34:56.7)', '12:34:56.7000000'),
  valueOf('TimespanLiteralExpression', 'scalar-data-types/timespan', '1.5h', '01:30:00'),
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
  valueOf('CompoundStringLiteralExpression', 'scalar-data-types/string', '"Hello" \', \' @"world!"', 'Hello, world!'),
  {
    of: 'DynamicExpression',
    page: 'scalar-data-types/dynamic',
    query: 'print o=dynamic({"a":123, "b":"hello", "c":[1,2,3], "d":{}}) | project o.a, o.b, o.c, o.d',
    rows: [[123, 'hello', [1, 2, 3], {}]],
  },
  valueOf('JsonObjectExpression', 'scalar-data-types/dynamic', 'dynamic({"a": datetime(1970-05-11)})', {
    a: '1970-05-11T00:00:00Z',
  }),
  valueOf('JsonArrayExpression', 'scalar-data-types/dynamic', 'dynamic([1, 2])', [1, 2]),
  valueOf('NullLiteralExpression', 'scalar-data-types/null-values', 'isnull(dynamic(null))', true),
  {
    of: 'NameReference',
    page: 'let-statement',
    query: 'let n = 10; range x from 9 to n step 1',
    rows: [[9], [10]],
  },
  valueOf('PathExpression', 'scalar-data-types/dynamic', 'dynamic({"a":{"b":1}}).a.b', 1),
  valueOf('ElementExpression', 'scalar-data-types/dynamic', 'dynamic([100,101,102])[-1]', 102),
  valueOf('ElementExpression', 'scalar-data-types/dynamic', 'dynamic({"a b c":100})["a b c"]', 100),
  valueOf('ParenthesizedExpression', 'numerical-operators', '(1 + 2) * 3', 9),
  valueOf('SimpleNamedExpression', 'print-operator', '1', 1),
  valueOf('FunctionCallExpression', 'abs-function', 'abs(-5)', 5),
  {
    of: 'FunctionCallExpression',
    page: 'functions/user-defined-functions',
    query: 'let Add7 = (arg0:long = 5) { arg0 + 7 }; range x from 1 to 3 step 1 | project Add7(x), Add7()',
    rows: [
      [8, 12],
      [9, 12],
      [10, 12],
    ],
  },
  {
    of: 'ToScalarExpression',
    page: 'toscalar-function',
    query:
      'let _start = toscalar(print x=1); let _end = toscalar(range x from 1 to 9 step 1 | count); let _step = toscalar(2); range z from _start to _end step _step | extend start=_start, end=_end, step=_step',
    rows: [1, 3, 5, 7, 9].map((z) => [z, 1, 9, 2]),
  },
];

export const DOCUMENTED_EXPRESSIONS: readonly DocumentedCase[] = [
  ...casts,
  ...text,
  ...numbers,
  ...times,
  ...dynamics,
  ...conditions,
  ...windows,
  ...texts,
  ...arithmetic,
  ...syntax,
];
