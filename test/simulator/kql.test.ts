import { KqlError, type KqlTable, runQuery } from '../../simulator/kql/index';
import { run } from './kql/things';

describe('the query of the security assessments', () => {
  const CLUSTER = '/subscriptions/S/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/AKS-1';
  const KEY = '56A83A6E-c417-42ec-b567-1e6fcb3d09a9';
  const tables: Record<string, KqlTable> = {
    securityresources: {
      columns: { id: 'string', name: 'string', type: 'string', properties: 'dynamic' },
      rows: [
        {
          id: `${CLUSTER}/providers/Microsoft.Security/assessments/${KEY}`,
          name: KEY,
          type: 'microsoft.security/assessments',
          properties: { status: { code: 'Unhealthy', cause: 'x', statusChangeDate: '2026-11-01T02:03:04.1234567Z' } },
        },
        { id: `/subscriptions/S/providers/${KEY}`, name: KEY, type: 'Microsoft.Security/assessments', properties: {} },
        { id: `${CLUSTER}/x/other`, name: 'other', type: 'microsoft.security/assessments', properties: {} },
      ],
    },
  };
  const QUERY = `
    SecurityResources
    | where type =~ 'microsoft.security/assessments'
    | where name in~ ('56a83a6e-c417-42ec-b567-1e6fcb3d09a9','08e628db-e2ed-4793-bc91-d13e684401c3')
    | extend clusterId = tolower(extract('(?i)^(.*/managedclusters/[^/]+)/', 1, id))
    | where isnotempty(clusterId)
    | project id, clusterId, key = tolower(name), code = tostring(properties.status.code), cause = tostring(properties.status.cause), description = tostring(properties.status.description), changedAt = todatetime(properties.status.statusChangeDate)
    | order by id asc`;

  test('finds the cluster in the id and reads the status', () => {
    expect(runQuery(QUERY, tables)).toEqual({
      columns: [
        { name: 'id', type: 'string' },
        { name: 'clusterId', type: 'string' },
        { name: 'key', type: 'string' },
        { name: 'code', type: 'string' },
        { name: 'cause', type: 'string' },
        { name: 'description', type: 'string' },
        { name: 'changedAt', type: 'datetime' },
      ],
      rows: [
        {
          id: `${CLUSTER}/providers/Microsoft.Security/assessments/${KEY}`,
          clusterId: CLUSTER.toLowerCase(),
          key: KEY.toLowerCase(),
          code: 'Unhealthy',
          cause: 'x',
          description: '',
          changedAt: '2026-11-01T02:03:04.1234567Z',
        },
      ],
    });
  });
});

describe('what is refused', () => {
  test.each([
    ['things | where Missing == 1', 'KS142'],
    ['OTHERS | take 1', 'KS204'],
    ['things | parse kind=regex id with *', "parameter 'kind'"],
    ['things | where id == 5', 'comparing string with long'],
    ['things | extend h = hash(id)', "function 'hash' is not supported here (at position 20)"],
    ['things | where false | extend h = hash(id)', "function 'hash'"],
    ['things | summarize stdev(n)', "function 'stdev'"],
    [
      'let f = (x:int) { toscalar(Others | where n == x | count) }; things | project f(n)',
      "the value of 'x' depends on a row",
    ],
    ['things | extend row_number()', 'sort or serialize'],
    ['things | sort by id | summarize count() by id | extend row_number()', 'sort or serialize'],
    ['let f = () { let g = () { 1 }; g() }; print f()', 'a function inside of a function'],
    ['let f = (x:long) { x }; print f(x = 1)', 'arguments by name'],
    ['things | mv-apply l = props.l on (extend n = 5)', 'changes a column of its input'],
    ['things | mv-apply l = props.l on (where true | as X)', "'as' inside of a subquery"],
    ["things | mv-expand l = pack_array('2026-01-01') to typeof(datetime)", 'cast each'],
    ['things | make-series count() on at in range(ago(1d), now(), 1h)', 'make-series without from'],
    ["print s = 'a b' | parse s with 'a' ", 'goes on after the pattern'],
    ['things | lookup kind=fullouter Others on id', 'KS'],
    ['range x from 5 to 1 step -1', 'a step above zero'],
    ["print bag_remove_keys(dynamic({'a':{'b':1}}), dynamic(['$.a.b']))", 'names of its properties'],
    ["print extract_all(@'\\d', 'a1')", 'without a group'],
    ["print format_timespan(-1h, 'h')", 'negative timespan'],
    ['things | make-series count() on at step 1d', 'make-series without from'],
    ['union *', 'wildcard'],
    ['print 1 / 0', 'division by zero'],
    ["print 'a' matches regex '(?=a)'", 'regular expression'],
    ["print 'a' matches regex @'\\Aa'", 'regular expression'],
    ["print 'a' matches regex @'(a)\\1'", 'regular expression'],
    ["print 'a' matches regex '['", 'regular expression'],
    ['print bool(null) == true and true | where print_0 has 1', 'KS'],
    ['things | project x = on and true', "'and' or 'or' of a null"],
    ['things | order by n asc | take n', 'a number of rows expected'],
    ['print dynamic({"a":1}) + dynamic(2)', 'two dynamic values'],
    ["print substring('abc', -4)", 'position of -1'],
    ["print indexof('a😀b', 'b')", 'two code units'],
    ['print a = 5 | union kind=inner (print a = 6, b = 7)', 'kind=outer'],
    ["print split('a', '')", 'empty delimiter'],
    ["print datetime_add('nanosecond', 1, now())", "the period 'nanosecond'"],
    ['set notruncation; things', 'exactly one tabular expression'],
    ['union withsource=source things, Others', "parameter 'withsource'"],
    ['datatable(a:int, b:int)[1]', 'KS'],
    ['things | summarize make_set(props)', 'make_set() of bags'],
    ['things | where isnull(n) | summarize sum(n)', 'nothing but nulls'],
    ["print todatetime('Jan 5 2026')", 'reading'],
    ['print 9007199254740993', 'exactly'],
    ['print 9007199254740991 + 1', 'exactly'],
    ['print real(nan)', 'literal'],
    ["print a = 'x' | where a has ''", 'empty text'],
    ['things | where false | evaluate bag_unpack(props)', "operator 'evaluate'"],
  ])('%s', (query, message) => {
    expect(() => run(query)).toThrow(KqlError);
    expect(() => run(query)).toThrow(message);
  });

  test('a cell that does not fit its column', () => {
    const tables: Record<string, KqlTable> = { t: { columns: { n: 'int' }, rows: [{ n: 'x' }] } };
    expect(() => runQuery('t', tables)).toThrow("column 'n' of type int");
  });
});
