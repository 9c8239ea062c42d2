import { Limiter } from '../../shared/collect/limiter';

/** With a deadline that has passed, a take that would have to wait rejects at once; one that need not wait resolves. */
const takeAll = (limiter: Limiter, takes: [subscription: string, region: string][]) =>
  Promise.allSettled(takes.map(([subscription, region]) => limiter.take(subscription, region)));

const times = (count: number, subscription = 's', region = 'westeurope'): [string, string][] =>
  Array.from({ length: count }, () => [subscription, region]);

it.each<[when: string, takes: [string, string][], waiting: number]>([
  ['60 at once need not wait', times(60), 0],
  ['the 61st waits', times(61), 1],
  ['and so do all after it', times(70), 10],
  ['another region has its own limit', [...times(60), ...times(60, 's', 'eastus2')], 0],
  ['another subscription has its own limit', [...times(60), ...times(60, 't')], 0],
  ['letter case does not make another one', [...times(60), ...times(1, 'S', 'WestEurope')], 1],
])('%s', async (_, takes, waiting) => {
  const results = await takeAll(new Limiter(AbortSignal.abort()), takes);
  const statuses = results.map(({ status }) => status);
  const expected = takes.map((_take, index) => (index < takes.length - waiting ? 'fulfilled' : 'rejected'));
  expect(statuses).toEqual(expected);
});

it('a wait ends with the deadline', async () => {
  const deadline = new AbortController();
  const limiter = new Limiter(deadline.signal);
  await takeAll(limiter, times(60));
  const waiting = takeAll(limiter, times(3));
  deadline.abort();
  expect(await waiting).toEqual([
    { status: 'rejected', reason: expect.objectContaining({ name: 'AbortError' }) as unknown },
    { status: 'rejected', reason: expect.objectContaining({ name: 'AbortError' }) as unknown },
    { status: 'rejected', reason: expect.objectContaining({ name: 'AbortError' }) as unknown },
  ]);
});

it('a wait without a deadline ends by itself', async () => {
  const limiter = new Limiter(new AbortController().signal);
  await takeAll(limiter, times(60));
  await expect(limiter.take('s', 'westeurope')).resolves.toBeUndefined();
});
