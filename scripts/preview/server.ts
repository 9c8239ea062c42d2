import { createServer, type Server } from 'node:http';

import { runQuery } from '../../simulator/kql';
import { workspaceTables } from '../../simulator/kql/workspace';
import type { Workbook } from '../workbook/format';
import { escape } from './cells';
import { pageOf } from './page';
import { viewOf, type Answer, type Run } from './view';

export type TableRows = Readonly<Record<string, readonly Record<string, unknown>[]>>;

/** Runs queries over rows; the same query is run once. */
export function runnerOver(rows: TableRows, now: Date): Run {
  const tables = workspaceTables((name) => [...(rows[name] ?? [])]);
  const answers = new Map<string, Answer>();
  return (query) => {
    const answer = answers.get(query) ?? runQuery(query, tables, { now });
    answers.set(query, answer);
    return answer;
  };
}

/**
 * Serves the preview on the loopback address.
 * @param port 0: a free one.
 */
export async function servePreview(workbook: Workbook, rows: TableRows, now: Date, port: number): Promise<Server> {
  const run = runnerOver(rows, now);
  const server = createServer((request, response) => {
    const address = new URL(request.url ?? '/', 'http://localhost').searchParams;
    response.setHeader('content-type', 'text/html; charset=utf-8');
    try {
      response.end(pageOf(viewOf(workbook, address, run, now), address));
    } catch (error) {
      // An address that somebody typed must not end the preview.
      response.statusCode = 400;
      response.end(`<pre>${escape(String(error))}</pre>`);
    }
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return server;
}
