import '../support/realm';

import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { chromium, type Browser, type Page } from 'playwright-core';

import { MONTH_END, simulatedMonth } from '../../scripts/month';
import { servePreview } from '../../scripts/preview/server';
import { readWorkbook } from '../../scripts/preview/workbook';
import { allItems } from '../workbook/queries';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

const workbook = readWorkbook();
const tabs = allItems(workbook.items).flatMap((item) => (item.type === 11 ? item.content.links : []));

let server: Server;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  server = await servePreview(workbook, await simulatedMonth(), MONTH_END, 0);
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  page.setDefaultTimeout(240_000);
});
afterAll(async () => {
  await browser.close();
  server.close();
});

const addressOf = (each: Server, query = ''): string =>
  `http://127.0.0.1:${(each.address() as AddressInfo).port}/?${query}`;
const open = async (query: string): Promise<void> => {
  await page.goto(addressOf(server, query));
};
const rowsOf = (name: string): ReturnType<Page['locator']> => page.locator(`[data-name="${name}"] tbody tr`);
const column = async (name: string, heading: string): Promise<string[]> => {
  const headings = await page.locator(`[data-name="${name}"] th`).allTextContents();
  return page.locator(`[data-name="${name}"] tbody td:nth-child(${headings.indexOf(heading) + 1})`).allTextContents();
};

it.each(tabs.map(({ linkLabel, subTarget }) => [linkLabel, subTarget] as const))(
  'the tab %s opens, with rows in its first grid and no error',
  async (label, id) => {
    await open('Tab=exemptions');
    await page.getByRole('link', { name: label, exact: true }).click();
    await page.locator('nav .open', { hasText: label }).waitFor();
    expect(await page.locator('.error').allTextContents()).toEqual([]);
    expect(await page.locator('.muted p, p.muted').count()).toBeLessThanOrEqual(id === 'coverage' ? 1 : 0);
    expect(await page.locator('section table').first().locator('tbody tr').count()).toBeGreaterThan(0);
  },
);

it('leads from a cluster to its findings', async () => {
  await open('Tab=overview');
  const [first] = await column('overview-worst-clusters', 'Cluster');
  await rowsOf('overview-worst-clusters').first().locator('a.select').click();
  await rowsOf('overview-cluster-findings').first().waitFor();
  expect(new Set(await column('overview-cluster-findings', 'Cluster'))).toEqual(new Set([first]));
});

it('leads from a cluster of the matrix to all of its findings', async () => {
  await open('Tab=clusters&MatrixItem=S10');
  const [first] = await column('clusters-S10', 'Cluster');
  await rowsOf('clusters-S10').first().locator('a.select').click();
  await rowsOf('clusters-findings-S10').first().waitFor();
  expect(new Set(await column('clusters-findings-S10', 'Cluster'))).toEqual(new Set([first]));
});

it('leads from an event to what it says', async () => {
  await open('Tab=drift');
  await rowsOf('drift-events').first().locator('a.select').click();
  await rowsOf('drift-event').first().waitFor();
  expect(await column('drift-event', 'Field')).toEqual(expect.arrayContaining(['Check', 'Old', 'New', 'Message']));
  expect(await rowsOf('drift-history').count()).toBeGreaterThan(0);
});

it('leads from an item of the checklist to a check, and to its findings', async () => {
  await open('Tab=checklist');
  await page.locator('[data-name="checklist-items"] a.select', { hasText: 'S10' }).click();
  await rowsOf('checklist-checks').first().locator('a.select').click();
  await rowsOf('checklist-findings').first().waitFor();
  expect(await page.locator('.error').count()).toBe(0);
});

it('leads from an exemption to its findings', async () => {
  await open('Tab=exemptions');
  await page.locator('[data-name="exemptions-current"] a.select', { hasText: 'node-os-upgrade-channel' }).click();
  await rowsOf('exemptions-findings').first().waitFor();
  expect(new Set(await column('exemptions-findings', 'Check id'))).toEqual(new Set(['node-os-upgrade-channel']));
});

it('leads from a source that was not read to where', async () => {
  await open('Tab=coverage');
  await page.locator('[data-name="coverage-unread"] a.select', { hasText: 'forbidden' }).click();
  await rowsOf('coverage-scopes').first().waitFor();
  expect(await column('coverage-scopes', 'Subscription')).toEqual(['sub-002']);
});

it('goes back to a past day', async () => {
  await open('Tab=overview');
  const now = await page.locator('[data-name="overview-summary"] .tile b').allTextContents();
  await page.locator('select[name=AsOf]').selectOption('2026-11-01');
  await page.getByRole('heading', { name: 'As of 2026-11-01' }).waitFor();
  const then = await page.locator('[data-name="overview-summary"] .tile b').allTextContents();
  expect(then).toHaveLength(now.length);
  expect(then).not.toEqual(now);
  // A cluster and a subscription come later in the month.
  expect(Number(then.at(-1))).toBeLessThan(Number(now.at(-1)));
});

it('filters by what is chosen', async () => {
  await open('Tab=owners&OwnersOwner=data');
  const all = await column('owners-findings', 'Severity');
  await page.locator('select[name=Severity]').selectOption('medium');
  await page.waitForURL(/Severity=medium/);
  const chosen = await column('owners-findings', 'Severity');
  expect(chosen.length).toBeLessThan(all.length);
  expect(new Set(chosen.map((text) => text.trim()))).toEqual(new Set(['medium']));
});

it('filters a grid by what is typed', async () => {
  await open('Tab=overview');
  const section = page.locator('[data-name="overview-items"]');
  await section.locator('.filter').fill('rbac');
  expect(await section.locator('tbody tr:visible').count()).toBe(1);
});

it('says what to do as long as there is no data', async () => {
  const empty = await servePreview(workbook, {}, MONTH_END, 0);
  await page.goto(addressOf(empty));
  expect(await page.locator('.warning').textContent()).toContain('docs/deploy.md');
  expect(await page.locator('.error').count()).toBe(0);
  empty.close();
});
