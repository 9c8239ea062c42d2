import { cells, ids, run } from './kql/things';

describe('columns', () => {
  test.each([
    ['project n, x = id, upper = toupper(id), props.k, n + 1', ['n', 'x', 'upper', 'props_k', 'Column1']],
    ['project-away n, s*, on, at, took, props', ['id']],
    ['project-keep id, n', ['id', 'n']],
    ['project id, n | project-rename key = id', ['key', 'n']],
    ['project id, n | extend id = toupper(id), m = n, toupper(id)', ['id', 'n', 'm', 'Column1']],
    ['count', ['Count']],
    [
      'summarize count(), dcount(id), countif(on), max(at), make_set(id), most = max(n) by bin(at, 1d), tostring(props.k)',
      ['at', 'props_k', 'count_', 'dcount_id', 'countif_on', 'max_at', 'set_id', 'most'],
    ],
    ['summarize arg_max(at, *) by id', ['id', 'at', 'n', 'size', 'share', 'on', 'took', 'props']],
    [
      'join kind=inner Others on id | project-away props',
      ['id', 'n', 'size', 'share', 'on', 'at', 'took', 'id1', 'n1', 'note'],
    ],
  ])('project-operator, extend-operator, summarize-operator, join-operator: the names of %s', (operators, expected) => {
    expect(run(`things | ${operators}`).columns.map(({ name }) => name)).toEqual(expected);
  });

  test('extend-operator: every expression sees the row as it came in', () => {
    expect(cells('print a = 1, b = 2 | extend a = b, b = a | project a, b')).toEqual([[2, 1]]);
  });

  test('project-rename-operator and print-operator', () => {
    expect(cells('print 1, b = 2 | project-rename c = print_0')).toEqual([[1, 2]]);
  });
});

describe('order', () => {
  test.each([
    ['order by n', ['B', 'a', 'c']],
    ['sort by n desc nulls first', ['c', 'B', 'a']],
    ['order by n asc', ['c', 'a', 'B']],
    ['order by n asc nulls last', ['a', 'B', 'c']],
    ['order by id asc', ['B', 'a', 'c']],
    ['order by isnull(n) asc, n desc', ['B', 'a', 'c']],
    ['top 1 by n', ['B']],
    ['top 2 by n asc', ['c', 'a']],
    ['take 1', ['a']],
    ['limit 0', []],
  ])('sort-operator, top-operator, take-operator: %s', (operators, expected) => {
    expect(cells(`things | ${operators} | project id`).flat()).toEqual(expected);
  });

  test('sort-operator: equal rows keep their order', () => {
    const query = "datatable(k:int, v:string)[1,'a', 0,'b', 1,'c', 0,'d'] | order by k asc";
    expect(cells(query).map(([, name]) => name)).toEqual(['b', 'd', 'a', 'c']);
  });
});

