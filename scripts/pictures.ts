import { mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import { chromium } from 'playwright-core';

import { ROOT } from './generated';
import { MONTH_END, simulatedMonth } from './month';
import { servePreview } from './preview/server';
import { readWorkbook } from './preview/workbook';

const FOLDER = join(ROOT, 'docs/workbook');

/** What is chosen on a page before its picture is taken. */
const CHOSEN: Readonly<Record<string, string>> = { clusters: '&MatrixItem=S10' };

/** Takes a picture of the upper part of every page of the workbook, for docs/workbook.md. */
async function main(): Promise<void> {
  const workbook = readWorkbook();
  const tabs = workbook.items.flatMap((item) => (item.type === 11 ? item.content.links : []));
  const server = await servePreview(workbook, await simulatedMonth(), MONTH_END, 0);
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
  page.setDefaultTimeout(240_000);
  mkdirSync(FOLDER, { recursive: true });
  for (const { subTarget: id } of tabs) {
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/?Tab=${id}${CHOSEN[id] ?? ''}`);
    await page.screenshot({ path: join(FOLDER, `${id}.png`) });
  }
  await browser.close();
  server.close();
}

void main();
