import { type DocumentedCase, inWords } from './case';

const X = "let X = datatable(Key:string, Value1:long)['a',1, 'b',2, 'b',3, 'c',4]";
const Y = "let Y = datatable(Key:string, Value2:long)['b',10, 'c',20, 'c',30, 'd',40]";
const joinOf = (kind: string, page: string, rows: unknown[][]): DocumentedCase => ({
  of: `join kind=${kind}`,
  page,
  query: `${X}; ${Y}; X | join kind=${kind} Y on Key`,
  rows,
});

/** The rows are in the order of this interpreter. Two pages print the left side where their words have the right one. */
const joins: DocumentedCase[] = [
  joinOf('innerunique', 'join-innerunique', [
    ['b', 2, 'b', 10],
    ['c', 4, 'c', 20],
    ['c', 4, 'c', 30],
  ]),
  {
    of: 'join kind=innerunique',
    page: 'join-innerunique',
    query: `let t1 = datatable(key:long, value:string)[1,"val1.1", 1,"val1.2"];
      let t2 = datatable(key:long, value:string)[1,"val1.3", 1,"val1.4"]; t1 | join kind = innerunique t2 on key`,
    rows: [
      [1, 'val1.1', 1, 'val1.3'],
      [1, 'val1.1', 1, 'val1.4'],
    ],
  },
  {
    of: 'join kind=inner',
    page: 'join-inner',
    query: `let X = datatable(Key:string, Value1:long)['a',1, 'b',2, 'b',3, 'k',5, 'c',4];
      let Y = datatable(Key:string, Value2:long)['b',10, 'c',20, 'c',30, 'd',40, 'k',50]; X | join kind=inner Y on Key`,
    rows: [
      ['b', 2, 'b', 10],
      ['b', 3, 'b', 10],
      ['k', 5, 'k', 50],
      ['c', 4, 'c', 20],
      ['c', 4, 'c', 30],
    ],
  },
  joinOf('leftouter', 'join-leftouter', [
    ['a', 1, '', null],
    ['b', 2, 'b', 10],
    ['b', 3, 'b', 10],
    ['c', 4, 'c', 20],
    ['c', 4, 'c', 30],
  ]),
  joinOf('rightouter', 'join-rightouter', [
    ['b', 2, 'b', 10],
    ['b', 3, 'b', 10],
    ['c', 4, 'c', 20],
    ['c', 4, 'c', 30],
    ['', null, 'd', 40],
  ]),
  joinOf('fullouter', 'join-fullouter', [
    ['a', 1, '', null],
    ['b', 2, 'b', 10],
    ['b', 3, 'b', 10],
    ['c', 4, 'c', 20],
    ['c', 4, 'c', 30],
    ['', null, 'd', 40],
  ]),
  joinOf('leftsemi', 'join-leftsemi', [
    ['b', 2],
    ['b', 3],
    ['c', 4],
  ]),
  joinOf('leftanti', 'join-leftanti', [['a', 1]]),
  ...inWords(
    joinOf('leftantisemi', 'join-leftanti', [['a', 1]]),
    joinOf('anti', 'join-leftanti', [['a', 1]]),
    joinOf('rightsemi', 'join-rightsemi', [
      ['b', 10],
      ['c', 20],
      ['c', 30],
    ]),
    joinOf('rightanti', 'join-rightanti', [['d', 40]]),
    joinOf('rightantisemi', 'join-rightanti', [['d', 40]]),
  ),
];

const PAIRS = `let _dataset1 = datatable(x: long)[1, 2, 3, 4, 5]; let _dataset2 = datatable(x: long, y: long)[1, 2, 3, 4, 5, 6];
  _dataset1 | join (_dataset2) on x | project x, y`;
const ODD_AND_EVEN = [
  [1, 2],
  [3, 4],
  [5, 6],
];
const VIEWS = 'let View_1 = view () { print x=1 }; let View_2 = view ()';

const tables: DocumentedCase[] = [
  { of: 'JoinOperator', page: 'toscalar-function', query: PAIRS, rows: ODD_AND_EVEN },
  { of: 'NameReference', page: 'toscalar-function', query: PAIRS, rows: ODD_AND_EVEN },
  {
    of: 'JoinOperator',
    page: 'pack-function',
    query: `let SmsMessages = datatable (SourceNumber: string, TargetNumber: string, CharsCount: string)
      ["555-555-1234", "555-555-1212", "46", "555-555-1234", "555-555-1213", "50", "555-555-1212", "555-555-1234", "32"];
      let MmsMessages = datatable (SourceNumber: string, TargetNumber: string, FileSize: string, FileName: string)
      ["555-555-1212", "555-555-1213", "200", "Pic1", "555-555-1234", "555-555-1212", "250", "Pic2"];
      SmsMessages | join kind=inner MmsMessages on SourceNumber
      | extend Packed=bag_pack("CharsCount", CharsCount, "FileSize", FileSize, "FileName", FileName)
      | where SourceNumber == "555-555-1234" | project SourceNumber, TargetNumber, Packed`,
    rows: [
      ['555-555-1234', '555-555-1212', { CharsCount: '46', FileSize: '250', FileName: 'Pic2' }],
      ['555-555-1234', '555-555-1213', { CharsCount: '50', FileSize: '250', FileName: 'Pic2' }],
    ],
  },
  {
    of: 'LookupOperator',
    page: 'lookup-operator',
    query: `let FactTable=datatable(Row:string,Personal:string,Family:string)
      ["1","Bill","Gates", "2","Bill","Clinton", "3","Bill","Clinton", "4","Steve","Ballmer", "5","Tim","Cook"];
      let DimTable=datatable(Personal:string,Family:string,Alias:string)
      ["Bill","Gates","billg", "Bill","Clinton","billc", "Steve","Ballmer","steveb", "Tim","Cook","timc"];
      FactTable | lookup kind=leftouter DimTable on Personal, Family`,
    rows: [
      ['1', 'Bill', 'Gates', 'billg'],
      ['2', 'Bill', 'Clinton', 'billc'],
      ['3', 'Bill', 'Clinton', 'billc'],
      ['4', 'Steve', 'Ballmer', 'steveb'],
      ['5', 'Tim', 'Cook', 'timc'],
    ],
  },
  {
    of: 'UnionOperator',
    page: 'union-operator',
    query: `${VIEWS} { print x=1 }; let OtherView_1 = view () { print x=1 };
      union isfuzzy=true (View_1 | where x > 0), (View_2 | where x > 0), (View_3 | where x > 0) | count`,
    rows: [[2]],
  },
  {
    of: 'UnionOperator',
    page: 'union-operator',
    query: `${VIEWS} { print x=toint(2) }; union View_1, View_2`,
    rows: [
      [1, null],
      [null, 2],
    ],
  },
  ...inWords({
    of: 'AsOperator',
    page: 'as-operator',
    query: `datatable(Id:int, type:string, Name:string)[1,'Event','Start', 1,'Event','Stop', 2,'Other','Start']
      | where type == "Event" | as T | where Name == "Start" | join (T | where Name == "Stop") on Id | project Id, Name, Name1`,
    rows: [[1, 'Start', 'Stop']],
  }),
];

/** Examples of operators over several tables. */
export const DOCUMENTED_JOINS: readonly DocumentedCase[] = [...joins, ...tables];
