import type { DocumentedCase } from './case';

const X = "let X = datatable(Key:string, Value1:long)['a',1, 'b',2, 'b',3, 'c',4]";
const Y = "let Y = datatable(Key:string, Value2:long)['b',10, 'c',20, 'c',30, 'd',40]";
const joined = (kind: string): string => `${X}; ${Y}; X | join kind=${kind} Y on Key`;
const SEMI = "datatable(Name: string, Age: long)['Luca', 30, 'Mia', 20]";

/** The `X` and `Y` of the pages on the kinds of join, with the rows in the order of this interpreter. */
const joins: DocumentedCase[] = [
  {
    of: 'join kind=innerunique',
    page: 'join-innerunique',
    query: joined('innerunique'),
    rows: [
      ['b', 2, 'b', 10],
      ['c', 4, 'c', 20],
      ['c', 4, 'c', 30],
    ],
  },
  {
    of: 'join kind=inner',
    page: 'join-inner',
    query: joined('inner'),
    rows: [
      ['b', 2, 'b', 10],
      ['b', 3, 'b', 10],
      ['c', 4, 'c', 20],
      ['c', 4, 'c', 30],
    ],
  },
  {
    of: 'join kind=leftouter',
    page: 'join-leftouter',
    query: joined('leftouter'),
    rows: [
      ['a', 1, '', null],
      ['b', 2, 'b', 10],
      ['b', 3, 'b', 10],
      ['c', 4, 'c', 20],
      ['c', 4, 'c', 30],
    ],
  },
  {
    of: 'join kind=rightouter',
    page: 'join-rightouter',
    query: joined('rightouter'),
    rows: [
      ['b', 2, 'b', 10],
      ['b', 3, 'b', 10],
      ['c', 4, 'c', 20],
      ['c', 4, 'c', 30],
      ['', null, 'd', 40],
    ],
  },
  {
    of: 'join kind=fullouter',
    page: 'join-fullouter',
    query: joined('fullouter'),
    rows: [
      ['a', 1, '', null],
      ['b', 2, 'b', 10],
      ['b', 3, 'b', 10],
      ['c', 4, 'c', 20],
      ['c', 4, 'c', 30],
      ['', null, 'd', 40],
    ],
  },
  {
    of: 'join kind=leftsemi',
    page: 'join-leftsemi',
    query: joined('leftsemi'),
    rows: [
      ['b', 2],
      ['b', 3],
      ['c', 4],
    ],
  },
  {
    of: 'join kind=rightsemi',
    page: 'join-rightsemi',
    query: joined('rightsemi'),
    rows: [
      ['b', 10],
      ['c', 20],
      ['c', 30],
    ],
  },
  ...['leftanti', 'leftantisemi', 'anti'].map((kind) => ({
    of: `join kind=${kind}`,
    page: 'join-leftanti',
    query: joined(kind),
    rows: [['a', 1]],
  })),
  ...['rightanti', 'rightantisemi'].map((kind) => ({
    of: `join kind=${kind}`,
    page: 'join-rightanti',
    query: joined(kind),
    rows: [['d', 40]],
  })),
];

const METRICS = `let data = datatable(timestamp:datetime, metric: real)[
  datetime(2016-12-31T06:00), 50, datetime(2017-01-01), 4, datetime(2017-01-02), 3, datetime(2017-01-03), 4,
  datetime(2017-01-03T03:00), 6, datetime(2017-01-05), 8, datetime(2017-01-05T13:40), 13, datetime(2017-01-06), 4,
  datetime(2017-01-07), 3, datetime(2017-01-08), 8, datetime(2017-01-08T21:00), 8, datetime(2017-01-09), 2,
  datetime(2017-01-09T12:00), 11, datetime(2017-01-10T05:00), 5];
  let interval = 1d; let stime = datetime(2017-01-01); let etime = datetime(2017-01-10)`;
const NINE_DAYS = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((day) => `2017-01-0${day}T00:00:00Z`);

const series: DocumentedCase[] = [
  {
    of: 'MakeSeriesOperator',
    page: 'make-series-operator',
    query: `${METRICS}; data | make-series avg(metric) on timestamp from stime to etime step interval`,
    rows: [[[4, 3, 5, 0, 10.5, 4, 3, 8, 6.5], NINE_DAYS]],
  },
  {
    of: 'MakeSeriesOperator',
    page: 'make-series-operator',
    query: `${METRICS}; data | take 0 | make-series avg(metric) default=1.0 on timestamp from stime to etime step interval | count`,
    rows: [[0]],
  },
  {
    of: 'MakeSeriesOperator',
    page: 'make-series-operator',
    query: `${METRICS}; data | take 0 | make-series kind=nonempty avg(metric) default=1.0 on timestamp from stime to etime step interval`,
    rows: [[NINE_DAYS.map(() => 1), NINE_DAYS]],
  },
];

