import type { DocumentedCase } from './case';

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
  ...['MakeSeriesOperator', 'TakeOperator', 'CountOperator'].map((of) => ({
    of,
    page: 'make-series-operator',
    query: `${METRICS}; data | take 0 | make-series avg(metric) default=1.0 on timestamp from stime to etime step interval | count`,
    rows: [[0]],
  })),
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
      'datatable (a: int, b: dynamic)[1, dynamic({"prop1": "a1", "prop2": "b1"}), 2, dynamic({"prop1": "a2", "prop2": "b2"})] | mv-expand kind=array b | extend key = b[0], val=b[1]',
    rows: [
      [1, ['prop1', 'a1'], 'prop1', 'a1'],
      [1, ['prop2', 'b1'], 'prop2', 'b1'],
      [2, ['prop1', 'a2'], 'prop1', 'a2'],
      [2, ['prop2', 'b2'], 'prop2', 'b2'],
    ],
  },
  {
    of: 'MvExpandOperator',
    page: 'mv-expand-operator',
    query:
      'datatable (a: int, b: dynamic)[1, dynamic({"prop1": "a1", "prop2": "b1"}), 2, dynamic({"prop1": "a2", "prop2": "b2"})] | mv-expand b',
    rows: [
      [1, { prop1: 'a1' }],
      [1, { prop2: 'b1' }],
      [2, { prop1: 'a2' }],
      [2, { prop2: 'b2' }],
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
      'datatable (a: int, b: dynamic, c: dynamic)[1, dynamic({"prop1": "a", "prop2": "b"}), dynamic([5, 6])] | mv-expand b | mv-expand c',
    rows: [
      [1, { prop1: 'a' }, 5],
      [1, { prop1: 'a' }, 6],
      [1, { prop2: 'b' }, 5],
      [1, { prop2: 'b' }, 6],
    ],
  },
  {
    of: 'MvExpandOperator',
    page: 'mv-expand-operator',
    query: 'range x from 1 to 4 step 1 | summarize x = make_list(x) | mv-expand with_itemindex=Index x',
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
    query: `${ARRAYS('[7]', '[6, 11, 7]')} | mv-apply Arr2=Arr to typeof(long) on (take 100)`,
    rows: [
      [0, [7], 7],
      [1, [6, 11, 7], 6],
      [1, [6, 11, 7], 11],
      [1, [6, 11, 7], 7],
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
    query: `let data = datatable (row: int, Arr: dynamic)[0, dynamic([5, 1, 3]), 1, dynamic([4, 10, 8, 7])]; data
      | mv-apply with_itemindex=index value=Arr to typeof(long) on (where index >= 2)`,
    rows: [
      [0, [5, 1, 3], 3, 2],
      [1, [4, 10, 8, 7], 8, 2],
      [1, [4, 10, 8, 7], 7, 3],
    ],
  },
  {
    of: 'MvApplyOperator',
    page: 'mv-apply-operator',
    query: `datatable (Val: int, Arr1: dynamic, Arr2: dynamic)
      [1, dynamic(['A1', 'A2']), dynamic(['B1', 'B2', 'B3']), 5, dynamic(['C1', 'C2']), dynamic(['D1'])]
      | mv-apply T1=Arr1, T2=Arr2 on (extend Out = strcat(T1, "_", T2) | summarize Out= make_list(Out))`,
    rows: [
      [1, ['A1', 'A2'], ['B1', 'B2', 'B3'], ['A1_B1', 'A2_B2', '_B3']],
      [5, ['C1', 'C2'], ['D1'], ['C1_D1', 'C2_']],
    ],
  },
  {
    of: 'MvApplyOperator',
    page: 'mv-apply-operator',
    query: `datatable (Val:int, Arr1:dynamic, Arr2:dynamic)
      [1, dynamic(['A1', 'A2', 'A3']), dynamic([10, 30, 7]), 7, dynamic(['B1', 'B2', 'B5']), dynamic([15, 11, 50])]
      | mv-apply NewArr1=Arr1, NewArr2=Arr2 to typeof(long) on (
        top 2 by NewArr2 | summarize NewArr1=make_list(NewArr1), NewArr2=make_list(NewArr2)) | project-away Arr1, Arr2`,
    rows: [
      [1, ['A2', 'A1'], [30, 10]],
      [7, ['B5', 'B1'], [50, 15]],
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
      | project EmailAddress=strcat(alias, "@", domain), EmailAlias=alias, WebsiteDomain`,
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

/** Examples of operators that make arrays and rows of each other, or columns of a text. */
export const DOCUMENTED_EXPANSIONS: readonly DocumentedCase[] = [...series, ...arrays, ...parsing];
