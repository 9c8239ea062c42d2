import { randomUUID } from 'node:crypto';
import { createServer } from 'node:https';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AzureError } from './azure-error';
import type { ServerCertificate } from './certificates';
import type { Faults } from './faults';

/** What a client asked, as the simulator keeps it. */
export interface RecordedRequest {
  method: string;
  /** Path with query, as sent. */
  path: string;
  /** `name:port` of the server that was asked. */
  host: string;
  /** The RBAC action that the request needs; null where none applies or no route matched. */
  action: string | null;
  /** HTTP status of the answer; 0 while there is none (a fault that hangs or resets leaves it so). */
  status: number;
}

export interface IncomingRequest {
  method: string;
  url: URL;
  headers: IncomingHttpHeaders;
  body: Buffer;
  recorded: RecordedRequest;
}

export interface Reply {
  status: number;
  headers?: Record<string, string>;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is, in place of `body`. */
  text?: string;
}

export interface HttpsServer {
  /** `https://localhost:port`, without a slash at the end. */
  origin: string;
  stop(): Promise<void>;
}

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

function send(response: ServerResponse, reply: Reply): void {
  const text = reply.text ?? (reply.body === undefined ? '' : JSON.stringify(reply.body));
  const requestId = randomUUID();
  response.writeHead(reply.status, {
    'Cache-Control': 'no-cache',
    'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
    'X-Content-Type-Options': 'nosniff',
    'x-ms-request-id': requestId,
    'x-ms-correlation-request-id': requestId,
    ...(text && { 'Content-Type': 'application/json; charset=utf-8' }),
    ...reply.headers,
  });
  response.end(text);
}

function replyToError(error: unknown): Reply {
  if (error instanceof AzureError) {
    return { status: error.status, body: error.body, ...(error.extra.headers && { headers: error.extra.headers }) };
  }
  // A bug in the simulator must be seen in the test that meets it.
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { status: 500, body: { error: { code: 'SimulatorBug', message } } };
}

/** Starts one HTTPS server on a free port of 127.0.0.1; each request is recorded, offered to the faults, then answered. */
export async function startHttpsServer(options: {
  certificate: ServerCertificate;
  faults: Faults;
  requests: RecordedRequest[];
  answer: (request: IncomingRequest) => Promise<Reply> | Reply;
}): Promise<HttpsServer> {
  async function answerOrError(request: IncomingRequest): Promise<Reply> {
    try {
      return await options.answer(request);
    } catch (error) {
      return replyToError(error);
    }
  }

  async function handle(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const recorded: RecordedRequest = {
      method: message.method ?? '',
      path: message.url ?? '',
      host: message.headers.host ?? '',
      action: null,
      status: 0,
    };
    options.requests.push(recorded);
    const body = await bodyOf(message);
    const struck = await options.faults.apply(recorded);
    if (struck === 'hang') {
      return;
    }
    if (struck === 'reset') {
      message.socket.destroy();
      return;
    }
    const url = new URL(`https://${recorded.host}${recorded.path}`);
    const request: IncomingRequest = { method: recorded.method, url, headers: message.headers, body, recorded };
    const reply = struck ?? (await answerOrError(request));
    recorded.status = reply.status;
    send(response, reply);
  }

  const server = createServer(options.certificate, (message, response) => {
    // A client that hangs up while its body is read needs no answer.
    handle(message, response).catch(() => message.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `https://localhost:${port}`,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