describe('summarize', () => {
  test.each([
    ['countif(n > 1), dcount(id), sum(n)', [0, 0, 0]],
    ['make_set(id), make_list(n)', [[], []]],
    ['max(n), min(at), take_any(id)', [null, null, '']],
    ['arg_max(at, id, n)', [null, '', null]],
  ])('summarize-operator, default values over no rows: %s', (aggregates, expected) => {
    expect(cells(`things | where false | summarize ${aggregates}`)).toEqual([expected]);
  });

  test('summarize-operator: no rows with by, no groups', () => {
    expect(cells('things | where false | summarize count() by id')).toEqual([]);
  });

  test.each([
    ['summarize count(), countif(n > 1), dcount(on), dcountif(id, n > 0)', [[3, 1, 2, 2]]],
    ['summarize sum(n), avg(n), min(share), max(took), sumif(size, on)', [[3, 1.5, 0.5, '1.00:00:00', 10]]],
    ['summarize sum(took), avg(took), avg(share), avgif(n, on)', [['1.00:05:00', '12:02:30', 1, 1]]],
    [
      'summarize make_list(n), make_set(isnull(n))',
      [
        [
          [1, 2],
          [false, true],
        ],
      ],
    ],
    ['summarize make_list(id, 2)', [[['a', 'B']]]],
    ['summarize share = round(100.0 * countif(on) / count(), 1)', [[33.3]]],
    ['summarize arg_max(n, id), arg_min(n, id)', [[2, 'B', 1, 'a']]],
    ['summarize any(id), take_any(n, id)', [['a', 1, 'a']]],
    ['summarize by isnull(n)', [[false], [true]]],
    [
      'summarize count() by on',
      [
        [true, 1],
        [false, 1],
        [null, 1],
      ],
    ],
    [
      'where isnotnull(at) | summarize count() by bin(at, 1d)',
      [
        ['2026-11-20T00:00:00Z', 1],
        ['2026-11-21T00:00:00Z', 1],
      ],
    ],
    ['distinct isnull(n)', [[false], [true]]],
  ])('summarize-operator, null-values: %s', (operators, expected) => {
    expect(cells(`things | ${operators}`)).toEqual(expected);
  });

  test('dcount-aggfunction: the count is exact and tells letter case apart', () => {
    expect(cells("datatable(s:string)['a','A','a',''] | summarize dcount(s)")).toEqual([[3]]);
  });

  test('make-set-aggregation-function: each value once', () => {
    expect(cells('datatable(n:int)[2,1,2,3] | summarize make_set(n)')).toEqual([[[2, 1, 3]]]);
    expect(cells('datatable(d:dynamic)[dynamic([2,1]), dynamic(2)] | summarize make_set(d)')).toEqual([[[2, 1]]]);
  });

  test('arg-max-aggregation-function: ties go to one row, nulls only if there is nothing else', () => {
    const fruits = `datatable(Fruit:string, Color:string, Version:int)[
      'Apple','Red',1, 'Apple','Green',int(null), 'Banana','Yellow',int(null), 'Banana','Green',int(null),
      'Pear','Brown',2, 'Pear','Green',2]`;
    expect(cells(`${fruits} | summarize arg_max(Version, *) by Fruit`)).toEqual([
      ['Apple', 1, 'Red'],
      ['Banana', null, 'Yellow'],
      ['Pear', 2, 'Brown'],
    ]);
  });

  test.each(['avg(n)', 'min(n), avg(share)'])('an average of nothing is refused: %s', (aggregates) => {
    expect(() => cells(`things | where false | summarize ${aggregates}`)).toThrow('avg() over no values');
  });
});

