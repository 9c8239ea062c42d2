import { AzureError } from './azure-error';
import type { IncomingRequest, Reply } from './https-server';
import { isJson, textOf } from './json';

/**
 * Audiences that each service takes, with or without a slash at the end.
 * https://learn.microsoft.com/azure/azure-monitor/logs/logs-ingestion-api-overview and
 * https://learn.microsoft.com/rest/api/azure/#acquire-an-access-token
 */
export const AUDIENCES = { arm: 'https://management.azure.com', logs: 'https://monitor.azure.com' };

/** Object id of the one identity that calls. */
export const PRINCIPAL_ID = '0d7a5a3e-3f8d-4c55-8f0e-0f4f2f1d8a01';

/** Managed identities get tokens of 24 hours. */
const LIFETIME_SECONDS = 24 * 3600;

/** The secret that App Service hands to the app in IDENTITY_HEADER. */
export const IDENTITY_HEADER = 'simulated-identity-header';

const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/**
 * An unsigned JWT for an audience. It is valid by the real clock and for any simulator:
 * MSAL keeps tokens for the life of the process and judges them by the real clock.
 */
export function accessToken(audience: string, expiresOn = Math.floor(Date.now() / 1000) + LIFETIME_SECONDS): string {
  const claims = { aud: audience, oid: PRINCIPAL_ID, exp: expiresOn };
  return `${base64url({ alg: 'none', typ: 'JWT' })}.${base64url(claims)}.`;
}

/**
 * The token endpoint of App Service.
 * https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference
 */
export function answerIdentity(request: IncomingRequest): Reply {
  const { searchParams, pathname } = request.url;
  const resource = searchParams.get('resource');
  if (request.headers['x-identity-header'] !== IDENTITY_HEADER) {
    throw new AzureError(401, 'Unauthorized', 'The X-IDENTITY-HEADER header is missing or wrong.');
  }
  if (pathname !== '/msi/token' || request.method !== 'GET') {
    throw new AzureError(404, 'NotFound', 'The token endpoint is GET /msi/token.');
  }
  if (searchParams.get('api-version') !== '2019-08-01' || !resource) {
    throw new AzureError(400, 'BadRequest', 'api-version 2019-08-01 and a resource are required.');
  }
  const expiresOn = Math.floor(Date.now() / 1000) + LIFETIME_SECONDS;
  const body = {
    access_token: accessToken(resource, expiresOn),
    expires_on: String(expiresOn),
    resource,
    token_type: 'Bearer',
    client_id: searchParams.get('client_id') ?? PRINCIPAL_ID,
  };
  return { status: 200, body };
}

function unauthorized(code: string, message: string): AzureError {
  const challenge = `Bearer authorization_uri="https://login.microsoftonline.com/common", error="invalid_token", error_description="${message}"`;
  return new AzureError(401, code, message, { headers: { 'WWW-Authenticate': challenge } });
}

function claimsOf(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  } catch {
    return undefined;
  }
}

/** Throws 401 unless the request carries a token for the audience that has not expired. */
export function requireToken(request: IncomingRequest, audience: string): void {
  const header = request.headers.authorization;
  if (!header) {
    throw unauthorized('AuthenticationFailed', "Authentication failed. The 'Authorization' header is missing.");
  }
  const claims = claimsOf(header.replace(/^Bearer /i, ''));
  if (!isJson(claims)) {
    throw unauthorized('InvalidAuthenticationToken', 'The access token is invalid.');
  }
  const got = textOf(claims, 'aud') ?? '';
  if (got.replace(/\/$/, '') !== audience) {
    const message = `The access token has been obtained for wrong audience or resource '${got}'. It should exactly match with one of the allowed audiences '${audience}','${audience}/'.`;
    throw unauthorized('InvalidAuthenticationTokenAudience', message);
  }
  if (typeof claims.exp !== 'number' || claims.exp * 1000 < Date.now()) {
    throw unauthorized('ExpiredAuthenticationToken', 'The access token expiry has passed.');
  }
}
