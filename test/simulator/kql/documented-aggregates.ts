import type { DocumentedCase } from './case';

const NAMES = 'datatable(name:string, day_of_birth:long)["John", 9, "Paul", 18, "George", 25, "Ringo", 7]';
const SHAPES =
  'datatable (name: string, sides: int)["triangle", 3, "square", 4, "rectangle", 4, "pentagon", 5, "hexagon", 6, "heptagon", 7]';
const PROPERTIES =
  'datatable(prop:string, value:string, predicate:bool)["prop01","val_a",true, "prop02","val_b",false, "prop03","val_c",true] | extend p = bag_pack(prop, value)';
const FRUIT = `datatable(Fruit: string, Color: string, Version: int)["Apple","Red",1, "Apple","Green",int(null),
  "Banana","Yellow",int(null), "Banana","Green",int(null), "Pear","Brown",1, "Pear","Green",2]`;
/** A few rows of the table that most pages use, of which they print parts of the answer only. */
const STORMS = `datatable(State:string, EventType:string, Deaths:long, Damage:long)["TEXAS","Flood",1,100, "TEXAS","Flood",0,300,
  "TEXAS","Heat",2,200, "OHIO","Flood",0,50, "OHIO","Tornado",0,50]`;

const over = (name: string, page: string, source: string, summary: string, rows: unknown[][]): DocumentedCase => ({
  of: `${name}()`,
  page,
  query: `${source} | summarize ${summary}`,
  rows,
});
const byState = (name: string, call: string, texas: unknown, ohio: unknown, page?: string): DocumentedCase =>
  over(name, page ?? `${name.replaceAll('_', '-')}-aggregation-function`, STORMS, `v = ${call} by State`, [
    ['TEXAS', texas],
    ['OHIO', ohio],
  ]);

export const DOCUMENTED_AGGREGATES: readonly DocumentedCase[] = [
  byState('count', 'count()', 3, 2),
  over('countif', 'countif-aggregation-function', NAMES, 'countif(strlen(name) > 4)', [[2]]),
  byState('dcount', 'dcount(EventType)', 2, 2),
  byState('dcount', 'dcount(EventType, 2)', 2, 2),
  byState('dcountif', 'dcountif(EventType, Deaths > 0)', 2, 0),
  byState('count_distinct', 'count_distinct(EventType)', 2, 2),
  byState('count_distinctif', 'count_distinctif(EventType, Deaths > 0)', 2, 0),
  byState('sum', 'sum(Damage)', 600, 100),
  over('sumif', 'sumif-aggregation-function', NAMES, 'sumif(day_of_birth, strlen(name) > 4)', [[32]]),
  byState('avg', 'avg(Damage)', 200, 50),
  over(
    'avg',
    'summarize-operator',
    'range x from 1 to 4 step 1 | extend y = iff(x == 1, real(null), real(5))',
    'avg(y)',
    [[5]],
  ),
  over('avgif', 'avgif-aggregation-function', 'range x from 1 to 100 step 1', 'avgif(x, x % 2 == 0)', [[51]]),
  byState('min', 'min(Damage)', 100, 50),
  byState('max', 'max(Damage)', 300, 50),
  over('minif', 'minif-aggregation-function', 'range x from 1 to 100 step 1', 'minif(x, x % 2 == 0)', [[2]]),
  over('maxif', 'maxif-aggregation-function', 'range x from 1 to 100 step 1', 'maxif(x, x % 2 == 0)', [[100]]),
  over(
    'percentile',
    'percentiles-aggregation-function',
    'datatable(v:long)[15, 20, 35, 40, 50]',
    'percentile(v, 0), percentile(v, 5), percentile(v, 30), percentile(v, 40), percentile(v, 50), percentile(v, 100)',
    [[15, 15, 20, 20, 35, 50]],
  ),
  over(
    'percentiles',
    'percentiles-aggregation-function',
    'datatable(v:long)[15, 20, 35, 40, 50]',
    'percentiles(v, 5, 50, 95)',
    [[15, 35, 50]],
  ),
  over('arg_max', 'arg-max-aggregation-function', FRUIT, 'arg_max(Version, *) by Fruit', [
    ['Apple', 1, 'Red'],
    ['Banana', null, 'Yellow'],
    ['Pear', 2, 'Green'],
  ]),
  over('arg_min', 'arg-min-aggregation-function', FRUIT, 'arg_min(Version, *) by Fruit', [
    ['Apple', 1, 'Red'],
    ['Banana', null, 'Yellow'],
    ['Pear', 1, 'Brown'],
  ]),
  over('make_list', 'make-list-aggregation-function', SHAPES, 'mylist = make_list(name)', [
    [['triangle', 'square', 'rectangle', 'pentagon', 'hexagon', 'heptagon']],
  ]),
  over(
    'make_list',
    'make-list-aggregation-function',
    SHAPES,
    'mylist = make_list(name) by isEvenSideCount = sides % 2 == 0',
    [
      [false, ['triangle', 'pentagon', 'heptagon']],
      [true, ['square', 'rectangle', 'hexagon']],
    ],
  ),
  over('make_list_if', 'make-list-if-aggregation-function', NAMES, 'make_list_if(name, strlen(name) > 4)', [
    [['George', 'Ringo']],
  ]),
  byState('make_set', 'make_set(EventType)', ['Flood', 'Heat'], ['Flood', 'Tornado']),
  over(
    'make_set',
    'summarize-operator',
    'range x from 1 to 2 step 1 | extend y = iff(x == 1, real(null), real(5))',
    'make_set(y)',
    [[[5]]],
  ),
  over('make_set_if', 'make-set-if-aggregation-function', NAMES, 'make_set_if(name, strlen(name) > 4)', [
    [['George', 'Ringo']],
  ]),
  over('make_bag', 'make-bag-aggregation-function', PROPERTIES, 'dict=make_bag(p)', [
    [{ prop01: 'val_a', prop02: 'val_b', prop03: 'val_c' }],
  ]),
  over('make_bag_if', 'make-bag-if-aggregation-function', PROPERTIES, 'dict=make_bag_if(p, predicate)', [
    [{ prop01: 'val_a', prop03: 'val_c' }],
  ]),
  byState('take_any', 'take_any(State)', 'TEXAS', 'OHIO'),
  byState('any', 'any(State)', 'TEXAS', 'OHIO', 'take-any-aggregation-function'),
  over('take_anyif', 'take-anyif-aggregation-function', STORMS, 'take_anyif(EventType, EventType has "tornado")', [
    ['Tornado'],
  ]),
];
