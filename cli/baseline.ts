import { readFile, writeFile } from 'node:fs/promises';

import { ConfigError } from '../shared/config/problems';
import { explainBaseline, type ExplainedBaseline, type FleetSource } from '../shared/run/explain-baseline';
import { proposeBaseline } from './baseline-proposal';
import { differences } from './difference';
import { EXIT } from './exit';
import { readInputs, settingsOf, type Selection } from './selection';
import { section } from './table';

/** What `baseline` was asked for. */
export interface BaselineOptions extends Pick<Selection, 'subscription' | 'managementGroup' | 'input'> {
  readonly init?: true;
}

/**
 * Validates a baseline file and says what it changes; with --init writes one from what the fleet looks like now.
 * @returns the exit code. @throws ConfigError
 */
export async function baseline(file: string | undefined, options: BaselineOptions): Promise<number> {
  if (options.init === true) {
    await write(await proposeBaseline(options), file);
    return EXIT.done;
  }
  if (file === undefined) {
    throw new ConfigError('The baseline file is missing', [
      'aks-drift baseline: accepts the name of a file, or --init',
    ]);
  }
  const source = await sourceOf(options);
  const explained = await explainBaseline(await read(file), file, source, settingsOf(options).now ?? new Date());
  process.stdout.write(rendered(file, explained, source.kind));
  for (const problem of explained.problems) {
    process.stderr.write(`${problem}\n`);
  }
  return explained.problems.length > 0 ? EXIT.unread : EXIT.done;
}

/** Offline unless clusters are named, by option or by setting: a pipeline validates a file without access to Azure. */
async function sourceOf(options: BaselineOptions): Promise<FleetSource> {
  if (options.input !== undefined) {
    return { kind: 'files', files: await readInputs(options.input) };
  }
  const settings = settingsOf(options);
  const isNamed = settings.subscriptionIds !== null || settings.managementGroupIds.length > 0;
  return isNamed ? { kind: 'azure', settings } : { kind: 'none' };
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new ConfigError('The baseline file cannot be read', [`${file}: ${(error as Error).message}`]);
  }
}

async function write(text: string, file: string | undefined): Promise<void> {
  if (file === undefined) {
    process.stdout.write(text);
    return;
  }
  try {
    // What somebody has written is never overwritten.
    await writeFile(file, text, { flag: 'wx' });
  } catch (error) {
    throw new ConfigError('The baseline file cannot be written', [`${file}: ${(error as Error).message}`]);
  }
}

function rendered(file: string, { difference, clusters }: ExplainedBaseline, source: FleetSource['kind']): string {
  return [
    `${file} is valid.`,
    '',
    ...(difference === null
      ? ['It changes nothing: the built-in baseline is in force.', '']
      : section('What it sets', ['Where', 'Built in → here'], rowsOf(difference))),
    ...(source === 'none'
      ? ['Name clusters (--input, --subscription or --management-group) to see what it changes for each.', '']
      : section('Cluster by cluster', ['Cluster', 'Owner', 'Check', 'What changes'], clusters.flatMap(clusterRows))),
  ].join('\n');
}

function rowsOf({ before, now }: NonNullable<ExplainedBaseline['difference']>): string[][] {
  const places = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  return places.map((place) => [place, differences(before[place] ?? null, now[place] ?? null).join('; ')]);
}

function clusterRows({
  name,
  inScope,
  owner,
  environment,
  changes,
}: ExplainedBaseline['clusters'][number]): string[][] {
  const whose = [owner, environment].filter((part) => part !== null).join(', ');
  if (!inScope || changes.length === 0) {
    return [[name, whose, '', inScope ? 'as built in' : 'out of scope']];
  }
  return changes.map(({ nodePool, checkId, changes: clauses }) => [
    nodePool === null ? name : `${name}/${nodePool}`,
    whose,
    checkId,
    clauses.join('; '),
  ]);
}
