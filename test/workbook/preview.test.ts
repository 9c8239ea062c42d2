import type { AddressInfo } from 'node:net';

import { chartOf } from '../../scripts/preview/chart';
import { pageOf } from '../../scripts/preview/page';
import { runnerOver, servePreview } from '../../scripts/preview/server';
import { viewOf, type Run } from '../../scripts/preview/view';
import { isCurrent, readWorkbook, workbookOf } from '../../scripts/preview/workbook';
import { compliance, NOW, run as monitorRun } from './rows';

/** A workbook of one tab with one query, as small as the format allows. */
function small(query: string): ReturnType<typeof readWorkbook> {
  const { items, ...rest } = readWorkbook();
  const tabs = items.filter(({ type }) => type === 11);
  const logs = {
    query,
    queryType: 0,
    resourceType: 'microsoft.operationalinsights/workspaces',
    timeContext: { durationMs: 1 },
  } as const;
  const content = {
    version: 'KqlItem/1.0',
    title: 'One',
    size: 0,
    noDataMessage: 'None.',
    visualization: 'table',
    ...logs,
  } as const;
  return { ...rest, items: [...tabs, { type: 3, name: 'one', content }] };
}

function htmlOf(workbook: ReturnType<typeof readWorkbook>, asked: string, run: Run): string {
  const address = new URLSearchParams(asked);
  return pageOf(viewOf(workbook, address, run, NOW), address);
}

const rows = {
  AksCompliance_CL: [compliance({ Outcome: 'fail', ClusterName: '<b>aks</b>' })],
  AksMonitorRun_CL: [monitorRun({})],
};

describe('the workbook of a template', () => {
  const workbook = { version: 'Notebook/1.0', items: [], fallbackResourceIds: ['[[x]'] };

  it('is found wherever it stands, and its brackets are texts again', () => {
    const template = { resources: { nested: { properties: { template: { variables: { $fxv: workbook } } } } } };
    expect(workbookOf(template)).toEqual({ ...workbook, fallbackResourceIds: ['[x]'] });
  });

  it.each([
    ['none', {}, 'holds 0 workbooks'],
    ['two', { a: workbook, b: workbook }, 'holds 2 workbooks'],
  ])('is an error when there is %s', (_, template, message) => {
    expect(() => workbookOf(template)).toThrow(message);
  });
});

it('is current as long as it is what was generated', () => {
  expect(isCurrent(readWorkbook())).toBe(true);
  expect(isCurrent(small('AksDrift_CL'))).toBe(false);
});

/** The texts beside a chart of bars over days. */
function labelsOf(values: readonly number[]): string[] {
  const rows = values.map((Events, index) => ({ Day: `2026-11-${String(index + 10)}T00:00:00Z`, Events }));
  const columns = [
    { name: 'Day', type: 'datetime' },
    { name: 'Events', type: 'long' },
  ] as const;
  const html = chartOf({ columns, rows }, 'barchart', { xAxis: 'Day', yAxis: ['Events'], showLegend: true });
  return [...html.matchAll(/<text[^>]*>([^<]*)</g)].map(([, label = '']) => label);
}

describe('a chart', () => {
  it.each([
    { values: [1], heights: ['0', '1', '2'] },
    { values: [3, 7], heights: ['0', '4', '8'] },
    { values: [97.3], heights: ['0', '49', '98'] },
  ])('counts in whole numbers up to $values', ({ values, heights }) => {
    expect(labelsOf(values).slice(0, 3)).toEqual(heights);
  });

  it.each([
    { count: 1, days: [10] },
    { count: 3, days: [10, 11, 12] },
    { count: 17, days: [10, 14, 18, 22, 26] },
  ])('names a few of $count days', ({ count, days }) => {
    expect(labelsOf(Array<number>(count).fill(1)).slice(3)).toEqual(days.map((day) => `2026-11-${day}`));
  });
});

it('shows the error of a query in its place', () => {
  const html = htmlOf(small('AksCompliance_CL | where Nope == 1'), '', runnerOver(rows, NOW));
  expect(html).toContain('class="error"');
  expect(html).toContain('Nope');
});

it('shows names as text, whatever they hold', () => {
  const html = htmlOf(small('AksCompliance_CL | project ClusterName'), '', runnerOver(rows, NOW));
  expect(html).toContain('&#60;b&#62;aks');
  expect(html).not.toContain('<b>aks');
});

it('says what to show in place of no rows', () => {
  expect(htmlOf(small('AksDrift_CL | project CheckId'), '', runnerOver(rows, NOW))).toContain('None.');
});

it('outlives an address that cannot be shown', async () => {
  const server = await servePreview(readWorkbook(), {}, NOW, 0);
  try {
    const { port } = server.address() as AddressInfo;
    const statuses = [];
    for (const address of ['?TimeRange=junk', '']) {
      statuses.push((await fetch(`http://127.0.0.1:${port}/${address}`)).status);
    }
    expect(statuses).toEqual([400, 200]);
  } finally {
    server.close();
  }
});

it('runs what is visible and nothing else', () => {
  const ran: string[] = [];
  const run = runnerOver(rows, NOW);
  htmlOf(readWorkbook(), 'Tab=exemptions', (query) => {
    ran.push(query);
    return run(query);
  });
  expect(ran.some((query) => query.includes('exemptionExpired'))).toBe(true);
  expect(ran.some((query) => query.includes('upcoming'))).toBe(false);
});