describe('several tables', () => {
  test.each([
    [
      'innerunique',
      [
        ['a', 10],
        ['a', 11],
      ],
    ],
    [
      'inner',
      [
        ['a', 10],
        ['a', 10],
        ['a', 11],
        ['a', 11],
      ],
    ],
  ])('join-innerunique, join-inner: kind=%s', (kind, expected) => {
    const query = `let left = datatable(id:string, k:int)['a',1,'a',2,'b',3]; left | join kind=${kind} Others on id | project id, n | order by n asc`;
    expect(cells(query)).toEqual(expected);
  });

  test('join-operator: innerunique is the default', () => {
    expect(cells("datatable(id:string)['a','a'] | join Others on id | count")).toEqual([[2]]);
  });

  test('join-leftouter: what is missing on the right is null, or empty for a string', () => {
    expect(
      cells(
        'things | project id | join kind=leftouter (Others | where n < 11) on $left.id == $right.id | order by id asc',
      ),
    ).toEqual([
      ['B', '', null, ''],
      ['a', 'a', 10, 'first'],
      ['c', '', null, ''],
    ]);
  });

  test.each([
    ['leftanti', ['B', 'c']],
    ['leftsemi', ['a']],
  ])('join-%s', (kind, expected) => {
    expect(cells(`things | join kind=${kind} Others on id | project id`).flat()).toEqual(expected);
  });

  test('join-operator: several keys', () => {
    expect(
      cells('Others | join kind=inner (Others | project id, m = n) on id, $left.n == $right.m | project note'),
    ).toEqual([['first'], ['second'], ['third']]);
  });

  test('union-operator: columns of all tables, one of another type gets the type in its name', () => {
    const { columns, rows } = run("union (print a = 1), (print a = 'x', b = true)");
    expect(columns).toEqual([
      { name: 'a_long', type: 'long' },
      { name: 'a_string', type: 'string' },
      { name: 'b', type: 'bool' },
    ]);
    expect(rows).toEqual([
      { a_long: 1, a_string: '', b: null },
      { a_long: null, a_string: 'x', b: true },
    ]);
  });

  test('union-operator: a name with a type that is taken is refused', () => {
    expect(() => cells("union (print x = 1), (print x = 'a'), (print x_long = 3)")).toThrow('name of another column');
  });

  test('union-operator: after a pipe, and a missing table when it may be missing', () => {
    expect(cells('Others | union (Others | where n > 11) | count')).toEqual([[4]]);
    expect(cells('union isfuzzy=true Others, Missing | count')).toEqual([[3]]);
    expect(cells('union isfuzzy=true Others, (Missing | take 2) | count')).toEqual([[3]]);
    expect(() => cells('union isfuzzy=true Others, (Missing | project more = 1)')).toThrow('that is missing');
    expect(() => cells('union isfuzzy=true Missing, Gone | count')).toThrow('none is there');
  });

  test('let-statement: values and tables, also in subqueries', () => {
    expect(
      cells(
        'let since = ago(4d); let wanted = Others | where n > 10; things | where at > since or id in (wanted | project id) | project id',
      ),
    ).toEqual([['a'], ['B']]);
    expect(cells('let most = toscalar(Others | summarize max(n)); Others | where n == most | project note')).toEqual([
      ['third'],
    ]);
  });

  test('materialize-function: the table it names', () => {
    expect(cells('let few = materialize(Others | take 2); few | union few | count')).toEqual([[4]]);
  });

  test('in-cs-operator: a subquery gives its first column', () => {
    expect(ids('id in (Others)')).toEqual(['a']);
  });
});

describe('mv-expand', () => {
  const rows =
    "datatable(a:int, b:dynamic)[1, dynamic([10, 20]), 2, dynamic(null), 3, dynamic([]), 4, dynamic({'p':1,'q':2})]";
  test.each([
    [
      'mv-expand b',
      [
        [1, 10],
        [1, 20],
        [2, null],
        [4, { p: 1 }],
        [4, { q: 2 }],
      ],
    ],
    [
      'mv-expand kind=array b',
      [
        [1, 10],
        [1, 20],
        [2, null],
        [4, ['p', 1]],
        [4, ['q', 2]],
      ],
    ],
    [
      'mv-expand b limit 1',
      [
        [1, 10],
        [2, null],
        [4, { p: 1 }],
      ],
    ],
    [
      'mv-expand b to typeof(long)',
      [
        [1, 10],
        [1, 20],
        [2, null],
        [4, null],
        [4, null],
      ],
    ],
    [
      'where a == 1 | mv-expand x = b | project a, x',
      [
        [1, 10],
        [1, 20],
      ],
    ],
    [
      'where a == 4 | mv-expand with_itemindex=i b | project i, b',
      [
        [0, { p: 1 }],
        [1, { q: 2 }],
      ],
    ],
    [
      'where a == 1 | extend c = dynamic([5]) | mv-expand b, c | project b, c',
      [
        [10, 5],
        [20, null],
      ],
    ],
    ['where a == 4 | mv-expand b.p | project b_p', [[1]]],
  ])('mv-expand-operator: %s', (operators, expected) => {
    expect(cells(`${rows} | ${operators}`)).toEqual(expected);
  });
});
