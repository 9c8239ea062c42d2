import tls from 'node:tls';

import type { AksComplianceRow, AksDriftRow, Table } from '../../shared/model/rows';
import type { ClusterState } from '../../shared/model/state';
import { LogsPublisher, type Publisher } from '../../shared/publish/logs';
import { complianceRow, driftRow, type RunContext } from '../../shared/publish/rows';
import { ReportOutlet, Sender, sendOutboxes } from '../../shared/run/outbox';
import { emptyWorld } from '../../simulator';
import { NOW, startLocalAzure, type LocalAzure } from '../simulator/local-azure';
import { entryOf, factsOf, findingOf, lineOf, onlyTransition, play } from '../support/state';

const UPLOAD = 'POST /dataCollectionRules/';

const RUN: RunContext = {
  ...{ runId: 'run-1', scan: 'configuration', subscriptionId: 's', subscriptionName: null },
  ...{ observedAt: NOW.toISOString(), baselineHash: 'h', monitorVersion: '0', portal: 'https://portal.azure.com' },
  ...{ remediationDays: () => null, isMuted: () => false, ownership: { owner: null, environment: null } },
  check: () => undefined,
  findingId: () => 'finding',
};

const CERTIFICATES = tls.getCACertificates('default');
const { transitions } = play([{ says: { a: 'fail' } }]);

let azure: LocalAzure;
let sender: Sender;

beforeEach(async () => {
  azure = await startLocalAzure(emptyWorld());
  sender = new Sender(publisher());
});

afterEach(async () => {
  await azure.simulator.stop();
  tls.setDefaultCACertificates(CERTIFICATES);
});

function publisher(): Publisher {
  const { AKS_DRIFT_LOGS_ENDPOINT: endpoint = '', AKS_DRIFT_DCR_ID: dcrId = '' } = azure.simulator.environment;
  return new LogsPublisher({ endpoint, dcrId, audience: 'https://monitor.azure.com' }, azure.credential, () => NOW);
}

function eventOf(id: string, message = 'It fails.'): AksDriftRow {
  const transition = {
    ...onlyTransition({ told: [], standpoints: [], states: [], transitions }),
    eventId: id,
    message,
  };
  return driftRow(transition, factsOf(), RUN, null);
}

/** An event that fills two thirds of a chunk, so that each goes in one of its own. */
function largeEvent(id: string): AksDriftRow {
  const long = Array.from({ length: 11 }, () => 'x'.repeat(60_000));
  const columns = ['Message', 'Remediation', 'ExemptionReason', 'Owner', 'Environment', 'CheckTitle', 'ChangedBy'];
  const more = ['ChangeClient', 'ChangeOperation', 'ChangedByType', 'ClusterName'];
  return { ...eventOf(id), ...Object.fromEntries([...columns, ...more].map((column, index) => [column, long[index]])) };
}

function owedRow(message: string): AksComplianceRow {
  const entry = entryOf(play([{ says: { a: 'fail' } }]), 'a');
  if (entry === undefined) {
    throw new Error('The entry of the first run is missing.');
  }
  const finding = { ...findingOf('a', 'fail'), message };
  return complianceRow({ finding, entry, exemption: null, severity: null }, factsOf(), RUN);
}

/** Faults that hit certain uploads, counted from 1. */
function refuse(uploads: readonly number[]): void {
  let count = 0;
  azure.simulator.faults.push({
    match: ({ method, path }) => {
      if (!`${method} ${path}`.startsWith(UPLOAD)) {
        return false;
      }
      count += 1;
      return uploads.includes(count);
    },
    status: 400,
    body: JSON.stringify({ error: { code: 'InvalidPayload', message: 'Refused on purpose.' } }),
  });
}

function uploads(): number {
  return azure.simulator.requests.filter(({ method, path }) => `${method} ${path}`.startsWith(UPLOAD)).length;
}

function eventIds(): unknown[] {
  return azure.simulator.rows('AksDrift_CL').map(({ EventId }) => EventId);
}

async function* each(lines: readonly ClusterState[]): AsyncGenerator<ClusterState> {
  for (const line of lines) {
    yield Promise.resolve(line);
  }
}

async function sent(lines: readonly ClusterState[], outlet = sender): Promise<ClusterState[]> {
  return Array.fromAsync(sendOutboxes(each(lines), outlet));
}

