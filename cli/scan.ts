import { randomUUID } from 'node:crypto';
import { access, constants, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ConfigError } from '../shared/config/problems';
import { SEVERITIES, type Severity } from '../shared/model/check';
import { scanLocally } from '../shared/run/local';
import type { ScanOutcome } from '../shared/run/report';
import { StateUnreadableError } from '../shared/run/wiring';
import { MONITOR_VERSION } from '../shared/run/version';
import { EXIT } from './exit';
import { readInputs, settingsOf, type Selection } from './selection';
import { ReportBuilder, type Report, type ReportedFinding } from './report';
import { renderTable } from './table';

/** What `scan` was asked for. */
export interface ScanOptions extends Selection {
  readonly cluster?: string[];
  readonly asOf?: Date;
  readonly state?: string;
  readonly publish?: true;
  readonly format: 'table' | 'json';
  readonly output?: string;
  readonly failOn?: Severity;
  readonly quiet?: true;
}

/** Runs the scans and prints what they found. @returns the exit code. @throws ConfigError */
export async function scan(options: ScanOptions): Promise<number> {
  refuseContradictions(options);
  const settings = settingsOf(options);
  const clock = (): string => (settings.now ?? new Date()).toISOString();
  const startedAt = clock();
  const builder = new ReportBuilder();
  const inputs = options.input === undefined ? null : await readInputs(options.input);
  const stateFolder = await folderFor(options.state);
  const progress = (line: string): void => {
    if (options.quiet !== true) {
      process.stderr.write(`${line}\n`);
    }
  };
  try {
    const { outcomes, confirm } = await scanLocally({
      ...{ settings, stateFolder, inputs, progress, observer: builder },
      keepsState: options.state !== undefined,
      publish: options.publish === true,
      asOf: options.asOf ?? null,
      clusterNames: options.cluster ?? null,
    });
    const call = { runId: randomUUID(), startedAt, finishedAt: clock(), monitorVersion: MONITOR_VERSION };
    const report = builder.build(call, outcomes);
    await print(
      options.format === 'json'
        ? `${JSON.stringify(report, null, 2)}\n`
        : renderTable(report, options.state !== undefined, options.asOf ?? null),
      options.output,
    );
    await confirm();
    for (const problem of problemsOf(outcomes)) {
      process.stderr.write(`${problem}\n`);
    }
    return refuseUnknownNames(options.cluster ?? [], report, outcomes) ?? exitCode(report, outcomes, options.failOn);
  } finally {
    if (options.state === undefined) {
      await rm(stateFolder, { recursive: true, force: true });
    }
  }
}

/** Found out before anything is scanned: what cannot be kept would be lost. */
async function folderFor(state: string | undefined): Promise<string> {
  if (state === undefined) {
    return mkdtemp(join(tmpdir(), 'aks-drift-'));
  }
  try {
    await mkdir(state).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        throw error;
      }
    });
    if (!(await stat(state)).isDirectory()) {
      throw new Error('it is not a folder');
    }
    await access(state, constants.W_OK);
    return state;
  } catch (error) {
    throw new ConfigError('The state cannot be kept', [`--state ${state}: ${(error as Error).message}`]);
  }
}

function refuseContradictions(options: ScanOptions): void {
  const given = (names: readonly (keyof ScanOptions)[]): string[] =>
    names.filter((name) => options[name] !== undefined).map((name) => `--${kebabCase(name)}`);
  const problems = [
    ...(options.input === undefined
      ? []
      : given(['subscription', 'managementGroup', 'publish']).map((flag) => `--input refuses ${flag}`)),
    ...(options.asOf === undefined ? [] : given(['publish', 'state']).map((flag) => `--as-of refuses ${flag}`)),
    ...(options.changedBy === true && options.state === undefined ? ['--changed-by takes --state'] : []),
  ];
  if (problems.length > 0) {
    throw new ConfigError('These options contradict one another', problems);
  }
}

function kebabCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** What went wrong is told also to those who want no progress. */
function problemsOf(outcomes: readonly ScanOutcome[]): string[] {
  return outcomes.flatMap(({ subscriptionId, scan: name, failure, unpublished }) =>
    [...(failure === null ? [] : [failure.message]), ...unpublished].map(
      (problem) => `${subscriptionId} ${name}: ${problem}`,
    ),
  );
}

async function print(text: string, file: string | undefined): Promise<void> {
  if (file === undefined) {
    process.stdout.write(text);
    return;
  }
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new ConfigError('The result cannot be written', [`${file}: ${(error as Error).message}`]);
  }
}

function exitCode(report: Report, outcomes: readonly ScanOutcome[], failOn: Severity | undefined): number {
  if (outcomes.some(({ failure }) => failure instanceof StateUnreadableError)) {
    return EXIT.usage;
  }
  if (outcomes.some(({ unpublished }) => unpublished.length > 0)) {
    return EXIT.unpublished;
  }
  if (failOn !== undefined && report.findings.some((finding) => failsAt(finding, failOn))) {
    return EXIT.failing;
  }
  const isUnread = outcomes.some(
    ({ unread, failure }) => failure !== null || unread.some(({ reason }) => reason !== 'disabled'),
  );
  return isUnread ? EXIT.unread : EXIT.done;
}

/** A name that no cluster has is a mistake, and must not look like a clean result. Where something was not read, nobody knows. */
function refuseUnknownNames(names: readonly string[], report: Report, outcomes: readonly ScanOutcome[]): number | null {
  const known = new Set(report.clusters.map(({ name }) => name.toLowerCase()));
  const unknown = names.filter((name) => !known.has(name.toLowerCase()));
  if (unknown.length === 0 || outcomes.some(({ unread }) => unread.some(({ source }) => source === 'clusters'))) {
    return null;
  }
  process.stderr.write(`No cluster has the name ${unknown.map((name) => `"${name}"`).join(' or ')}.\n`);
  return EXIT.usage;
}

function failsAt({ outcome, exemption, severity }: ReportedFinding, failOn: Severity): boolean {
  const rank = SEVERITIES.findIndex((known) => known === severity);
  return outcome === 'fail' && exemption === null && rank <= SEVERITIES.indexOf(failOn);
}
