import { RestError } from '@azure/core-rest-pipeline';
import { ZodError } from 'zod';

import { problemsOf } from '../config/problems';
import { refusalOf } from './refusals';
import type { Collected, Section, Unread, UnreadReason } from '../model/snapshot';

export function read<T>(value: T): Collected<T> {
  return { ok: true, value };
}

export function unreadSection(source: Section, scope: string, reason: UnreadReason, detail: string): Collected<never> {
  return { ok: false, unread: { source, scope, reason, detail } };
}

/** Runs a read; whatever it throws becomes a value that says why nothing was read. Never throws. */
export async function attempt<T>(
  source: Section,
  scope: string,
  signal: AbortSignal,
  readIt: () => Promise<T>,
): Promise<Collected<T>> {
  try {
    return read(await readIt());
  } catch (error) {
    return { ok: false, unread: whyUnread(source, scope, error, signal) };
  }
}

/** Why a request told us nothing. */
export function whyUnread(source: Section, scope: string, error: unknown, signal: AbortSignal): Unread {
  if (signal.aborted) {
    return { source, scope, reason: 'timeout', detail: 'The deadline of the run passed before it was read.' };
  }
  return { source, scope, reason: reasonOf(error), detail: detailOf(error) };
}

/** ARM's own words for "there is no such resource". Any other 404 (of a proxy, on the subscription, on the provider) proves nothing. */
const GONE = new Set(['ResourceNotFound', 'ResourceGroupNotFound', 'NotFound']);

/** Whether a GET of an id proves that the resource does not exist. */
export function isGone(error: unknown): boolean {
  return isNotFound(error) && GONE.has(bodyOf(error)?.code ?? '');
}

/** Whether the answer was 404 about anything but the subscription. */
export function isNotFound(error: unknown): error is RestError {
  return error instanceof RestError && error.statusCode === 404 && bodyOf(error)?.code !== 'SubscriptionNotFound';
}

const BY_STATUS: Readonly<Record<number, UnreadReason>> = {
  401: 'forbidden',
  403: 'forbidden',
  404: 'notFound',
  408: 'timeout',
  429: 'throttled',
};

function reasonOf(error: unknown): UnreadReason {
  if (!(error instanceof RestError)) {
    return isCredentialProblem(error) ? 'forbidden' : 'invalid';
  }
  if (error.code === RestError.PARSE_ERROR && (error.statusCode ?? 0) < 400) {
    return 'invalid';
  }
  if (error.statusCode === undefined) {
    return 'unreachable';
  }
  return BY_STATUS[error.statusCode] ?? (error.statusCode < 400 ? 'invalid' : 'unavailable');
}

function isCredentialProblem(error: unknown): boolean {
  return (
    error instanceof Error &&
    [
      'AuthenticationError',
      'AggregateAuthenticationError',
      'CredentialUnavailableError',
      'AuthenticationRequiredError',
    ].includes(error.name)
  );
}

/** The useful words, in one line: lists throw with the status in the message and Azure's own words in the body. */
export function detailOf(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  if (error instanceof ZodError) {
    return problemsOf(error).join('; ');
  }
  if (isCredentialProblem(error)) {
    return `No identity could be used; sign in with \`az login\`, or run where a managed identity is offered. ${error.message.split('\n')[0] ?? ''}`;
  }
  if (!(error instanceof RestError)) {
    return error.message.split('\n')[0] ?? error.message;
  }
  const body = bodyOf(error);
  const said = body === undefined ? error.message : `${body.code}: ${body.message}`;
  return error.statusCode === undefined ? said : `HTTP ${error.statusCode} ${said}`;
}

function bodyOf(error: RestError): { code: string; message: string } | undefined {
  // Lists throw without the body that they were refused with.
  const body = parsed(error.response?.bodyAsText ?? refusalOf(error.request)) ?? error.details;
  const found = (body as { error?: { code?: unknown; message?: unknown } } | undefined)?.error ?? body;
  const { code, message } = (found ?? {}) as { code?: unknown; message?: unknown };
  return typeof code === 'string' ? { code, message: typeof message === 'string' ? message : '' } : undefined;
}

function parsed(text: string | null | undefined): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}
