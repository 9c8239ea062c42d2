import type { InvocationContext } from '@azure/functions';

import type { Host } from '../shared/run/hosted';

/** What the shared code may know of the Functions host. */
export function hostOf(context: InvocationContext): Host {
  return {
    environment: process.env,
    log: (message, details) => {
      context.log(message, JSON.stringify(details));
    },
  };
}
