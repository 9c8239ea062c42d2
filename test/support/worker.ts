/**
 * What the Functions host's Node.js worker does, in a process of its own: it loads what package.json's `main` names with
 * `@azure/functions-core` answered from within, keeps the registrations, and invokes callbacks through the programming model.
 */
import { readFileSync } from 'node:fs';
import Module from 'node:module';
import { join } from 'node:path';

/** What the core module of the worker names; only what is needed here. */
type FunctionCallback = (...inputs: unknown[]) => unknown;
type RpcTypedData = Readonly<Record<string, unknown>>;
export interface FunctionMetadata {
  readonly name?: string;
  readonly bindings: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}
interface InvocationModel {
  getArguments(): Promise<{ context: object; inputs: unknown[] }>;
  invokeFunction(context: object, inputs: unknown[], callback: FunctionCallback): Promise<unknown>;
}
interface ProgrammingModel {
  getInvocationModel(context: {
    invocationId: string;
    request: object;
    metadata: FunctionMetadata;
    state: undefined;
    log: (level: string, category: string, message: string) => void;
  }): InvocationModel;
}

/** The folder of the app: what is given, or the repository. */
const ROOT = process.argv[2] ?? join(__dirname, '../..');

/** What the worker tells and takes. */
export type FromWorker =
  | { readonly kind: 'registered'; readonly functions: readonly FunctionMetadata[] }
  | { readonly kind: 'done'; readonly logs: readonly string[]; readonly error: string | null };
export interface Invocation {
  readonly name: string;
  readonly data: RpcTypedData;
}

interface Registration {
  readonly metadata: FunctionMetadata;
  readonly callback: FunctionCallback;
}

const registrations = new Map<string, Registration>();
let model: ProgrammingModel | undefined;

const core = {
  version: '3.12.0',
  hostVersion: '4.1052.200',
  log: (): void => undefined,
  registerHook: () => ({ dispose: () => undefined }),
  setProgrammingModel: (given: ProgrammingModel) => {
    model = given;
  },
  getProgrammingModel: () => model,
  registerFunction: (metadata: FunctionMetadata, callback: FunctionCallback) => {
    const name = metadata.name ?? '';
    if (registrations.has(name)) {
      throw new Error(`Function ${name} is registered twice`);
    }
    registrations.set(name, { metadata, callback });
    return { dispose: () => undefined };
  },
  Disposable: class {
    dispose(): void {
      // Nothing to let go of.
    }
  },
};

const prototype = Module.prototype as { require: (id: string) => unknown };
const original = prototype.require;
prototype.require = function (this: unknown, id: string): unknown {
  return id === '@azure/functions-core' ? core : Reflect.apply(original, this, [id]);
};

const { main } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { main: string };
prototype.require.call(module, join(ROOT, main));
tell({ kind: 'registered', functions: [...registrations.values()].map(({ metadata }) => metadata) });

process.on('message', (invocation: Invocation) => {
  void invoke(invocation);
});

async function invoke({ name, data }: Invocation): Promise<void> {
  const logs: string[] = [];
  try {
    const { metadata, callback } = registrations.get(name) ?? fail(`No function is named ${name}`);
    const [binding = ''] = Object.keys(metadata.bindings);
    const invocation = invocationModel(metadata, binding, data, logs);
    const { context, inputs } = await invocation.getArguments();
    await invocation.invokeFunction(context, inputs, callback);
    tell({ kind: 'done', logs, error: null });
  } catch (error) {
    tell({ kind: 'done', logs, error: error instanceof Error ? error.message : String(error) });
  }
}

function invocationModel(
  metadata: FunctionMetadata,
  binding: string,
  data: RpcTypedData,
  logs: string[],
): InvocationModel {
  return (model ?? fail('No programming model was set')).getInvocationModel({
    invocationId: 'test',
    request: { inputData: [{ name: binding, data }], triggerMetadata: {} },
    metadata,
    state: undefined,
    log: (_level, _category, message) => {
      logs.push(message);
    },
  });
}

function fail(message: string): never {
  throw new Error(message);
}

function tell(message: FromWorker): void {
  process.send?.(message);
}
