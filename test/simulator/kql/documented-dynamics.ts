import { type DocumentedCase, functionCases, inWords } from './case';

const STEPS = 'range x from 1 to 3 step 1 | extend y = x * 2 | extend z = y * 2 | extend w = z * 2';
const METRICS = `'{"duration":{"value":118.0,"count":5.0,"min":100.0,"max":150.0,"stdDev":0.0,"sampledValue":118.0,"sum":118.0}}'`;
const NESTED = '\'{"a":123, "b":"{\\\\"c\\\\":456}"}\'';
const COLOURS = 'dynamic([null,"blue","yellow","green",null])';
const WORDS = 'dynamic(["this", "is", "an", "example", "an", "example"])';

const bags: DocumentedCase[] = [
  {
    of: 'parse_json()',
    page: 'parse-json-function',
    query: `datatable(context_custom_metrics:string)[${METRICS}] | extend d = parse_json(context_custom_metrics)
      | project duration_value = d.duration.value, duration_min = d.duration.min`,
    rows: [[118, 100]],
  },
  ...functionCases('parse_json', [[`parse_json(tostring(parse_json(${NESTED}).b)).c`, 456]]),
  ...inWords(
    ...functionCases('parse_json', [[`parse_json(parse_json(${NESTED}).b).c`, null]]),
    ...functionCases('todynamic', [[`todynamic(${METRICS}).duration.value`, 118]], 'parse-json-function'),
  ),
  ...functionCases('dynamic_to_json', [
    [
      `dynamic_to_json(dynamic({'Y10':dynamic({}), 'X8': dynamic({'c3':1, 'd8':5, 'a4':6}), 'D1':114, 'A1':12, 'B1':2,
        'C1':3, 'A14':[15, 13, 18]}))`,
      '{"A1":12,"A14":[15,13,18],"B1":2,"C1":3,"D1":114,"X8":{"a4":6,"c3":1,"d8":5},"Y10":{}}',
    ],
  ]),
  {
    of: 'bag_keys()',
    page: 'bag-keys-function',
    query: `datatable(index:long, d:dynamic)[1, dynamic({'a':'b', 'c':123}), 2, dynamic({'a':'b', 'c':{'d':123}}),
      3, dynamic({'a':'b', 'c':[{'d':123}]}), 4, dynamic(null), 5, dynamic({}), 6, dynamic('a'), 7, dynamic([])]
      | project index, keys = bag_keys(d)`,
    rows: [
      [1, ['a', 'c']],
      [2, ['a', 'c']],
      [3, ['a', 'c']],
      [4, null],
      [5, []],
      [6, null],
      [7, null],
    ],
  },
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
  ...functionCases(
    'bag_pack',
    [
      [
        'bag_pack("Level", "Information", "ProcessID", 1234, "Data", bag_pack("url", "www.bing.com"))',
        { Level: 'Information', ProcessID: 1234, Data: { url: 'www.bing.com' } },
      ],
    ],
    'pack-function',
  ),
  ...inWords(...functionCases('pack', [['pack("url", "www.bing.com")', { url: 'www.bing.com' }]])),
];

const arrays: DocumentedCase[] = [
  {
    of: 'pack_array()',
    page: 'pack-array-function',
    query: `${STEPS} | project pack_array(x, y, z)`,
    rows: [[[1, 2, 4]], [[2, 4, 8]], [[3, 6, 12]]],
  },
  {
    of: 'pack_array()',
    page: 'pack-array-function',
    query:
      'range x from 1 to 3 step 1 | extend y = tostring(x * 2) | extend z = (x * 2) * 1s | project pack_array(x, y, z)',
    rows: [[[1, '2', '00:00:02']], [[2, '4', '00:00:04']], [[3, '6', '00:00:06']]],
  },
  ...functionCases('range', [
    ['range(1, 8, 3)', [1, 4, 7]],
    ['range(1, 3)', [1, 2, 3]],
  ]),
  ...functionCases('array_length', [['array_length(dynamic([1, 2, 3, "four"]))', 4]]),
  ...inWords(
    ...functionCases('array_length', [
      ["array_length(parse_json('[]'))", 0],
      ["array_length(parse_json('{}'))", null],
      ["array_length(parse_json('21'))", null],
    ]),
  ),
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
    [`array_sort_asc(${COLOURS})`, ['blue', 'green', 'yellow', null, null]],
    [`array_sort_asc(${COLOURS}, false)`, [null, null, 'blue', 'green', 'yellow']],
    ['strcat_array(array_sort_asc(split("John,Paul,George,Ringo", ",")), ",")', 'George,John,Paul,Ringo'],
  ]),
  ...functionCases('array_sort_desc', [
    [`array_sort_desc(${COLOURS})`, ['yellow', 'green', 'blue', null, null]],
    [`array_sort_desc(${COLOURS}, false)`, [null, null, 'yellow', 'green', 'blue']],
  ]),
  ...functionCases('array_iff', [
    ['array_iff(dynamic([true,false,true]), dynamic([1,2,3]), dynamic([4,5,6]))', [1, 5, 3]],
    ['array_iff(dynamic([1,0,50]), "yes", "no")', ['yes', 'no', 'yes']],
    ['array_iff(dynamic(["some string value", datetime(2022-01-01), null]), 1, 0)', [null, null, null]],
    ['array_iff(dynamic([true,true,true]), dynamic([1,2]), dynamic([3,4]))', [1, 2, null]],
  ]),
  ...inWords(
    ...functionCases(
      'array_iif',
      [['array_iif(dynamic([1,0,50]), "yes", "no")', ['yes', 'no', 'yes']]],
      'array-iff-function',
    ),
  ),
  ...functionCases('array_index_of', [[`array_index_of(${WORDS}, "an")`, 2]]),
  ...functionCases('strcat_array', [
    ['strcat_array(dynamic([1, 2, 3]), "->")', '1->2->3'],
    ["strcat_array(dynamic([1, 2, 3]), '\"')", '1"2"3'],
  ]),
];

const sets: DocumentedCase[] = [
  ...functionCases('set_has_element', [['set_has_element(dynamic(["this", "is", "an", "example"]), "example")', true]]),
  {
    of: 'set_union()',
    page: 'set-union-function',
    query: `${STEPS} | project set_union(pack_array(x, y, x, z), pack_array(x, y), pack_array(w))`,
    rows: [[[1, 2, 4, 8]], [[2, 4, 8, 16]], [[3, 6, 12, 24]]],
  },
  {
    of: 'set_union()',
    page: 'set-union-function',
    query: `datatable (Arr1: dynamic)[dynamic(['A4', 'A2', 'A7', 'A2']), dynamic(['C4', 'C7', 'C1', 'C4'])]
      | project Out=set_union(Arr1, Arr1)`,
    rows: [[['A4', 'A2', 'A7']], [['C4', 'C7', 'C1']]],
  },
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

/** Examples of functions over bags and arrays. */
export const DOCUMENTED_DYNAMICS: readonly DocumentedCase[] = [...bags, ...arrays, ...sets];
