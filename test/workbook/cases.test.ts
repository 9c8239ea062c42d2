import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { readWorkbook } from '../../scripts/preview/workbook';
import { queriesOf } from './queries';

const cases = ['answers', 'filters', 'numbers']
  .map((name) => readFileSync(join(__dirname, `${name}.test.ts`), 'utf8'))
  .join('\n');

it('there is a case for every query', () => {
  // Those that count the rows of a grid are compared with the query of the grid; the same query under several items needs one.
  const queries = queriesOf(readWorkbook()).filter(({ place }) => !place.includes('-rows: '));
  const known = new Set(queries.filter(({ place }) => cases.includes(`'${place}'`)).map(({ query }) => query));
  expect(queries.filter(({ query }) => !known.has(query)).map(({ place }) => place)).toEqual([]);
});
