import { type DocumentedCase, inWords } from './case';

const NAMES = 'datatable(name:string, day_of_birth:long)["John", 9, "Paul", 18, "George", 25, "Ringo", 7]';
const SHAPES = `datatable (name: string, sideCount: int)["triangle", 3, "square", 4, "rectangle", 4, "pentagon", 5,
  "hexagon", 6, "heptagon", 7, "octagon", 8, "nonagon", 9, "decagon", 10]`;
const BY_PARITY = 'by isEvenSideCount = sideCount % 2 == 0';
const PROPERTIES =
  'datatable(prop:string, value:string, predicate:bool)["prop01","val_a",true, "prop02","val_b",false, "prop03","val_c",true] | extend p = bag_pack(prop, value)';
const FRUIT = `datatable(Fruit: string, Color: string, Version: int)["Apple","Red",1, "Apple","Green",int(null),
  "Banana","Yellow",int(null), "Banana","Green",int(null), "Pear","Brown",1, "Pear","Green",2]`;
const NO_ROWS = 'datatable(x:long)[]';
/** A few rows of the form of the table that most pages use, of which they print what a whole year gives. */
const STORMS = `datatable(State:string, EventType:string, Deaths:long, Damage:long)["TEXAS","Flood",1,100, "TEXAS","Flood",0,300,
  "TEXAS","Heat",2,200, "OHIO","Flood",0,50, "OHIO","Tornado",0,50]`;
const CROPS = `datatable(State:string, DamageCrops:int)["TEXAS",30000, "NEBRASKA",30000, "IOWA",30000, "MINNESOTA",30000,
  "WISCONSIN",30000, "CALIFORNIA",14000000, "NORTH DAKOTA",14000000]`;
const VALUES = `datatable (Val: int, Arr1: dynamic)[1, dynamic(['A1', 'A2', 'A3']), 5, dynamic(['A2', 'C1']),
  7, dynamic(['C2', 'A3']), 5, dynamic(['C2', 'A1'])]`;
const NULL_FIRST = (last: number): string =>
  `range x from 1 to ${last} step 1 | extend y = iff(x == 1, real(null), real(5))`;

const pageOf = (name: string): string => `${name.replaceAll('_', '-')}-aggregation-function`;
const over = (
  name: string,
  source: string,
  summary: string,
  rows: unknown[][],
  page = pageOf(name),
): DocumentedCase => ({ of: `${name}()`, page, query: `${source} | summarize ${summary}`, rows });
const byState = (name: string, call: string, texas: unknown, ohio: unknown, page = pageOf(name)): DocumentedCase[] =>
  inWords(
    over(
      name,
      STORMS,
      `v = ${call} by State`,
      [
        ['TEXAS', texas],
        ['OHIO', ohio],
      ],
      page,
    ),
  );
const overHundred = (name: string, value: number): DocumentedCase[] =>
  inWords(over(name, 'range x from 1 to 100 step 1', `${name}(x, x % 2 == 0)`, [[value]]));

/** What the page on `summarize` prints for no rows. The page has `count(x)` too, which the analyser takes for an error. */
const overNothing: DocumentedCase[] = [
  ...['count', 'countif', 'dcount', 'dcountif'].map((name) =>
    over(name, NO_ROWS, 'count(), countif(x > 0), dcount(x), dcountif(x, x > 0)', [[0, 0, 0, 0]], 'summarize-operator'),
  ),
  ...['take_any', 'max', 'min', 'percentile', 'sum', 'sumif'].map((name) =>
    over(
      name,
      NO_ROWS,
      'any_x=take_any(x), max(x), min(x), percentile(x, 55), sum(x), sumif(x, x > 0)',
      [[null, null, null, null, 0, 0]],
      'summarize-operator',
    ),
  ),
  over('make_set', NO_ROWS, 'make_set(x), make_list(x)', [[[], []]], 'summarize-operator'),
];

const counts: DocumentedCase[] = [
  ...byState('count', 'count()', 3, 2),
  over('countif', NAMES, 'countif(strlen(name) > 4)', [[2]]),
  ...byState('dcount', 'dcount(EventType)', 2, 2),
  ...byState('dcount', 'dcount(EventType, 2)', 2, 2),
  ...byState('dcountif', 'dcountif(EventType, Deaths > 0)', 2, 0),
  ...byState('count_distinct', 'count_distinct(EventType)', 2, 2),
  ...byState('count_distinctif', 'count_distinctif(EventType, Deaths > 0)', 2, 0),
];

