import { fail, pass, type Severity, type Verdict } from '../model/check';
import type { Json } from '../model/json';
import { days } from '../model/params';
import { DAY, dayOf, isoAfter, wholeDays } from './facts';

/** Days left at which an end fails, and at which the failure is high. */
export const EXPIRY_PARAMS = {
  warnDays: days(30, 'fail, medium, when fewer are left', { stricter: 'higher' }),
  highDays: days(7, 'fail, high, when fewer are left', { stricter: 'higher' }),
};

interface Limits {
  readonly warnDays: number;
  readonly highDays: number;
  /** The severity of what has ended. */
  readonly ended: Severity;
}

/** @param subject of a sentence, to be followed by "ends on". */
export function judgeExpiry(subject: string, end: Date, limits: Limits, now: Date, observed: Json): Verdict {
  const { warnDays, highDays, ended } = limits;
  if (now >= end) {
    return fail(`${subject} ended on ${dayOf(end)}.`, { observed, severity: ended });
  }
  const message = `${subject} ends on ${dayOf(end)}, in ${wholeDays(now, end)} days.`;
  const left = end.getTime() - now.getTime();
  if (left <= highDays * DAY) {
    return fail(message, { observed, severity: 'high', dueOn: isoAfter(end, 0) });
  }
  return left <= warnDays * DAY
    ? fail(message, { observed, severity: 'medium', dueOn: isoAfter(end, -highDays * DAY) })
    : pass(message, { observed, dueOn: isoAfter(end, -Math.max(warnDays, highDays) * DAY) });
}
