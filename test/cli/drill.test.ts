import { fleet, openBench, subscriptionAt, type Bench, type Row } from '../support/cli';

const NOW = ['drill', '--hold', '0'];

const isUpload = ({ path }: { path: string }): boolean => path.includes('/dataCollectionRules/');

/** All rows of the drill's tables, the oldest first. */
function sent({ simulator }: Bench): { events: Row[]; rows: Row[] } {
  return { events: simulator.rows('AksDrift_CL'), rows: simulator.rows('AksCompliance_CL') };
}

const HOLDING = /^Resolves in 30 minutes; Ctrl-C resolves at once\.$/m;

describe('drill', () => {
  it('tells of an API server that is opened and closed, of a cluster that does not exist', async () => {
    const bench = await openBench();
    const id = subscriptionAt(bench.world, 0);
    const { code, stdout } = await bench.run(NOW);
    const { events, rows } = sent(bench);
    const subject = {
      ...{ SubscriptionId: id, ClusterName: 'aks-drift-drill', ResourceGroup: 'aks-drift-drill', NodePool: null },
      ClusterId: `/subscriptions/${id}/resourcegroups/aks-drift-drill/providers/microsoft.containerservice/managedclusters/aks-drift-drill`,
      ...{ CheckId: 'api-authorized-ip-breadth', Scan: 'configuration', Severity: 'high', ChecklistItem: 'S7' },
      ...{ Exempt: false, Muted: false },
    };
    const before = {
      outcome: 'pass',
      observed: { authorizedIPRanges: ['203.0.113.0/24'], offending: [], missing: [] },
    };
    const open = { offending: ['0.0.0.0/0'] };

    expect(code).toBe(0);
    expect(events).toMatchObject([
      {
        ...{ ...subject, Transition: 'regressed', Cause: 'azure', OutcomeBefore: 'pass', OutcomeNow: 'fail' },
        ...{ ValueBefore: before.observed, ValueNow: open },
      },
      {
        ...{ ...subject, Transition: 'resolved', Cause: 'azure', OutcomeBefore: 'fail', OutcomeNow: 'pass' },
        ...{ ValueBefore: open, ValueNow: before.observed },
      },
    ]);
    expect(rows).toMatchObject([
      {
        ...{ ...subject, Outcome: 'fail', LastOutcome: 'fail', Value: open },
        LastChange: { transition: 'regressed', cause: 'azure', before, eventId: events[0]?.EventId },
      },
      { ...subject, Outcome: 'gone', LastOutcome: 'pass' },
    ]);
    expect(stdout).toMatch(new RegExp(`opened its API server .*; FindingId ${String(rows[0]?.FindingId)}\\.`));
  });

  it('says in every text that it is one', async () => {
    const bench = await openBench();
    await bench.run(NOW);
    const { events, rows } = sent(bench);
    const texts = [...events, ...rows].flatMap(({ Message, Remediation }) => [Message, Remediation]);

    expect(texts.filter((text) => typeof text === 'string' && !text.startsWith('Drill: '))).toEqual([]);
    expect(texts.filter((text) => text !== null)).toHaveLength(6);
  });

  it('keeps one key for its alert, and gives every drill events of its own', async () => {
    const bench = await openBench();
    await bench.run(NOW);
    bench.pass(60_000);
    await bench.run(NOW);
    const { events, rows } = sent(bench);

    expect(new Set([...events, ...rows].map(({ FindingId }) => FindingId)).size).toBe(1);
    expect(new Set(events.map(({ EventId }) => EventId)).size).toBe(4);
  });

  it('names the subscription that it is given, and asks Azure nothing then', async () => {
    const bench = await openBench(fleet({ subscriptions: 2 }));
    const id = subscriptionAt(bench.world, 1);
    const { code } = await bench.run([...NOW, '--subscription', id]);
    const asked = bench.simulator.requests.filter(({ path }) => !path.startsWith('/msi/') && !isUpload({ path }));

    expect(code).toBe(0);
    expect(new Set(sent(bench).rows.map(({ SubscriptionId }) => SubscriptionId))).toEqual(new Set([id]));
    expect(asked).toEqual([]);
  });

  it('is resolved at once by Ctrl-C', async () => {
    const bench = await openBench();
    const running = bench.start(['drill']);
    await running.says(HOLDING);
    const before = sent(bench).rows.length;
    running.interrupt();
    const { code, stdout } = await running.ended;

    expect([code, before, sent(bench).rows.length]).toEqual([0, 1, 2]);
    expect(stdout).toMatch(/^Drill: resolved/m);
  });

  it('that was cut off is resolved by --resolve, under the same key', async () => {
    const bench = await openBench();
    const running = bench.start(['drill']);
    await running.says(HOLDING);
    running.kill();
    await running.ended;
    bench.pass(3_600_000);
    const { code, stdout } = await bench.run(['drill', '--resolve']);
    const { events, rows } = sent(bench);

    expect(code).toBe(0);
    expect(stdout).not.toMatch(/opened/);
    expect(events.map(({ Transition }) => Transition)).toEqual(['regressed', 'resolved']);
    expect(rows.map(({ Outcome }) => Outcome)).toEqual(['fail', 'gone']);
    expect(new Set([...events, ...rows].map(({ FindingId }) => FindingId)).size).toBe(1);
  });

  it.each([
    ['opened', 0, /What was taken is ended by: aks-drift drill --resolve --subscription [0-9a-f-]{36}$/m],
    ['resolved', 2, /The drill is still open\. Try again: aks-drift drill --resolve --subscription [0-9a-f-]{36}$/m],
  ])('ends with 4 when it cannot be %s, and says which role it takes', async (_, taken, advice) => {
    const bench = await openBench();
    let uploads = 0;
    bench.simulator.faults.push({ match: (request) => isUpload(request) && ++uploads > taken, status: 403 });
    const { code, stderr } = await bench.run(NOW);

    expect(code).toBe(4);
    expect(stderr).toMatch(/rows of AksDrift_CL were not taken/);
    expect(stderr).toMatch(/role Monitoring Metrics Publisher/);
    expect(stderr).toMatch(advice);
  });

  it.each<[string, string[], Record<string, string>, RegExp]>([
    [
      'a place for the rows',
      [],
      { AKS_DRIFT_LOGS_ENDPOINT: '', AKS_DRIFT_DCR_ID: '' },
      /cannot be published:\n.*not set; .*`azd env get-value AKS_DRIFT_LOGS_ENDPOINT`/,
    ],
    ['a number of minutes', ['--hold', 'long'], {}, /Accepts a number of minutes from 0 to 1440/],
    ['minutes that pass', ['--hold=-1'], {}, /Accepts a number of minutes from 0 to 1440/],
    ['a day at most', ['--hold', '1441'], {}, /Accepts a number of minutes from 0 to 1440/],
    ['an id', ['--subscription', 'prod'], {}, /--subscription: got "prod"; accepts subscription ids/],
  ])('is wrong usage without %s', async (_, args, settings, message) => {
    const bench = await openBench();
    const { code, stdout, stderr } = await bench.run(['drill', ...args], settings);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(sent(bench)).toEqual({ events: [], rows: [] });
  });

  it.each([[[]], [['--subscription', '11111111-1111-1111-1111-111111111111']]])(
    'ends with 3 when nobody is signed in, says it in one line, and blames no role: %j',
    async (named) => {
      const bench = await openBench();
      bench.simulator.faults.push({ match: /\/msi\/token/, status: 400, body: '{}' });
      const { code, stdout, stderr } = await bench.run([...NOW, ...named]);

      expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
      expect(stderr).toMatch(/^No identity could be used; sign in with `az login`.*\n$/);
    },
  );

  it('is wrong usage without a subscription', async () => {
    const bench = await openBench();
    bench.world.subscriptions.length = 0;
    const { code, stderr } = await bench.run(NOW);

    expect(code).toBe(2);
    expect(stderr).toMatch(/The drill has no subscription/);
  });
});