const lineWith = (key: string, line: Partial<ClusterState>): ClusterState => lineOf({ key, ...line });

describe('the publisher', () => {
  it('adds the time of sending', async () => {
    await publisher().upload('AksDrift_CL', [eventOf('e1')]);

    expect(azure.simulator.rows('AksDrift_CL')).toMatchObject([{ TimeGenerated: NOW.toISOString(), EventId: 'e1' }]);
  });

  it('does not change the rows, by which the outbox knows them', async () => {
    const event = Object.freeze(eventOf('e1'));
    await publisher().upload('AksDrift_CL', [event]);

    expect(event).not.toHaveProperty('TimeGenerated');
  });

  it('cuts what Azure would cut in silence', async () => {
    await publisher().upload('AksDrift_CL', [eventOf('e1', 'x'.repeat(70_000))]);

    expect(azure.simulator.rows('AksDrift_CL')[0]?.Message).toMatch(/^x+… \(cut from 70000 bytes\)$/);
  });

  it('says which rows were not taken, and why', async () => {
    refuse([1]);

    await expect(publisher().upload('AksDrift_CL', [eventOf('e1'), eventOf('e2')])).rejects.toThrow(
      /^2 rows of AksDrift_CL were not taken: .*Refused on purpose/s,
    );
  });

  it('says that the role is missing', async () => {
    azure.simulator.world.denied.push({ scope: '/dataCollectionRules', action: '*' });

    await expect(publisher().upload('AksDrift_CL', [eventOf('e1')])).rejects.toThrow(/^1 rows of AksDrift_CL/);
    expect(eventIds()).toEqual([]);
  });

  it('asks for a token for the audience of the cloud', async () => {
    const { AKS_DRIFT_LOGS_ENDPOINT: endpoint = '', AKS_DRIFT_DCR_ID: dcrId = '' } = azure.simulator.environment;
    const target = { endpoint, dcrId, audience: 'https://management.azure.com' };
    const other = new LogsPublisher(target, azure.credential, () => NOW);

    await expect(other.upload('AksDrift_CL', [eventOf('e1')])).rejects.toThrow(/were not taken/);
  });
});

describe('the sender', () => {
  it('keeps nothing of what was confirmed', async () => {
    expect(await sender.send('AksDrift_CL', [largeEvent('e1'), largeEvent('e2')])).toEqual([]);
    expect(eventIds()).toEqual(['e1', 'e2']);
    expect(sender.problems).toEqual([]);
  });

  it('asks for nothing when there is nothing to send', async () => {
    expect(await sender.send('AksDrift_CL', [])).toEqual([]);
    expect(uploads()).toBe(0);
  });

  it('keeps the chunk that was refused, and sends the others', async () => {
    refuse([2]);
    const rows = [largeEvent('e1'), largeEvent('e2'), largeEvent('e3')];
    const kept = await sender.send('AksDrift_CL', rows);

    expect(kept).toHaveLength(1);
    expect(kept[0]).toBe(rows[1]);
    expect(eventIds()).toEqual(['e1', 'e3']);
    expect(sender.problems).toEqual([expect.stringContaining('1 rows of AksDrift_CL were not taken') as string]);
  });

  it('stops after two refusals in a row, for all tables', async () => {
    refuse([2, 3]);
    const rows = [1, 2, 3, 4, 5].map((index) => largeEvent(`e${index}`));

    expect(await sender.send('AksDrift_CL', rows)).toEqual(rows.slice(1));
    expect(await sender.send('AksCompliance_CL', [owedRow('x')])).toEqual([owedRow('x')]);
    expect(uploads()).toBe(3);
    expect(sender.problems).toHaveLength(2);
  });

  it('goes on after refusals that were not in a row', async () => {
    refuse([1, 3]);
    const rows = [1, 2, 3, 4].map((index) => largeEvent(`e${index}`));

    expect(await sender.send('AksDrift_CL', rows)).toEqual([rows[0], rows[2]]);
    expect(uploads()).toBe(4);
  });
});

