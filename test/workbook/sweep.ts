/**
 * Runs every query of the workbook and prints what came of it, in a process of its own: in Jest's realm the language service
 * takes four times as long.
 */
import { readWorkbook } from '../../scripts/preview/workbook';
import { runnerOver } from '../../scripts/preview/server';
import { expand } from '../../scripts/workbook/parameters';
import { analyseQuery } from '../../simulator/kql';
import { workspaceColumns } from '../../simulator/kql/workspace';
import { CHOICES, HOSTILE_KEYS, OLD } from './choices';
import { ESTATE, ESTATE_CHOICE } from './estate';
import { queriesOf } from './queries';
import { chosen, NOW, untouched, type Chosen, type Tables } from './rows';

/** By place: how many rows came, or the text of the error. */
export type Outcomes = Record<string, number | string>;

export interface Sweep {
  /** Over no rows, by the name of the choice. */
  readonly noRows: Record<string, Outcomes>;
  readonly olderRows: Outcomes;
  readonly estate: Outcomes;
  /** `place: message` of what the language service objects to, with owners whose names may break a query. */
  readonly hostile: readonly string[];
  /** The same over a table that lacks a column. */
  readonly withoutRemediateBy: readonly string[];
}

const found = queriesOf(readWorkbook());
// What counts the rows of a grid is the grid's own query, and two lines.
const own = found.filter(({ place }) => !place.includes('-rows: '));

function outcomes(tables: Tables, values: Chosen): Outcomes {
  const run = runnerOver({ ...tables }, NOW);
  return Object.fromEntries(
    own.map(({ place, query }): [string, number | string] => {
      try {
        return [place, run(expand(query, { ...untouched(query), ...chosen(values) })).rows.length];
      } catch (error) {
        return [place, String(error)];
      }
    }),
  );
}

function objections(columns: ReturnType<typeof workspaceColumns>, values: Chosen): string[] {
  const tables = Object.fromEntries(Object.entries(columns).map(([name, known]) => [name, { columns: known }]));
  return own.flatMap(({ place, query }) =>
    analyseQuery(expand(query, { ...untouched(query), ...chosen(values) }), tables).diagnostics.map(
      ({ message }) => `${place}: ${message}`,
    ),
  );
}

const { AksCompliance_CL = {}, ...others } = workspaceColumns();
const fewer = Object.fromEntries(Object.entries(AksCompliance_CL).filter(([name]) => name !== 'RemediateBy'));

const sweep: Sweep = {
  noRows: Object.fromEntries(Object.entries(CHOICES).map(([name, values]) => [name, outcomes({}, values)])),
  olderRows: outcomes(OLD, {}),
  estate: outcomes(ESTATE, ESTATE_CHOICE),
  hostile: objections(workspaceColumns(), { Owner: HOSTILE_KEYS, OwnersOwner: HOSTILE_KEYS[0] ?? '' }),
  withoutRemediateBy: objections({ ...others, AksCompliance_CL: fewer }, {}),
};
process.stdout.write(JSON.stringify(sweep));
