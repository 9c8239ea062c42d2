import { KqlError } from './error';
import { KqlDateTime, KqlTimespan, type KqlType, type Value } from './values';

/** A number, or the ticks of a time or duration. */
type Magnitude = bigint | number;

function magnitudeOf(value: Value): Magnitude | undefined {
  if (value instanceof KqlDateTime || value instanceof KqlTimespan) {
    return value.ticks;
  }
  return typeof value === 'number' ? value : undefined;
}

function valueOf(magnitude: Magnitude, type: KqlType): Value {
  if (typeof magnitude === 'number') {
    return magnitude;
  }
  return type === 'timespan' ? new KqlTimespan(magnitude) : new KqlDateTime(magnitude);
}

/** Values at equal distances, as `range` and `make-series` have them. */
export class Steps {
  private readonly start: Magnitude;
  private readonly step: Magnitude;

  constructor(
    start: Value,
    step: Value,
    private readonly type: KqlType,
  ) {
    const [first, size] = [magnitudeOf(start), magnitudeOf(step)];
    if (first === undefined || size === undefined || size <= 0 || typeof first !== typeof size) {
      throw new KqlError('a start and a step above zero of the same kind expected');
    }
    [this.start, this.step] = [first, size];
  }

  /** The number of the step that a value lies in, which is negative before the start; undefined for a null. */
  indexOf(value: Value): number | undefined {
    const magnitude = magnitudeOf(value);
    if (typeof magnitude === 'bigint' && typeof this.start === 'bigint' && typeof this.step === 'bigint') {
      const distance = magnitude - this.start;
      return Number(distance / this.step) - Number(distance % this.step < 0n);
    }
    return magnitude === undefined
      ? undefined
      : Math.floor((Number(magnitude) - Number(this.start)) / Number(this.step));
  }

  at(index: number): Value {
    const { start, step } = this;
    return valueOf(
      typeof start === 'bigint' ? start + BigInt(step) * BigInt(index) : start + Number(step) * index,
      this.type,
    );
  }

  /** The first `count` values. */
  take(count: number): Value[] {
    return Array.from({ length: count }, (_, index) => this.at(index));
  }
}
