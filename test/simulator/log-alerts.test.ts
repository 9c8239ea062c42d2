import { checkRule, watch, type Alert, type LogAlertRule, type Workspace } from '../../simulator/log-alerts';

const COLUMNS = { Things_CL: { TimeGenerated: 'datetime', Name: 'string', Count: 'long', On: 'bool' } } as const;

const RULE: LogAlertRule = {
  name: 'things',
  query: 'Things_CL | project Name',
  ...{ evaluationFrequency: 'PT15M', windowSize: 'PT1H', overrideQueryTimeRange: null },
  ...{ autoMitigate: true, dimensions: ['Name'] },
};

/** Minutes after midnight. */
function minute(count: number): Date {
  return new Date(Date.UTC(2026, 10, 2, 0, count));
}

interface Thing {
  readonly name: string;
  readonly sent: number;
  readonly ingested?: number;
}

function workspaceOf(things: readonly Thing[]): Workspace {
  const rows = things.map(({ name, sent, ingested = sent }) => ({
    row: { TimeGenerated: minute(sent).toISOString(), Name: name, Count: 1, On: true },
    ingestedAt: minute(ingested),
  }));
  return {
    columns: COLUMNS,
    rowsAt: (now) => ({ Things_CL: rows.filter(({ ingestedAt }) => ingestedAt <= now).map(({ row }) => row) }),
  };
}

/** `name from-to`, in minutes. */
function told(alerts: readonly Alert[]): string[] {
  const minutes = (date: Date): number => (date.getTime() - minute(0).getTime()) / 60_000;
  return alerts.map(({ dimensions, firedAt, resolvedAt }) =>
    [...Object.values(dimensions), minutes(firedAt), ...(resolvedAt === null ? [] : [minutes(resolvedAt)])].join(' '),
  );
}

function watched(rule: Partial<LogAlertRule>, things: readonly Thing[], until = 240): string[] {
  return told(watch({ ...RULE, ...rule }, workspaceOf(things), minute(0), minute(until)));
}

describe('a stateful rule', () => {
  it('fires once while the condition is met, and resolves after three evaluations at 15 minutes', () => {
    expect(watched({}, [{ name: 'a', sent: 5 }])).toEqual(['a 15 105']);
  });

  it.each([
    ['PT1M', 'PT5M', 'a 5 20'],
    ['PT5M', 'PT5M', 'a 5 25'],
    ['PT30M', 'PT1H', 'a 30 120'],
    ['PT1H', 'PT1H', 'a 60 180'],
  ])('evaluated every %s over %s resolves in its time', (evaluationFrequency, windowSize, alert) => {
    expect(watched({ evaluationFrequency, windowSize }, [{ name: 'a', sent: 5 }])).toEqual([alert]);
  });

  it('has an alert for each combination of values', () => {
    expect(
      watched({}, [
        { name: 'a', sent: 5 },
        { name: 'b', sent: 20 },
        { name: 'a', sent: 6 },
      ]),
    ).toEqual(['a 15 105', 'b 30 120']);
  });

  it('goes on when the condition is met again before it resolved, and fires again after', () => {
    expect(
      watched({ windowSize: 'PT15M' }, [
        { name: 'a', sent: 5 },
        { name: 'a', sent: 40 },
      ]),
    ).toEqual(['a 15 90']);
    expect(
      watched({ windowSize: 'PT15M' }, [
        { name: 'a', sent: 5 },
        { name: 'a', sent: 80 },
      ]),
    ).toEqual(['a 15 60', 'a 90 135']);
  });

  it('has one alert without dimensions', () => {
    const things = [
      { name: 'a', sent: 5 },
      { name: 'b', sent: 20 },
    ];

    expect(watched({ dimensions: [] }, things)).toEqual(['15 120']);
  });

  it('takes no more than 300 alerts at once', () => {
    const things = Array.from({ length: 301 }, (_, index) => ({ name: `a${index}`, sent: 5 }));

    expect(() => watched({}, things)).toThrow('Alert rule things: 301 alerts in one evaluation are more than 300');
    expect(watched({}, things.slice(1))).toHaveLength(300);
  });
});

it('a stateless rule fires at every evaluation', () => {
  expect(watched({ autoMitigate: false, windowSize: 'PT30M' }, [{ name: 'a', sent: 10 }], 120)).toEqual([
    'a 15',
    'a 30',
  ]);
});

describe('what a query sees', () => {
  it('is what was ingested, of the range by TimeGenerated', () => {
    expect(watched({}, [{ name: 'late', sent: 5, ingested: 40 }], 60)).toEqual(['late 45']);
    expect(watched({}, [{ name: 'too late', sent: 5, ingested: 70 }], 240)).toEqual([]);
    expect(watched({ overrideQueryTimeRange: 'PT2H' }, [{ name: 'late', sent: 5, ingested: 70 }], 240)).toEqual([
      'late 75 165',
    ]);
  });

  it('changes with the clock where the query reads it', () => {
    const query = 'Things_CL | where TimeGenerated < ago(30m) | project Name';

    expect(watched({ query }, [{ name: 'a', sent: 5 }], 60)).toEqual(['a 45']);
  });
});

it.each<[string, Partial<LogAlertRule>, string]>([
  ['a frequency that is not offered', { evaluationFrequency: 'PT7M' }, 'frequency PT7M'],
  ['a window that is not offered', { windowSize: 'PT7H' }, 'window PT7H'],
  ['what is no duration', { windowSize: '1h' }, '1h is none of'],
  ['a range over two days', { overrideQueryTimeRange: 'P3D' }, 'longer than two days'],
  ['a range below the window', { overrideQueryTimeRange: 'PT30M' }, 'shorter than the window'],
  ['a stateful rule that runs once a day', { evaluationFrequency: 'P1D', windowSize: 'P1D' }, 'cannot be stateful'],
  ['seven dimensions', { dimensions: ['1', '2', '3', '4', '5', '6', '7'] }, '7 dimensions'],
  ['a dimension that is no column', { dimensions: ['Nam'] }, 'the dimension Nam is no column'],
  ['a dimension that is no text', { query: 'Things_CL', dimensions: ['On'] }, 'the dimension On is bool'],
  ['a result with a time', { query: 'Things_CL' }, 'TimeGenerated of the result is a datetime'],
  ['a query of more than 64 KB', { query: `Things_CL | project Name // ${'x'.repeat(65_536)}` }, '64 KB'],
  [
    'ago() of what is no literal',
    { query: 'let d = 1d; Things_CL | where TimeGenerated > ago(d) | project Name' },
    "'ago(d)'",
  ],
  ['the reserved name', { query: 'Things_CL | summarize AggregatedValue = count() by Name' }, 'reserved word'],
  [
    'bag_unpack',
    { query: 'Things_CL | extend B = bag_pack("x", 1) | evaluate bag_unpack(B) | project Name' },
    "'bag_unpack'",
  ],
  ['a column that does not exist', { query: 'Things_CL | project Nam' }, 'Nam'],
])('refuses %s', (_what, rule, problem) => {
  expect(() => {
    checkRule({ ...RULE, ...rule }, COLUMNS);
  }).toThrow(problem);
});