const ARRAYS = (first: string, second: string): string =>
  `let data = datatable (index: int, Arr: dynamic)[0, dynamic(${first}), 1, dynamic(${second})]; data`;

const arrays: DocumentedCase[] = [
  {
    of: 'MvExpandOperator',
    page: 'mv-expand-operator',
    query: "datatable (a: int, b: dynamic)[1, dynamic([10, 20]), 2, dynamic(['a', 'b'])] | mv-expand b",
    rows: [
      [1, 10],
      [1, 20],
      [2, 'a'],
      [2, 'b'],
    ],
  },
  {
    of: 'MvExpandOperator',
    page: 'mv-expand-operator',
    query:
      'datatable (a: int, b: dynamic)[1, dynamic({"prop1": "a1", "prop2": "b1"})] | mv-expand kind=array b | extend key = b[0], val=b[1]',
    rows: [
      [1, ['prop1', 'a1'], 'prop1', 'a1'],
      [1, ['prop2', 'b1'], 'prop2', 'b1'],
    ],
  },
  {
    of: 'MvExpandOperator',
    page: 'mv-expand-operator',
    query:
      'datatable (a: int, b: dynamic, c: dynamic)[1, dynamic({"prop1": "a", "prop2": "b"}), dynamic([5, 4, 3])] | mv-expand b, c',
    rows: [
      [1, { prop1: 'a' }, 5],
      [1, { prop2: 'b' }, 4],
      [1, null, 3],
    ],
  },
  {
    of: 'MvExpandOperator',
    page: 'mv-expand-operator',
    query:
      'range x from 1 to 4 step 1 | summarize x = make_list(x) | mv-expand with_itemindex=Index x | project x, Index',
    rows: [
      [1, 0],
      [2, 1],
      [3, 2],
      [4, 3],
    ],
  },
  {
    of: 'MvApplyOperator',
    page: 'mv-apply-operator',
    query: `${ARRAYS('[7]', '[6, 11, 7]')} | mv-apply Arr2=Arr to typeof(long) on (take 100) | project index, Arr2`,
    rows: [
      [0, 7],
      [1, 6],
      [1, 11],
      [1, 7],
    ],
  },
  {
    of: 'MvApplyOperator',
    page: 'mv-apply-operator',
    query: `${ARRAYS('[1, 5, 3]', '[10, 2, 5, 7]')} | mv-apply topElem=Arr to typeof(long) on (top 1 by topElem)`,
    rows: [
      [0, [1, 5, 3], 5],
      [1, [10, 2, 5, 7], 10],
    ],
  },
  {
    of: 'MvApplyOperator',
    page: 'mv-apply-operator',
    query: `${ARRAYS('[5, 1, 3]', '[4, 10, 8, 7]')} | mv-apply Arr2=Arr to typeof(long) on (top 2 by Arr2 | summarize Top2=make_list(Arr2))`,
    rows: [
      [0, [5, 1, 3], [5, 3]],
      [1, [4, 10, 8, 7], [10, 8]],
    ],
  },
  {
    of: 'MvApplyOperator',
    page: 'mv-apply-operator',
    query: `${ARRAYS('[5, 1, 3]', '[4, 10, 8, 7]')} | mv-apply with_itemindex=i value=Arr to typeof(long) on (where i >= 2) | project index, value, i`,
    rows: [
      [0, 3, 2],
      [1, 8, 2],
      [1, 7, 3],
    ],
  },
  {
    of: 'MvApplyOperator',
    page: 'mv-apply-operator',
    query: `datatable (Val: int, Arr1: dynamic, Arr2: dynamic)
      [1, dynamic(['A1', 'A2']), dynamic(['B1', 'B2', 'B3']), 5, dynamic(['C1', 'C2']), dynamic(['D1'])]
      | mv-apply T1=Arr1, T2=Arr2 on (extend Out = strcat(T1, "_", T2) | summarize Out= make_list(Out)) | project Val, Out`,
    rows: [
      [1, ['A1_B1', 'A2_B2', '_B3']],
      [5, ['C1_D1', 'C2_']],
    ],
  },
];

const CONTACTS = `datatable(Contacts: string)[
  "Event: LeadContact (email=john@contosohotel.com, Website=https:contosohotel.com)",
  "Event: LeadContact (email=abi@fourthcoffee.com, Website=https:www.fourthcoffee.com)"]`;
