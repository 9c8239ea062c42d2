import { requestNow, RequestsUnsentError } from '../shared/run/request-now';
import { EXIT } from './exit';
import { settingsOf, type Selection } from './selection';
import { plural } from './table';

/** What `request` was asked for. */
export type RequestOptions = Pick<Selection, 'subscription' | 'scan'>;

/** Puts scan requests on the queue of a deployment. @returns the exit code. @throws ConfigError, NoIdentityError, SubscriptionsUnreadError */
export async function request(options: RequestOptions): Promise<number> {
  const settings = settingsOf(options);
  try {
    const { subscriptions, messages, queue } = await requestNow(settings);
    process.stdout.write(
      `${plural(messages, 'scan request')} (${settings.scans.join(', ')}; ${plural(subscriptions, 'subscription')}) put on ${queue}.\n` +
        'The functions take them up by and by; results are in the tables within minutes.\n',
    );
    return EXIT.done;
  } catch (error) {
    if (!(error instanceof RequestsUnsentError)) {
      throw error;
    }
    process.stderr.write(`${error.message}\n`);
    return EXIT.unpublished;
  }
}