describe('the outboxes', () => {
  it('are empty when all is confirmed', async () => {
    const line = lineWith('c1', { events: [eventOf('e1')], owed: { 'a|': owedRow('x') } });

    expect(await sent([line])).toEqual([{ ...line, events: [], owed: {} }]);
    expect(eventIds()).toEqual(['e1']);
    expect(azure.simulator.rows('AksCompliance_CL')).toMatchObject([{ Message: 'x' }]);
  });

  it('keep what was not confirmed, each in its own line and in order', async () => {
    refuse([2]);
    const one = lineWith('c1', { events: [largeEvent('e1'), largeEvent('e2')], owed: { 'a|': owedRow('one') } });
    const two = lineWith('c2', { events: [largeEvent('e3')], owed: {} });
    const [first, second] = await sent([one, two]);

    expect(first?.events.map(({ EventId }) => EventId)).toEqual(['e2']);
    expect(first?.owed).toEqual({});
    expect(second?.events).toEqual([]);
    expect(eventIds()).toEqual(['e1', 'e3']);
  });

  it('keep compliance rows that were refused while the events went', async () => {
    refuse([2]);
    const line = lineWith('c1', { events: [eventOf('e1')], owed: { 'a|': owedRow('x'), 'b|': owedRow('y') } });

    expect(await sent([line])).toEqual([{ ...line, events: [] }]);
  });

  it('lose nothing when nobody answers for long: all lines come back as they were', async () => {
    refuse([1, 2]);
    const lines = [1, 2, 3, 4].map((index) =>
      lineWith(`c${index}`, {
        events: [largeEvent(`e${index}`), largeEvent(`f${index}`)],
        owed: { 'a|': owedRow('x') },
      }),
    );

    expect(await sent(lines)).toEqual(lines);
    expect(uploads()).toBe(2);
  });

  it('send again what was kept, under the same id', async () => {
    refuse([1]);
    const line = lineWith('c1', { events: [eventOf('e1')] });
    const kept = await sent([line]);
    expect(eventIds()).toEqual([]);

    expect(await sent(kept)).toEqual([{ ...line, events: [] }]);
    expect(eventIds()).toEqual(['e1']);
  });

  it('drop a line that is gone once all is confirmed, and not before', async () => {
    refuse([1]);
    const gone = lineWith('c1', { gone: true, events: [eventOf('e1')], owed: { 'a|': owedRow('x') } });
    const kept = await sent([gone]);
    expect(kept).toEqual([{ ...gone, owed: {} }]);

    expect(await sent(kept)).toEqual([]);
  });

  it('drop a line that is gone and has nothing to tell', async () => {
    expect(await sent([lineWith('c1', { gone: true }), lineWith('c2', {})])).toEqual([lineWith('c2', {})]);
  });

  it('keep the order of the lines', async () => {
    const keys = Array.from({ length: 30 }, (_, index) => `c${index}`);
    const lines = keys.map((key, index) => lineWith(key, { events: index % 3 === 0 ? [largeEvent(key)] : [] }));

    expect((await sent(lines)).map(({ key }) => key)).toEqual(keys);
  });

  it('tell small events of many lines in one upload', async () => {
    await sent(Array.from({ length: 20 }, (_, index) => lineWith(`c${index}`, { events: [eventOf(`e${index}`)] })));

    expect(uploads()).toBe(1);
  });

  it.each([
    ['quiet lines', 0],
    ['quiet lines after one that had something to tell', 1],
  ])('do not hold the whole estate in memory: %s', async (_, events) => {
    let taken = 0;
    async function* lines(): AsyncGenerator<ClusterState> {
      yield* each([lineWith('first', { events: events === 0 ? [] : [eventOf('e1')] })]);
      for (; taken < 20_000; taken += 1) {
        yield* each([lineWith(`c${taken}`, {})]);
      }
    }
    const out = sendOutboxes(lines(), sender);
    await out.next();

    expect(taken).toBeLessThan(5_000);
    await out.return(undefined);
  });
});

describe('a run that reports instead of publishing', () => {
  it('takes out the events that were reported, and leaves all else for a run that publishes', async () => {
    const outlet = new ReportOutlet(['run-1']);
    const send = async (table: Table, rows: readonly object[]): Promise<object[]> => outlet.send(table, rows);
    const other = { ...eventOf('e2'), RunId: 'run-0' };

    expect(await send('AksDrift_CL', [eventOf('e1'), other])).toEqual([other]);
    expect(await send('AksCompliance_CL', [owedRow('x')])).toEqual([owedRow('x')]);
  });
});
