import type { AddressInfo } from 'node:net';

import { MONTH_END, simulatedMonth } from './month';
import { servePreview } from './preview/server';
import { isCurrent, readWorkbook } from './preview/workbook';

/** Shows the workbook over a simulated month, in a browser on this machine. */
async function main(): Promise<void> {
  const workbook = readWorkbook();
  if (!isCurrent(workbook)) {
    console.error(
      'infra/main.json holds another workbook than infra/workbook/workbook.json, and is what you see: run `npm run bicep`.',
    );
  }
  console.error('First a simulated month is lived: about two minutes, unless it is kept from the last time.');
  const server = await servePreview(workbook, await simulatedMonth(), MONTH_END, Number(process.env.PORT ?? 0));
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}/ (Ctrl+C ends it)`);
}

void main();
