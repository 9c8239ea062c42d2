import type { Json } from './json';

/** A refusal in the shape that ARM, Resource Graph and Logs Ingestion share: `{ error: { code, message } }`. */
export class AzureError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly extra: { headers?: Record<string, string>; details?: Json[] } = {},
  ) {
    super(message);
  }

  get body(): Json {
    const { details } = this.extra;
    return { error: { code: this.code, message: this.message, ...(details && { details }) } };
  }
}
