import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';

import { NoIdentityError } from '../shared/run/identity';
import { SubscriptionsUnreadError } from '../shared/run/local';
import { MONITOR_VERSION } from '../shared/run/version';
import { baseline, type BaselineOptions } from './baseline';
import { listChecks, explainCheck } from './checks';
import { drill, type DrillOptions } from './drill';
import { EXIT } from './exit';
import { permissions, type PermissionsOptions } from './permissions';
import { request, type RequestOptions } from './request';
import { scan, type ScanOptions } from './scan';
import { parseInstant } from '../shared/config/day';
import { ConfigError } from '../shared/config/problems';
import { SCANS } from '../shared/model/scan';
import { SEVERITIES } from '../shared/model/check';

/** Formats that are promised and not there yet. */
const LATER = ['csv', 'sarif', 'html'];

/** Long enough for rows to arrive and for rules that look every 15 minutes to see them. */
const DEFAULT_HOLD_MINUTES = 30;

/** Rules look back two days: what is older is no alert any more. */
const MAX_HOLD_MINUTES = 24 * 60;

function program(): Command {
  const root = new Command('aks-drift')
    .description('Judges the AKS clusters of many subscriptions and reports what drifted.')
    .version(MONITOR_VERSION)
    .exitOverride()
    .hook('preAction', (_root, command) => {
      refuseEmptyValues(command);
    });
  root
    .command('scan')
    .description('collect, judge and compare; results go to standard output')
    .option('--subscription <id...>', 'scan these subscriptions')
    .option('--management-group <id...>', 'scan the subscriptions below these management groups')
    .option('--cluster <name...>', 'scan these clusters only; proves no absence')
    .addOption(new Option('--scan <name...>', 'run these scans only').choices(SCANS))
    .option('--input <file...>', 'read clusters from files: ARM bodies, lists, or `az aks list -o json`')
    .option('--baseline <file>', 'what your organisation expects')
    .option('--as-of <date>', 'judge dates and ages as of a day or an instant (ISO 8601)', parseAsOf)
    .option('--state <dir>', 'keep state between runs in a folder; without it no drift is reported')
    .option('--publish', 'send rows to Log Analytics')
    .option('--changed-by', 'say who made a change; takes --state')
    .option('--format <format>', 'table or json', parseFormat, 'table')
    .option('--output <file>', 'write the result to a file')
    .addOption(
      new Option('--fail-on <severity>', 'exit 1 when a finding of this severity or above fails').choices(SEVERITIES),
    )
    .option('--quiet', 'no progress on standard error')
    .action(async (options: ScanOptions) => {
      process.exitCode = await scan(options);
    });
  root
    .command('checks')
    .description('list the checks')
    .option('--json', 'as JSON')
    .action(({ json }: { json?: true }) => {
      listChecks(json === true);
    });
  root
    .command('baseline')
    .description('validate a baseline file and explain what it changes, in general and for each cluster that is named')
    .argument('[file]')
    // Options that take several values would swallow the file.
    .usage('[file] [options]')
    .option('--init', 'write a commented one from what the clusters look like now, to the file or to standard output')
    .option('--subscription <id...>', 'explain it for the clusters of these subscriptions')
    .option('--management-group <id...>', 'for the subscriptions below these management groups')
    .option('--input <file...>', 'for clusters from files, as in scan')
    .action(async (file: string | undefined, options: BaselineOptions) => {
      process.exitCode = await baseline(file, options);
    });
  root
    .command('explain')
    .description('say what a check means and how to put it right')
    .argument('<check>')
    .action(explainCheck);
  root
    .command('request')
    .description('ask a deployment to scan now: put scan requests on its queue, with your own rights')
    .addOption(new Option('--scan <name...>', 'these scans only').choices(SCANS))
    .option(
      '--subscription <id...>',
      'these subscriptions; without it those that the settings name or that you can list',
    )
    .action(async (options: RequestOptions) => {
      process.exitCode = await request(options);
    });
  root
    .command('drill')
    .description('fire the production alert rules: send rows about a cluster that does not exist, and resolve them')
    .option('--subscription <id>', 'the subscription that the rows name; without it the first that can be listed')
    .option('--hold <minutes>', 'how long the alert stands', parseMinutes, DEFAULT_HOLD_MINUTES)
    .option('--resolve', 'only end a drill that was cut off')
    .action(async (options: DrillOptions) => {
      process.exitCode = await drill(options);
    });
  root
    .command('permissions')
    .description('list the role that the monitor needs on what it scans, and why')
    .addOption(new Option('--json', 'as JSON').conflicts('bicep'))
    .option('--bicep', 'as a Bicep module that defines a custom role')
    .action((options: PermissionsOptions) => {
      permissions(options);
    });
  return root;
}

/** An empty value is what an unset variable of a shell leaves: it must not read as if the option were not there. */
function refuseEmptyValues(command: Command): void {
  const empty = command.options.filter((option) =>
    [command.getOptionValue(option.attributeName())]
      .flat()
      .some((value) => typeof value === 'string' && value.trim() === ''),
  );
  if (empty.length > 0) {
    command.error(`error: the value of ${empty.map(({ flags }) => `'${flags}'`).join(', ')} is empty`);
  }
}

function parseAsOf(text: string): Date {
  const moment = parseInstant(text);
  if (moment === null) {
    throw new InvalidArgumentError('Accepts a day (2027-03-01) or an instant (2027-03-01T12:00:00Z).');
  }
  return moment;
}

function parseMinutes(text: string): number {
  const minutes = Number(text);
  if (text.trim() === '' || !(minutes >= 0 && minutes <= MAX_HOLD_MINUTES)) {
    throw new InvalidArgumentError(`Accepts a number of minutes from 0 to ${MAX_HOLD_MINUTES}.`);
  }
  return minutes;
}

function parseFormat(text: string): 'table' | 'json' {
  if (text === 'table' || text === 'json') {
    return text;
  }
  throw new InvalidArgumentError(
    LATER.includes(text) ? `"${text}" comes with a later version. Accepts table, json.` : 'Accepts table, json.',
  );
}

async function main(): Promise<void> {
  try {
    await program().parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      // Help and version end with 0; commander has printed what is wrong with everything else.
      process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
    } else if (error instanceof ConfigError) {
      process.stderr.write(`${error.message}\n`);
      process.exitCode = EXIT.usage;
    } else if (error instanceof SubscriptionsUnreadError || error instanceof NoIdentityError) {
      process.stderr.write(`${error.message}\n`);
      process.exitCode = EXIT.unread;
    } else {
      // Not 1: that would say that a finding fails.
      process.stderr.write(`Unforeseen: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      process.exitCode = EXIT.unread;
    }
  }
}

// Whoever reads the result may stop before its end, as head does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') {
    process.stderr.write(`The result cannot be written: ${error.message}\n`);
    process.exitCode = EXIT.usage;
  }
  process.exit();
});

void main();
