import { type DocumentedCase, inWords } from './case';

const columns: DocumentedCase[] = [
  {
    of: 'ProjectOperator',
    page: 'project-operator',
    query: `datatable(State:string, EventType:string, EventId:int)["ATLANTIC SOUTH","Waterspout",61032, "FLORIDA","Heavy Rain",60904]
      | project EventId, State, EventType`,
    rows: [
      [61032, 'ATLANTIC SOUTH', 'Waterspout'],
      [60904, 'FLORIDA', 'Heavy Rain'],
    ],
  },
  {
    of: 'ProjectAwayOperator',
    page: 'project-away-operator',
    query:
      'datatable(State:string, Population:long)["ALABAMA", 4918690, "CALIFORNIA", 39562900] | project-away Population',
    rows: [['ALABAMA'], ['CALIFORNIA']],
  },
  {
    of: 'ProjectKeepOperator',
    page: 'project-keep-operator',
    query: 'datatable(A1:long, A2:long, B:long) [1, 2, 3] | project-keep A*',
    rows: [[1, 2]],
  },
  {
    of: 'ProjectReorderOperator',
    page: 'project-reorder-operator',
    query: "print a='a', b='b', c='c' | project-reorder b",
    rows: [['b', 'a', 'c']],
  },
  {
    of: 'ProjectReorderOperator',
    page: 'project-reorder-operator',
    query: "print b = 'b', a2='a2', a3='a3', a1='a1' | project-reorder a* asc",
    rows: [['a1', 'a2', 'a3', 'b']],
  },
  {
    of: 'ProjectRenameOperator',
    page: 'project-rename-operator',
    query: "print a='a', b='b', c='c' | project-rename new_b=b, new_a=a",
    rows: [['a', 'b', 'c']],
  },
  {
    of: 'ExtendOperator',
    page: 'extend-operator',
    query: `datatable(EndTime:datetime, StartTime:datetime)[datetime(2007-01-01T00:25:00), datetime(2007-01-01T00:25:00),
      datetime(2007-01-01T04:37:00), datetime(2007-01-01T03:37:00)] | extend Duration = EndTime - StartTime`,
    rows: [
      ['2007-01-01T00:25:00Z', '2007-01-01T00:25:00Z', '00:00:00'],
      ['2007-01-01T04:37:00Z', '2007-01-01T03:37:00Z', '01:00:00'],
    ],
  },
  ...inWords({
    of: 'SerializeOperator',
    page: 'serialize-operator',
    query: "datatable(id:string)['x', 'y'] | serialize rn = row_number()",
    rows: [
      ['x', 1],
      ['y', 2],
    ],
  }),
];

const rows: DocumentedCase[] = [
  {
    of: 'FilterOperator',
    page: 'between-operator',
    query: 'range x from 1 to 100 step 1 | where x between (50 .. 55)',
    rows: [[50], [51], [52], [53], [54], [55]],
  },
  {
    of: 'SortOperator',
    page: 'sort-operator',
    query: `datatable(StartTime:datetime, State:string, EventType:string)[datetime(2007-12-21T14:30), "ALABAMA", "Strong Wind",
      datetime(2007-12-28T12:10), "ALABAMA", "Hail", datetime(2007-12-28T04:30), "ALABAMA", "Hail"] | sort by State asc, StartTime desc`,
    rows: [
      ['2007-12-28T12:10:00Z', 'ALABAMA', 'Hail'],
      ['2007-12-28T04:30:00Z', 'ALABAMA', 'Hail'],
      ['2007-12-21T14:30:00Z', 'ALABAMA', 'Strong Wind'],
    ],
  },
  ...inWords(
    {
      of: 'SortOperator',
      page: 'sort-operator',
      query: 'range x from 1 to 3 step 1 | extend y = iff(x == 2, long(null), x) | sort by y | project y',
      rows: [[3], [1], [null]],
    },
    {
      of: 'SortOperator',
      page: 'sort-operator',
      query: 'range x from 1 to 3 step 1 | extend y = iff(x == 2, long(null), x) | sort by y asc | project y',
      rows: [[null], [1], [3]],
    },
  ),
  {
    of: 'TopOperator',
    page: 'top-operator',
    query: 'datatable(InjuriesDirect:int)[200, 519, 0, 422] | top 3 by InjuriesDirect',
    rows: [[519], [422], [200]],
  },
  {
    of: 'DistinctOperator',
    page: 'distinct-operator',
    query: `datatable(State:string, EventType:string)["TEXAS","Winter Weather", "KANSAS","Tornado", "KANSAS","Tornado",
      "MISSOURI","Excessive Heat"] | distinct State, EventType`,
    rows: [
      ['TEXAS', 'Winter Weather'],
      ['KANSAS', 'Tornado'],
      ['MISSOURI', 'Excessive Heat'],
    ],
  },
  {
    of: 'SummarizeOperator',
    page: 'summarize-operator',
    query: `datatable(State:string, EventType:string)["TEXAS","Flash Flood", "TEXAS","Flood", "TEXAS","Flash Flood"]
      | summarize by State, EventType`,
    rows: [
      ['TEXAS', 'Flash Flood'],
      ['TEXAS', 'Flood'],
    ],
  },
  {
    of: 'SummarizeOperator',
    page: 'bin-at-function',
    query: `datatable(Date:datetime, NumOfEvents:int)[datetime(2018-02-24T15:14),3, datetime(2018-02-24T15:24),4,
      datetime(2018-02-23T16:14),4, datetime(2018-02-23T17:29),4, datetime(2018-02-26T15:14),5]
      | summarize TotalEvents=sum(NumOfEvents) by bin_at(Date, 1d, datetime(2018-02-24 15:14:00.0000000)) | sort by Date asc`,
    rows: [
      ['2018-02-23T15:14:00Z', 8],
      ['2018-02-24T15:14:00Z', 7],
      ['2018-02-26T15:14:00Z', 5],
    ],
  },
  ...inWords({
    of: 'RenderOperator',
    page: 'render-operator',
    query: 'range x from -2 to 2 step 1 | extend sign = x > 0 | where x == 2 | render linechart',
    rows: [[2, true]],
  }),
];

