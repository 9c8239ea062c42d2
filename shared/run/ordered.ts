/** Maps with a few in flight at a time and yields in the order of the input. */
export async function* mapOrdered<In, Out>(
  items: AsyncIterable<In> | Iterable<In>,
  inFlight: number,
  map: (item: In) => Promise<Out>,
): AsyncGenerator<Out> {
  const queue: Promise<Out>[] = [];
  for await (const item of items) {
    const mapped = map(item);
    // It is awaited later; until then a rejection is not unhandled.
    mapped.catch(() => undefined);
    queue.push(mapped);
    if (queue.length >= inFlight) {
      const first = queue.shift();
      if (first !== undefined) {
        yield await first;
      }
    }
  }
  for (const mapped of queue) {
    yield await mapped;
  }
}

export interface Joined<Left, Right> {
  readonly key: string;
  readonly left: Left | undefined;
  readonly right: Right | undefined;
}

/** Joins two sequences that are sorted by key: every key once, with what each side has of it. */
export async function* joinSorted<Left, Right>(
  left: AsyncIterable<Left>,
  leftKey: (item: Left) => string,
  right: readonly Right[],
  rightKey: (item: Right) => string,
): AsyncGenerator<Joined<Left, Right>> {
  let index = 0;
  const onlyRight = function* (before: string | null): Generator<Joined<Left, Right>> {
    for (
      let item = right[index];
      item !== undefined && (before === null || rightKey(item) < before);
      item = right[index]
    ) {
      index += 1;
      yield { key: rightKey(item), left: undefined, right: item };
    }
  };
  for await (const item of left) {
    const key = leftKey(item);
    yield* onlyRight(key);
    const match = right[index];
    const isMatch = match !== undefined && rightKey(match) === key;
    index += isMatch ? 1 : 0;
    yield { key, left: item, right: isMatch ? match : undefined };
  }
  yield* onlyRight(null);
}
