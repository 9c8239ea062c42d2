import type { TokenCredential } from '@azure/core-auth';

import { detailOf } from '../collect/unread';

/** Nobody is signed in, and no managed identity is offered. */
export class NoIdentityError extends Error {
  override readonly name = 'NoIdentityError';
}

/**
 * Asks for a token before anything else is done, so that whoever is not signed in reads one line in place of one for each credential.
 * @param audience for which the token is. @throws NoIdentityError
 */
export async function requireIdentity(credential: TokenCredential, audience: string): Promise<void> {
  try {
    await credential.getToken(`${audience}/.default`);
  } catch (error) {
    throw new NoIdentityError(detailOf(error), { cause: error });
  }
}
