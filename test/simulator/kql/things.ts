import { type KqlTable, runQuery } from '../../../simulator/kql/index';

const NOW = new Date('2026-11-24T10:00:00Z');
const THINGS: KqlTable = {
  columns: {
    id: 'string',
    n: 'int',
    size: 'long',
    share: 'real',
    on: 'bool',
    at: 'datetime',
    took: 'timespan',
    props: 'dynamic',
  },
  rows: [
    {
      id: 'a',
      n: 1,
      size: 10,
      share: 0.5,
      on: true,
      at: '2026-11-20T00:00:00Z',
      took: '00:05:00',
      props: { k: 'X', l: [1, 2] },
    },
    {
      id: 'B',
      n: 2,
      size: 20,
      share: 1.5,
      on: false,
      at: '2026-11-21T12:00:00.1234567Z',
      took: '1.00:00:00',
      props: { k: 'x', v: 7 },
    },
    { id: 'c', n: null, size: null, share: null, on: null, at: null, took: null, props: null },
  ],
};
const OTHERS: KqlTable = {
  columns: { id: 'string', n: 'int', note: 'string' },
  rows: [
    { id: 'a', n: 10, note: 'first' },
    { id: 'a', n: 11, note: 'second' },
    { id: 'z', n: 12, note: 'third' },
  ],
};
const TABLES = { things: THINGS, Others: OTHERS };

/** Runs a query over `things` and `Others`. */
export const run = (query: string): ReturnType<typeof runQuery> => runQuery(query, TABLES, { now: NOW });
/** The rows as arrays, in the order of the columns. */
export const cells = (query: string): unknown[][] => {
  const { columns, rows } = run(query);
  return rows.map((row) => columns.map(({ name }) => row[name]));
};
/** The one cell of a query. */
export const value = (expression: string): unknown => cells(`print v = ${expression}`)[0]?.[0];
/** The ids of the things for which a condition holds. */
export const ids = (condition: string): unknown[] => cells(`things | where ${condition} | project id`).flat();