const slices = (...numbers: string[]): string =>
  `datatable(EventText: string)[${numbers
    .map(
      (number) => `"Event: NotifySliceRelease (resourceName=PipelineScheduler, totalSlices=${number}, sliceNumber=20)"`,
    )
    .join(', ')}]`;
const SLICES =
  'EventText with * "resourceName=" resourceName ", totalSlices=" totalSlices: long * "sliceNumber=" sliceNumber: long * | project-away EventText';

const parsing: DocumentedCase[] = [
  {
    of: 'ParseOperator',
    page: 'parse-operator',
    query: `${CONTACTS} | parse Contacts with * "email=" alias:string "@" domain: string ", Website=https:" WebsiteDomain: string ")"
      | project EmailAddress=strcat(alias, "@", domain), alias, WebsiteDomain`,
    rows: [
      ['john@contosohotel.com', 'john', 'contosohotel.com'],
      ['abi@fourthcoffee.com', 'abi', 'www.fourthcoffee.com'],
    ],
  },
  {
    of: 'ParseOperator',
    page: 'parse-where-operator',
    query: `${slices('27', 'invalid_number')} | parse ${SLICES}`,
    rows: [
      ['PipelineScheduler', 27, 20],
      ['', null, null],
    ],
  },
  {
    of: 'ParseWhereOperator',
    page: 'parse-where-operator',
    query: `${slices('27', 'invalid_number')} | parse-where ${SLICES}`,
    rows: [['PipelineScheduler', 27, 20]],
  },
];

const columns: DocumentedCase[] = [
  {
    of: 'ProjectOperator',
    page: 'project-operator',
    query: 'range x from 1 to 2 step 1 | project y = x * 2, x',
    rows: [
      [2, 1],
      [4, 2],
    ],
  },
  {
    of: 'ProjectAwayOperator',
    page: 'project-away-operator',
    query: 'print a1 = 1, b = 2, a2 = 3 | project-away a*',
    rows: [[2]],
  },
  {
    of: 'ProjectKeepOperator',
    page: 'project-keep-operator',
    query: 'print a1 = 1, b = 2, a2 = 3 | project-keep a*',
    rows: [[1, 3]],
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
    query:
      'datatable(StartTime:datetime, EndTime:datetime)[datetime(2007-01-01 10:00), datetime(2007-01-01 11:08)] | extend Duration = EndTime - StartTime | project Duration',
    rows: [['01:08:00']],
  },
  {
    of: 'SerializeOperator',
    page: 'serialize-operator',
    query: "datatable(id:string)['x', 'y'] | serialize rn = row_number()",
    rows: [
      ['x', 1],
      ['y', 2],
    ],
  },
];

