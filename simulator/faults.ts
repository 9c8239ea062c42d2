import { setTimeout as sleep } from 'node:timers/promises';
import type { Reply } from './https-server';

/** Something that goes wrong on purpose. The first one that matches and has times left is applied, before authentication. */
export interface Fault {
  /** A pattern over `METHOD /path?query` as sent, or a predicate. */
  match: RegExp | ((request: { method: string; path: string; host: string }) => boolean);
  /** How many requests it hits; every one when absent. */
  times?: number;
  /** Answers with this status. */
  status?: number;
  headers?: Record<string, string>;
  /** Body in place of ARM's error body; with no status the answer is 200. */
  body?: string;
  /** Waits before whatever follows; alone it only slows the request down. */
  delayMs?: number;
  /** Never answers. */
  hang?: true;
  /** Cuts the connection. */
  reset?: true;
}

type FaultOutcome = Reply | 'hang' | 'reset' | undefined;

const CODES: Record<number, string> = {
  403: 'AuthorizationFailed',
  404: 'ResourceNotFound',
  429: 'TooManyRequests',
  500: 'InternalServerError',
  503: 'ServerTimeout',
  504: 'GatewayTimeout',
};

function matches(fault: Fault, request: { method: string; path: string; host: string }): boolean {
  return fault.match instanceof RegExp ? fault.match.test(`${request.method} ${request.path}`) : fault.match(request);
}

function replyOf(fault: Fault): Reply | undefined {
  if (fault.status === undefined && fault.body === undefined) {
    return undefined;
  }
  const status = fault.status ?? 200;
  const error = { error: { code: CODES[status] ?? 'Fault', message: 'Simulated fault.' } };
  return { status, text: fault.body ?? JSON.stringify(error), ...(fault.headers && { headers: fault.headers }) };
}

/** The list of faults of a simulator, with the count of how often each has struck. */
export class Faults {
  readonly list: Fault[] = [];
  private readonly strikes = new WeakMap<Fault, number>();

  /** Waits as the matching fault asks, then says what it does to the request; undefined lets it through. */
  async apply(request: { method: string; path: string; host: string }): Promise<FaultOutcome> {
    const fault = this.list.find((each) => this.hasTimesLeft(each) && matches(each, request));
    if (!fault) {
      return undefined;
    }
    this.strikes.set(fault, (this.strikes.get(fault) ?? 0) + 1);
    if (fault.delayMs !== undefined) {
      await sleep(fault.delayMs, undefined, { ref: false });
    }
    if (fault.hang) {
      return 'hang';
    }
    return fault.reset ? 'reset' : replyOf(fault);
  }

  private hasTimesLeft(fault: Fault): boolean {
    return fault.times === undefined || (this.strikes.get(fault) ?? 0) < fault.times;
  }
}
