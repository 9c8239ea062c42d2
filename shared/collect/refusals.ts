import type { PipelinePolicy, PipelineRequest } from '@azure/core-rest-pipeline';

/** Bodies of refusals, as long as their requests live. */
const refusals = new WeakMap<PipelineRequest, string>();

/** Keeps what Azure said when it refused: the SDKs' lists throw only the status. */
export const keepRefusals: PipelinePolicy = {
  name: 'keepRefusals',
  sendRequest: async (request, next) => {
    const response = await next(request);
    if (response.status >= 400 && typeof response.bodyAsText === 'string') {
      refusals.set(request, response.bodyAsText);
    }
    return response;
  },
};

/** The body with which a request was refused. */
export function refusalOf(request: PipelineRequest | undefined): string | undefined {
  return request === undefined ? undefined : refusals.get(request);
}