const rows: DocumentedCase[] = [
  {
    of: 'FilterOperator',
    page: 'where-operator',
    query: `${SEMI} | where Age > 20 and Name == 'Luca'`,
    rows: [['Luca', 30]],
  },
  {
    of: 'SortOperator',
    page: 'sort-operator',
    query: 'range x from 1 to 3 step 1 | extend y = iff(x == 2, long(null), x) | sort by y | project y',
    rows: [[3], [1], [null]],
  },
  {
    of: 'SortOperator',
    page: 'sort-operator',
    query: "datatable(State:string, Start:int)['TEXAS',1, 'ALABAMA',2, 'TEXAS',3] | sort by State asc, Start desc",
    rows: [
      ['ALABAMA', 2],
      ['TEXAS', 3],
      ['TEXAS', 1],
    ],
  },
  {
    of: 'TopOperator',
    page: 'top-operator',
    query: 'datatable(InjuriesDirect:int)[10, 400, 519, 200] | top 3 by InjuriesDirect',
    rows: [[519], [400], [200]],
  },
  {
    of: 'TakeOperator',
    page: 'take-operator',
    query: 'range x from 1 to 10 step 1 | take 0 | count',
    rows: [[0]],
  },
  {
    of: 'CountOperator',
    page: 'count-operator',
    query: 'range x from 1 to 7 step 1 | count',
    rows: [[7]],
  },
  {
    of: 'DistinctOperator',
    page: 'distinct-operator',
    query: "datatable(a:int, b:string)[1,'x', 1,'x', 2,'y'] | distinct a, b",
    rows: [
      [1, 'x'],
      [2, 'y'],
    ],
  },
  {
    of: 'SummarizeOperator',
    page: 'summarize-operator',
    query: 'range x from 1 to 4 step 1 | extend y = iff(x == 1, real(null), real(5)) | summarize sum(y), avg(y)',
    rows: [[15, 5]],
  },
  {
    of: 'SummarizeOperator',
    page: 'summarize-operator',
    query: 'datatable(x:long)[] | summarize countif(x > 0), dcount(x), dcountif(x, x > 0)',
    rows: [[0, 0, 0]],
  },
  {
    of: 'SummarizeOperator',
    page: 'summarize-operator',
    query: 'datatable(x:long)[] | summarize make_set(x), make_list(x)',
    rows: [[[], []]],
  },
  {
    of: 'LookupOperator',
    page: 'lookup-operator',
    query: `let FactTable=datatable(Row:string,Personal:string,Family:string)
      ["1","Bill","Gates", "2","Bill","Clinton", "4","Steve","Ballmer", "5","Tim","Cook"];
      let DimTable=datatable(Personal:string,Family:string,Alias:string)
      ["Bill","Gates","billg", "Bill","Clinton","billc", "Steve","Ballmer","steveb", "Tim","Cook","timc"];
      FactTable | lookup kind=leftouter DimTable on Personal, Family`,
    rows: [
      ['1', 'Bill', 'Gates', 'billg'],
      ['2', 'Bill', 'Clinton', 'billc'],
      ['4', 'Steve', 'Ballmer', 'steveb'],
      ['5', 'Tim', 'Cook', 'timc'],
    ],
  },
  {
    of: 'JoinOperator',
    page: 'join-operator',
    query: `${X}; ${Y}; X | join Y on Key`,
    rows: [
      ['b', 2, 'b', 10],
      ['c', 4, 'c', 20],
      ['c', 4, 'c', 30],
    ],
  },
  {
    of: 'UnionOperator',
    page: 'union-operator',
    query:
      'let View_1 = view () { print x=1 }; let View_2 = view () { print x=1 }; union isfuzzy=true (View_1 | where x > 0), (View_2 | where x > 0), View_3 | count',
    rows: [[2]],
  },
  {
    of: 'UnionOperator',
    page: 'union-operator',
    query: 'let View_1 = view () { print x=1 }; let View_2 = view () { print x=toint(2) }; union View_1, View_2',
    rows: [
      [1, null],
      [null, 2],
    ],
  },
  {
    of: 'AsOperator',
    page: 'as-operator',
    query: `datatable(Id:int, type:string, Name:string)[1,'Event','Start', 1,'Event','Stop', 2,'Other','Start']
      | where type == "Event" | as T | where Name == "Start" | join (T | where Name == "Stop") on Id | project Id, Name, Name1`,
    rows: [[1, 'Start', 'Stop']],
  },
  {
    of: 'RenderOperator',
    page: 'render-operator',
    query: 'range x from -2 to 2 step 1 | extend sign = x > 0 | where x == 2 | render linechart',
    rows: [[2, true]],
  },
];

const sources: DocumentedCase[] = [
  { of: 'PipeExpression', page: 'tabular-expression-statements', query: 'print x = 1 | count', rows: [[1]] },
  { of: 'ParenthesizedExpression', page: 'tabular-expression-statements', query: '(print x = 1) | count', rows: [[1]] },
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
    query: 'range LastWeek from bin(datetime(2015-12-12 10:00), 1d) - 2d to datetime(2015-12-12) step 1d',
    rows: [['2015-12-10T00:00:00Z'], ['2015-12-11T00:00:00Z'], ['2015-12-12T00:00:00Z']],
  },
  {
    of: 'DataTableExpression',
    page: 'datatable-operator',
    query:
      "datatable(Date:datetime, Event:string, MoreData:dynamic) [datetime(1910-06-11), 'Born', dynamic({'key1':'value1'}), datetime(1930-01-01), 'Enters Ecole Navale', dynamic({'key1':'value3'})] | where strlen(Event) > 4",
    rows: [['1930-01-01T00:00:00Z', 'Enters Ecole Navale', { key1: 'value3' }]],
  },
  {
    of: 'NameReference',
    page: 'let-statement',
    query: 'let numbers = range x from 1 to 3 step 1; numbers | where x > 2',
    rows: [[3]],
  },
  {
    of: 'FunctionCallExpression',
    page: 'functions/user-defined-functions',
    query: 'let MyFilter = (T:(x:long), v:long) { T | where x >= v }; MyFilter((range x from 1 to 10 step 1), 9)',
    rows: [[9], [10]],
  },
  {
    of: 'MaterializeExpression',
    page: 'materialize-function',
    query: 'let numbers = materialize(range x from 1 to 3 step 1); numbers | union numbers | count',
    rows: [[6]],
  },
];

export const DOCUMENTED_OPERATORS: readonly DocumentedCase[] = [
  ...joins,
  ...series,
  ...arrays,
  ...parsing,
  ...columns,
  ...rows,
  ...sources,
];