const NOW = 'let now = datetime(2015-12-12 09:10:04.627)';

const sources: DocumentedCase[] = [
  ...inWords(
    { of: 'PipeExpression', page: 'tabular-expression-statements', query: 'print x = 1 | count', rows: [[1]] },
    {
      of: 'ParenthesizedExpression',
      page: 'functions/user-defined-functions',
      query: 'let T=(){ range x from 1 to 2 step 1 }; union T, (T()) | count',
      rows: [[4]],
    },
    {
      of: 'MaterializeExpression',
      page: 'materialize-function',
      query: 'let numbers = materialize(range x from 1 to 3 step 1); numbers | union numbers | count',
      rows: [[6]],
    },
  ),
  {
    of: 'PrintOperator',
    page: 'print-operator',
    query: 'print 0 + 1 + 2 + 3 + 4 + 5, x = "Wow!"',
    rows: [[15, 'Wow!']],
  },
  {
    of: 'RangeOperator',
    page: 'range-operator',
    query: 'range Steps from 1 to 8 step 3',
    rows: [[1], [4], [7]],
  },
  {
    of: 'RangeOperator',
    page: 'range-operator',
    query: `${NOW}; range LastWeek from now - 7d to now step 1d | where LastWeek !between (now - 5d .. now - 1d)`,
    rows: [['2015-12-05T09:10:04.627Z'], ['2015-12-06T09:10:04.627Z'], ['2015-12-12T09:10:04.627Z']],
  },
  {
    of: 'DataTableExpression',
    page: 'datatable-operator',
    query: `datatable(Date:datetime, Event:string, MoreData:dynamic) [
      datetime(1910-06-11), "Born", dynamic({"key1":"value1", "key2":"value2"}),
      datetime(1930-01-01), "Enters Ecole Navale", dynamic({"key1":"value3", "key2":"value4"}),
      datetime(1953-01-01), "Published first book", dynamic({"key1":"value5", "key2":"value6"}),
      datetime(1997-06-25), "Died", dynamic({"key1":"value7", "key2":"value8"})]
      | where strlen(Event) > 4 | extend key2 = MoreData.key2`,
    rows: [
      ['1930-01-01T00:00:00Z', 'Enters Ecole Navale', { key1: 'value3', key2: 'value4' }, 'value4'],
      ['1953-01-01T00:00:00Z', 'Published first book', { key1: 'value5', key2: 'value6' }, 'value6'],
    ],
  },
  {
    of: 'FunctionCallExpression',
    page: 'functions/user-defined-functions',
    query: 'let MyFilter = (T:(x:long), v:long) { T | where x >= v }; MyFilter((range x from 1 to 10 step 1), 9)',
    rows: [[9], [10]],
  },
  {
    of: 'FunctionCallExpression',
    page: 'let-statement',
    query: `let foo1 = (_start:long, _end:long, _step:long) { range x from _start to _end step _step };
      let foo2 = (_step:long) { foo1(1, 100, _step) }; foo2(2) | count`,
    rows: [[50]],
  },
];

/** Examples of operators over one table and of where rows come from. */
export const DOCUMENTED_OPERATORS: readonly DocumentedCase[] = [...columns, ...rows, ...sources];
