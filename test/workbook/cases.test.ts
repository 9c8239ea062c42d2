import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { readWorkbook } from '../../scripts/preview/workbook';
import { queriesOf } from './queries';

const cases = ['answers', 'filters', 'numbers']
  .map((name) => readFileSync(join(__dirname, `${name}.test.ts`), 'utf8'))
  .join('\n');

it('there is a case for every query', () => {
  // Those that count the rows of a grid are compared with the query of the grid.
  const places = queriesOf(readWorkbook()).flatMap(({ place }) => (place.includes('-rows: ') ? [] : [place]));
  expect(places.filter((place) => !cases.includes(`'${place}'`))).toEqual([]);
});
