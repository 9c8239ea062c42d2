import { answerOf, compliance, type Chosen, type Tables } from './rows';

export interface Case {
  readonly name: string;
  readonly tables: Tables;
  readonly chosen?: Chosen;
  /** Rows are compared that hold these values; all of them when there are none. */
  readonly among?: Readonly<Record<string, unknown>>;
  /** The rows, by some of their columns. */
  readonly expected: readonly Record<string, unknown>[];
}

/** The rows that the query of a place answers, case by case. */
export function describeQuery(place: string, cases: readonly Case[]): void {
  describe(`the query ${place}`, () => {
    it.each(cases)('$name', ({ tables, chosen, among = {}, expected }) => {
      const { rows } = answerOf(place, tables, chosen);
      const compared = rows.filter((row) => Object.entries(among).every(([name, value]) => row[name] === value));
      const columns = Object.keys(expected[0] ?? {});
      expect(compared.map((row) => Object.fromEntries(columns.map((name) => [name, row[name]])))).toEqual(expected);
    });
  });
}

/** What is current, and nothing else. */
export function only(...rows: readonly Record<string, unknown>[]): Tables {
  return { AksCompliance_CL: rows };
}

/** The id of a cluster, as the builders of rows give it. */
export function idOf(ClusterName: string): string {
  return String(compliance({ ClusterName }).ClusterId);
}
