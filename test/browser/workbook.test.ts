import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { chromium, type Browser, type Page } from 'playwright-core';

import { MONTH_END, simulatedMonth } from '../../scripts/month';
import { servePreview } from '../../scripts/preview/server';
import { readWorkbook } from '../../scripts/preview/workbook';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

let server: Server;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  server = await servePreview(readWorkbook(), await simulatedMonth(), MONTH_END, 0);
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  page.setDefaultTimeout(120_000);
});
afterAll(async () => {
  await browser.close();
  server.close();
});

const address = (query: string): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/?${query}`;

it('shows the overview without an error', async () => {
  await page.goto(address('Tab=overview'));
  expect(await page.locator('.error').allTextContents()).toEqual([]);
  expect(await page.locator('[data-name=overview-worst-clusters] tbody tr').count()).toBeGreaterThan(5);
});
