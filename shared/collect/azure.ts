import { DefaultAzureCredential, ManagedIdentityCredential } from '@azure/identity';
import type { TokenCredential } from '@azure/core-auth';
import {
  bearerTokenAuthenticationPolicy,
  createDefaultHttpClient,
  createPipelineFromOptions,
  createPipelineRequest,
  RestError,
  type PipelinePolicy,
  type PipelineRequest,
  type PipelineResponse,
} from '@azure/core-rest-pipeline';

import type { Settings } from '../config/settings';
import { Limiter } from './limiter';
import { keepRefusals } from './refusals';

/** A managed identity where one is offered, else whoever is signed in on this machine. No key and no secret. */
export function credentialOf({ managedIdentity, clientId, cloud }: Settings): TokenCredential {
  if (managedIdentity) {
    return new ManagedIdentityCredential(clientId === undefined ? {} : { clientId });
  }
  return new DefaultAzureCredential({
    authorityHost: cloud.authorityHost,
    ...(clientId === undefined ? {} : { managedIdentityClientId: clientId }),
  });
}

/** Requests to ARM of one scan, retries included. */
export interface RequestCounts {
  armRequests: number;
  throttled: number;
}

/** A policy of ours in the pipeline of an SDK: once per call, or once per try. */
export interface AdditionalPolicy {
  readonly policy: PipelinePolicy;
  readonly position: 'perCall' | 'perRetry';
}

/** What every collector needs to ask ARM: who asks, where, until when, and how often it has been asked. */
export interface Azure {
  readonly credential: TokenCredential;
  readonly endpoint: string;
  readonly scope: string;
  /** Aborts when the run's deadline has passed. */
  readonly signal: AbortSignal;
  readonly counts: RequestCounts;
  readonly limiter: Limiter;
  readonly policies: AdditionalPolicy[];
  /** For what no SDK asks: the same policies, and one connection and one token for all requests. */
  readonly send: (request: PipelineRequest) => Promise<PipelineResponse>;
}

/** Ends what is not done in time; the clock starts now. */
export function deadlineOf({ deadlineSeconds }: Settings): AbortSignal {
  return deadlineSeconds === null ? new AbortController().signal : AbortSignal.timeout(deadlineSeconds * 1000);
}

/** @param signal ends every request of this connection, also those that the SDKs start without one (page 2 of a list). */
export function connect(settings: Settings, credential: TokenCredential, signal: AbortSignal): Azure {
  const counts = { armRequests: 0, throttled: 0 };
  const policies: AdditionalPolicy[] = [
    { policy: deadlinePolicy(signal), position: 'perCall' },
    { policy: keepRefusals, position: 'perCall' },
    { policy: countingPolicy(counts), position: 'perRetry' },
  ];
  const scope = settings.cloud.armScope;
  return {
    ...{ credential, scope, signal, counts, policies },
    endpoint: settings.armEndpoint,
    limiter: new Limiter(signal),
    send: senderOf(credential, scope, policies),
  };
}

function senderOf(credential: TokenCredential, scope: string, policies: readonly AdditionalPolicy[]): Azure['send'] {
  const client = createDefaultHttpClient();
  const pipeline = createPipelineFromOptions({});
  pipeline.addPolicy(bearerTokenAuthenticationPolicy({ credential, scopes: scope }), { phase: 'Sign' });
  for (const { policy, position } of policies) {
    pipeline.addPolicy(policy, position === 'perRetry' ? { afterPhase: 'Retry' } : {});
  }
  return (request) => pipeline.sendRequest(client, request);
}

/** The options that every management client takes: endpoint and audience apart, because a proxy has one and not the other. */
export function clientOptions({ endpoint, scope, policies }: Azure): {
  endpoint: string;
  credentials: { scopes: string[] };
  additionalPolicies: AdditionalPolicy[];
} {
  return { endpoint, credentials: { scopes: [scope] }, additionalPolicies: policies };
}

/**
 * A GET of an ARM resource for which no SDK has the right api-version, or that the SDK would change while it reads.
 * @returns the parsed body.
 * @throws RestError for any other status than 200, and when the body is no JSON.
 */
export async function armGet(azure: Azure, pathOrUrl: string): Promise<unknown> {
  // An endpoint may have a path of its own, below which ARM's begins.
  const url = new URL(pathOrUrl.startsWith('/') ? `${azure.endpoint}${pathOrUrl}` : pathOrUrl);
  const request = createPipelineRequest({ url: url.href });
  const response = await azure.send(request);
  const body = response.bodyAsText ?? '';
  if (response.status !== 200) {
    throw new RestError(body, { statusCode: response.status, request, response });
  }
  try {
    return JSON.parse(body);
  } catch {
    throw new RestError(`The body of ${url.pathname} is not JSON.`, { code: RestError.PARSE_ERROR, statusCode: 200 });
  }
}

/** Walks the pages of a list, `value` by `value`. @throws as armGet does; what was read before stays read. */
export async function* armList(azure: Azure, path: string): AsyncGenerator {
  let next: unknown = path;
  while (typeof next === 'string' && next !== '') {
    const page = (await armGet(azure, next)) as { value?: unknown; nextLink?: unknown } | null;
    if (!Array.isArray(page?.value)) {
      throw new RestError(`${path} answered without a list named "value".`, { code: RestError.PARSE_ERROR });
    }
    yield* page.value as unknown[];
    next = page.nextLink ?? '';
    if (typeof next !== 'string') {
      // Whoever takes it for the last page takes a part for the whole.
      throw new RestError(`nextLink: expected a string, got a ${typeof next}.`, { code: RestError.PARSE_ERROR });
    }
  }
}

/** For a client that takes a body without a list for an empty list: such an answer is no answer. */
export const requireList: AdditionalPolicy = {
  position: 'perCall',
  policy: {
    name: 'requireList',
    sendRequest: async (request, next) => {
      const response = await next(request);
      if (response.status === 200 && !holdsList(response.bodyAsText ?? '')) {
        throw new RestError('The answer holds no list named "value".', {
          code: RestError.PARSE_ERROR,
          request,
          response,
        });
      }
      return response;
    },
  },
};

function holdsList(text: string): boolean {
  try {
    return Array.isArray((JSON.parse(text) as { value?: unknown } | null)?.value);
  } catch {
    return false;
  }
}

function deadlinePolicy(signal: AbortSignal): PipelinePolicy {
  return {
    name: 'runDeadline',
    sendRequest: (request, next) => {
      const own = request.abortSignal as AbortSignal | undefined;
      request.abortSignal = own === undefined ? signal : AbortSignal.any([own, signal]);
      return next(request);
    },
  };
}

function countingPolicy(counts: RequestCounts): PipelinePolicy {
  return {
    name: 'armRequestCounts',
    sendRequest: async (request, next) => {
      counts.armRequests += 1;
      const response = await next(request);
      if (response.status === 429) {
        counts.throttled += 1;
        // The SDKs retry a 429 only when it says after how long.
        if (!['retry-after', 'retry-after-ms', 'x-ms-retry-after-ms'].some((name) => response.headers.has(name))) {
          response.headers.set('retry-after', '1');
        }
      }
      return response;
    },
  };
}
