import { AzureError } from './azure-error';
import type { ArmRequest } from './routing';
import { queryOf } from './routing';

/** An opaque continuation token that holds a JSON value. */
export function tokenOf(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** What a continuation token holds; throws 400 for one that this simulator did not make. */
export function readToken(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token, 'base64url').toString());
  } catch {
    throw new AzureError(400, 'InvalidSkipToken', `The skip token '${token}' is invalid.`);
  }
}

/** The link to the next page of the same request: its own query with another `$skiptoken`. */
export function nextLinkOf(request: ArmRequest, token: unknown): string {
  const link = new URL(request.url.pathname, request.origin);
  link.searchParams.set('api-version', queryOf(request.url, 'api-version') ?? '');
  link.searchParams.set('$skiptoken', tokenOf(token));
  return link.href;
}

/** One page of a list as ARM sends it: `{ value, nextLink? }`. */
export function pageOf<T>(request: ArmRequest, items: readonly T[]): { value: T[]; nextLink?: string } {
  const token = queryOf(request.url, '$skiptoken');
  const start = token === undefined ? 0 : Number(readToken(token));
  const end = start + request.world.pageSizes.list;
  return { value: items.slice(start, end), ...(end < items.length && { nextLink: nextLinkOf(request, end) }) };
}
