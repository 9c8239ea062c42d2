import type { AddressInfo } from 'node:net';

import { MONTH_END, simulatedMonth } from './month';
import { servePreview } from './preview/server';
import { readWorkbook } from './preview/workbook';

/** Shows the workbook over a simulated month, in a browser on this machine. */
async function main(): Promise<void> {
  const server = await servePreview(readWorkbook(), await simulatedMonth(), MONTH_END, Number(process.env.PORT ?? 0));
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}/ (Ctrl+C ends it)`);
}

void main();