const numbers: DocumentedCase[] = [
  ...byState('sum', 'sum(Damage)', 600, 100),
  over('sumif', NAMES, 'sumif(day_of_birth, strlen(name) > 4)', [[32]]),
  over('avg', NULL_FIRST(4), 'sum(y), avg(y)', [[15, 5]], 'summarize-operator'),
  ...overHundred('avgif', 51),
  over(
    'min',
    'datatable(StartTime:datetime)[datetime(2007-01-01 00:25), datetime(2007-01-01)]',
    'FirstEvent=min(StartTime)',
    [['2007-01-01T00:00:00Z']],
  ),
  over(
    'max',
    'datatable(StartTime:datetime)[datetime(2007-12-31 23:53), datetime(2007-01-01)]',
    'LatestEvent=max(StartTime)',
    [['2007-12-31T23:53:00Z']],
  ),
  ...overHundred('minif', 2),
  ...overHundred('maxif', 100),
  ...inWords(
    over(
      'percentile',
      'datatable(v:long)[15, 20, 35, 40, 50]',
      'percentile(v, 0), percentile(v, 5), percentile(v, 30), percentile(v, 40), percentile(v, 50), percentile(v, 100)',
      [[15, 15, 20, 20, 35, 50]],
      'percentiles-aggregation-function',
    ),
    over('percentiles', 'datatable(v:long)[15, 20, 35, 40, 50]', 'percentiles(v, 5, 50, 95)', [[15, 35, 50]]),
  ),
];

const rows: DocumentedCase[] = [
  over('arg_max', FRUIT, 'arg_max(Version, *) by Fruit', [
    ['Apple', 1, 'Red'],
    ['Banana', null, 'Yellow'],
    ['Pear', 2, 'Green'],
  ]),
  over('arg_min', FRUIT, 'arg_min(Version, *) by Fruit', [
    ['Apple', 1, 'Red'],
    ['Banana', null, 'Yellow'],
    ['Pear', 1, 'Brown'],
  ]),
  over(
    'take_any',
    'datatable(StartTime:datetime, EpisodeId:int, State:string, EventType:string)[datetime(2007-09-29 08:11), 11091, "ATLANTIC SOUTH", "Waterspout"]',
    'take_any(*)',
    [['2007-09-29T08:11:00Z', 11091, 'ATLANTIC SOUTH', 'Waterspout']],
  ),
  ...byState('any', 'any(State)', 'TEXAS', 'OHIO', 'take-any-aggregation-function'),
  ...inWords(over('take_anyif', STORMS, 'take_anyif(EventType, EventType has "tornado")', [['Tornado']])),
];

const collections: DocumentedCase[] = [
  over('make_list', SHAPES, 'mylist = make_list(name)', [
    [['triangle', 'square', 'rectangle', 'pentagon', 'hexagon', 'heptagon', 'octagon', 'nonagon', 'decagon']],
  ]),
  over('make_list', SHAPES, `mylist = make_list(name) ${BY_PARITY}`, [
    [false, ['triangle', 'pentagon', 'heptagon', 'nonagon']],
    [true, ['square', 'rectangle', 'hexagon', 'octagon', 'decagon']],
  ]),
  over('make_list_if', NAMES, 'make_list_if(name, strlen(name) > 4)', [[['George', 'Ringo']]]),
  over('make_set', CROPS, 'states=make_set(State) by DamageCrops', [
    [30000, ['TEXAS', 'NEBRASKA', 'IOWA', 'MINNESOTA', 'WISCONSIN']],
    [14000000, ['CALIFORNIA', 'NORTH DAKOTA']],
  ]),
  over('make_set', VALUES, 'Val_set=make_set(Val), Arr1_set=make_set(Arr1)', [
    [
      [1, 5, 7],
      ['A1', 'A2', 'A3', 'C1', 'C2'],
    ],
  ]),
  over('make_set', NULL_FIRST(2), 'make_set(y), make_set(y)', [[[5], [5]]], 'summarize-operator'),
  over('make_set_if', NAMES, 'make_set_if(name, strlen(name) > 4)', [[['George', 'Ringo']]]),
  over('make_bag', PROPERTIES, 'dict=make_bag(p)', [[{ prop01: 'val_a', prop02: 'val_b', prop03: 'val_c' }]]),
  over('make_bag_if', PROPERTIES, 'dict=make_bag_if(p, predicate)', [[{ prop01: 'val_a', prop03: 'val_c' }]]),
];

export const DOCUMENTED_AGGREGATES: readonly DocumentedCase[] = [
  ...overNothing,
  ...counts,
  ...numbers,
  ...rows,
  ...collections,
];
