import { fail, pass, SEVERITIES, type Severity, type Verdict } from '../model/check';
import { days, type ParamValues } from '../model/params';
import type { Certificate } from '../model/snapshot';
import { DAY, dayOf, isoAfter, wholeDays } from './facts';

/** Days left at which an end fails, and at which the failure is high. */
export const EXPIRY_PARAMS = {
  warnDays: days(30, 'fail, medium, when fewer are left', { stricter: 'higher' }),
  highDays: days(7, 'fail, high, when fewer are left', { stricter: 'higher' }),
};

/** Medium, then high, and critical from the end on. */
export function expirySteps({ warnDays, highDays }: ParamValues<typeof EXPIRY_PARAMS>): readonly Step[] {
  return [
    [warnDays, 'medium'],
    [highDays, 'high'],
    [0, 'critical'],
  ];
}

/** How bad it is from so many days before the end on. */
type Step = readonly [daysBefore: number, severity: Severity];

/**
 * Fails with the worst severity among the steps that were reached; `dueOn` is the day on which a worse one is.
 * @param what is the subject of the sentence.
 */
export function judgeExpiry(what: string, certificate: Certificate, now: Date, steps: readonly Step[]): Verdict {
  const end = new Date(certificate.notAfter);
  const message =
    now < end ? `${what} ends on ${dayOf(end)}, in ${wholeDays(now, end)} days.` : `${what} ended on ${dayOf(end)}.`;
  const ranked = steps.map(([days, severity]) => ({
    at: isoAfter(end, -days * DAY),
    rank: SEVERITIES.indexOf(severity),
  }));
  const isReached = ({ at }: { at: string }): boolean => at <= now.toISOString();
  const rank = Math.min(SEVERITIES.length, ...ranked.filter(isReached).map((step) => step.rank));
  const [dueOn] = ranked.flatMap((step) => (step.rank < rank && !isReached(step) ? step.at : [])).sort();
  const severity = SEVERITIES[rank];
  const said = { observed: { ...certificate }, ...(dueOn !== undefined && { dueOn }) };
  return severity === undefined ? pass(message, said) : fail(message, { ...said, severity });
}
