import { chunksOf, fitted } from '../../shared/publish/chunks';

/** A row that takes this many bytes as JSON. */
function rowOf(bytes: number, name = ''): { name: string; text: string } {
  const empty = Buffer.byteLength(JSON.stringify({ name, text: '' }));
  return { name, text: 'x'.repeat(bytes - empty) };
}

const bytesOf = (rows: readonly object[]): number => Buffer.byteLength(JSON.stringify(rows));

describe('chunks', () => {
  it('of nothing are none', () => {
    expect(chunksOf([])).toEqual([]);
  });

  it('keep every row, in order', () => {
    const rows = Array.from({ length: 3000 }, (_, index) => rowOf(1000 + (index % 7) * 100, `${index}`));
    const chunks = chunksOf(rows);

    expect(chunks.flat()).toEqual(rows);
    expect(chunks.length).toBeGreaterThan(3);
  });

  it('keep the rows themselves, by which the outbox knows them', () => {
    const row = rowOf(100);

    expect(chunksOf([row])[0]?.[0]).toBe(row);
  });

  it('are no larger than 900 kB', () => {
    const rows = Array.from({ length: 500 }, (_, index) => rowOf(1000 + ((index * 7919) % 60_000), `${index}`));

    expect(chunksOf(rows).filter((chunk) => bytesOf(chunk) > 900_001)).toEqual([]);
  });

  it('are as few as the order allows', () => {
    const rows = Array.from({ length: 90 }, () => rowOf(99_999));

    expect(chunksOf(rows).map(({ length }) => length)).toEqual(Array.from({ length: 10 }, () => 9));
  });

  it('leave room for the time of sending, for rows as short as real ones', () => {
    const time = Buffer.byteLength('"TimeGenerated":"2026-11-24T09:00:00.000Z",');
    const rows = Array.from({ length: 5000 }, (_, index) => rowOf(700, `${index}`));

    expect(chunksOf(rows).filter((chunk) => bytesOf(chunk) + chunk.length * time > 1_000_000)).toEqual([]);
  });

  it('count bytes and not characters', () => {
    const row = { text: '€'.repeat(200_000) };

    expect(chunksOf([row, row])).toHaveLength(2);
  });

  it('give a huge row a chunk of its own', () => {
    const [small, huge, last] = [rowOf(10_000, 'a'), rowOf(2_000_000, 'b'), rowOf(10_000, 'c')];

    expect(chunksOf([small, huge, last])).toEqual([[small], [huge], [last]]);
    expect(chunksOf([huge])).toEqual([[huge]]);
  });
});

describe('what fits a field', () => {
  const LIMIT = 64 * 1024;

  it.each<readonly [string, unknown]>([
    ['a text of 64 KB', 'x'.repeat(LIMIT)],
    ['a value of 64 KB', { text: 'x'.repeat(LIMIT - '{"text":""}'.length) }],
    ['nothing', null],
    ['a number', 5],
    ['false', false],
    ['an empty list', []],
  ])('is left as it is: %s', (_, value) => {
    expect(fitted({ Value: value })).toEqual({ Value: value });
  });

  it.each([
    ['plain text', 'x'.repeat(LIMIT + 1)],
    ['text of three bytes a character', '€'.repeat(LIMIT / 2)],
    ['text of four bytes a character', '😀'.repeat(LIMIT / 2)],
    ['text of four bytes a character, which begins with one of one byte', `x${'😀'.repeat(LIMIT / 2)}`],
    ['quotes', '"'.repeat(LIMIT + 1)],
    ['control characters', '\u0001'.repeat(LIMIT + 1)],
  ])('is cut, says so, and still fits: %s', (_, text) => {
    const row = fitted({ Message: text, Value: [text], CheckId: 'a' });

    expect(row.CheckId).toBe('a');
    expect(row.Message).toMatch(/… \(cut from \d+ bytes\)$/);
    expect(Buffer.byteLength(JSON.stringify(row.Message))).toBeLessThanOrEqual(LIMIT);
    expect(row.Value).toEqual([expect.stringMatching(/… \(cut from \d+ bytes\)$/)]);
    expect(Buffer.byteLength(JSON.stringify(row.Value))).toBeLessThanOrEqual(LIMIT);
    expect(JSON.parse(JSON.stringify(row))).toEqual(row);
    expect(row.Message.startsWith(text.slice(0, 1000))).toBe(true);
  });

  it.each([
    ['a text', `x${'😀'.repeat(40_000)}`],
    ['a text on the other foot', '😀'.repeat(40_000)],
    ['a value', ['😀'.repeat(40_000)]],
    ['a value on the other foot', [`x${'😀'.repeat(40_000)}`]],
  ])('never ends in half a character: %s', (_, value: unknown) => {
    const [text] = [fitted({ Value: value }).Value].flat();

    expect((text as string).isWellFormed()).toBe(true);
  });

  const ranges = Array.from({ length: 5000 }, (_, index) => `10.${index >> 8}.${index & 255}.0/24`);
  const certificates = Array.from({ length: 500 }, (_, index) => ({ subject: `CN=${index}`, pem: 'x'.repeat(200) }));
  const places = Object.fromEntries(ranges.map((range) => [`exemptions[${range}]`, { reason: 'It is known.' }]));

  const withThese = (items: readonly unknown[]): unknown => expect.arrayContaining([...items]);

  it.each<readonly [string, object, unknown]>([
    [
      'the longest of two lists, and not the other',
      { authorizedIPRanges: [...ranges, '0.0.0.0/0'], offending: ['0.0.0.0/0'], missing: [] },
      { authorizedIPRanges: withThese(ranges.slice(0, 2000)), offending: ['0.0.0.0/0'], missing: [] },
    ],
    [
      'one of two lists that are as long',
      { authorizedIPRanges: ranges.slice(0, 2500), offending: ranges.slice(0, 2500) },
      { authorizedIPRanges: withThese(ranges.slice(0, 500)), offending: ranges.slice(0, 2500) },
    ],
    [
      'a list deep inside',
      { transition: 'worsened', before: { outcome: 'fail', observed: { ranges } }, at: 'now' },
      {
        ...{ transition: 'worsened', at: 'now' },
        before: { outcome: 'fail', observed: { ranges: withThese(ranges.slice(0, 2000)) } },
      },
    ],
    [
      'a text beside others',
      { detail: 'x'.repeat(LIMIT), scope: '/subscriptions/1' },
      { detail: expect.stringMatching(/^x{1000,}… \(cut from 65536 bytes\)$/) as unknown, scope: '/subscriptions/1' },
    ],
    ['a list of objects', certificates, withThese(certificates.slice(0, 200))],
    ['one long item of a list', ['a', 'x'.repeat(LIMIT), 'b'], ['a', expect.stringMatching(/^x+… /), 'b']],
    [
      'an object of many fields',
      places,
      expect.objectContaining(Object.fromEntries(Object.entries(places).slice(0, 900))),
    ],
  ])('keeps its shape, and ends earlier: %s', (_, value, kept) => {
    const { Value } = fitted({ Value: value });

    expect(Value).toEqual(kept);
    expect(JSON.stringify(Value)).toMatch(/… \(cut from \d+ (bytes|items|fields)\)/);
    expect(Buffer.byteLength(JSON.stringify(Value))).toBeLessThanOrEqual(LIMIT);
  });

  it('says how much of a list is missing at its end', () => {
    const { Value } = fitted({ Value: ranges });

    expect(Value.at(-1)).toBe('… (cut from 5000 items)');
    expect(Value.slice(0, -1)).toEqual(ranges.slice(0, Value.length - 1));
  });
});
