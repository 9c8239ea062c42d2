import { setTimeout as sleep } from 'node:timers/promises';

import { prepareDrill } from '../shared/run/drill';
import { EXIT } from './exit';
import { settingsOf, type Selection } from './selection';
import { plural } from './table';

/** Progress is told this often. */
const PROGRESS_MINUTES = 5;

const MINUTE = 60_000;

/** What `drill` was asked for. */
export interface DrillOptions {
  readonly subscription?: string;
  /** Minutes between the alert and its end. */
  readonly hold: number;
  readonly resolve?: true;
}

/**
 * Sends rows that the production alert rules match, holds, and resolves them; with --resolve only the latter.
 * @returns the exit code. @throws ConfigError, NoIdentityError, SubscriptionsUnreadError
 */
export async function drill({ subscription, hold, resolve }: DrillOptions): Promise<number> {
  const selection: Selection = subscription === undefined ? {} : { subscription: [subscription] };
  const prepared = await prepareDrill(settingsOf(selection));
  const { subscriptionId, findingId } = prepared;
  const again = `aks-drift drill --resolve --subscription ${subscriptionId}`;
  if (resolve !== true) {
    const problems = await prepared.open();
    if (problems.length > 0) {
      return refused(problems, `What was taken is ended by: ${again}`);
    }
    process.stdout.write(
      `Drill: cluster aks-drift-drill of subscription ${subscriptionId} opened its API server to the internet; FindingId ${findingId}.\n`,
    );
    await holdFor(hold);
  }
  const problems = await prepared.resolve();
  if (problems.length > 0) {
    return refused(problems, `The drill is still open. Try again: ${again}`);
  }
  process.stdout.write(`Drill: resolved; FindingId ${findingId}.\n`);
  return EXIT.done;
}

/** Waits, or until the person at the keyboard has seen enough. */
async function holdFor(minutes: number): Promise<void> {
  const enough = new AbortController();
  const stop = (): void => {
    enough.abort();
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    for (let left = minutes; left > 0 && !enough.signal.aborted; left -= PROGRESS_MINUTES) {
      process.stderr.write(`Resolves in ${plural(left, 'minute')}; Ctrl-C resolves at once.\n`);
      await sleep(Math.min(left, PROGRESS_MINUTES) * MINUTE, undefined, { signal: enough.signal });
    }
  } catch (error) {
    if (!enough.signal.aborted) {
      throw error;
    }
  } finally {
    process.removeListener('SIGINT', stop).removeListener('SIGTERM', stop);
  }
}

/** https://learn.microsoft.com/azure/azure-monitor/logs/logs-ingestion-api-overview */
function refused(problems: readonly string[], advice: string): number {
  const role = 'Sending takes the role Monitoring Metrics Publisher on the data collection rule.';
  process.stderr.write([...problems, role, advice, ''].join('\n'));
  return EXIT.unpublished;
}
