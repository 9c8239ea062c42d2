import { powerState } from '../../../shared/checks/configuration/power-state';
import { describeCheck, NOW } from '../../support/describe-check';
import type { Given } from '../../support/evidence';

const power = (code: string): Given => ({ cluster: { powerState: { code } } });
const stopped = (day: string, days: number, limit = 300): string =>
  `The cluster has been stopped since ${day} or longer, for ${days} days; the limit is ${limit} days.`;
const FIRST = { says: stopped('2026-11-24', 0), dueOn: '2027-09-21T06:00:00.000Z' };
const SINCE = '2026-01-27T12:00:00.000Z';
const history = { state: 'Stopped', since: SINCE };

describeCheck(powerState, {
  pass: [
    { when: 'running', given: power('Running'), says: 'The cluster is running.', watched: null, remember: null },
    {
      when: 'running again, after it was stopped for long',
      given: power('Running'),
      history,
      now: '2027-06-01T00:00:00.000Z',
      says: 'The cluster is running.',
      remember: null,
    },
    {
      when: 'stopped since an unknown time',
      given: power('Stopped'),
      ...FIRST,
      remember: { state: 'Stopped', since: NOW },
      watched: null,
    },
    {
      when: 'stopped, and what was remembered cannot be read',
      given: power('Stopped'),
      history: { state: 'Stopped', since: 'long ago' },
      ...FIRST,
    },
    {
      when: 'stopped, and the state that was remembered is another',
      given: power('Stopped'),
      history: { state: 'Running', since: SINCE },
      ...FIRST,
    },
    {
      when: 'stopped for 300 days',
      given: power('Stopped'),
      history,
      now: '2026-11-24T11:59:59.999Z',
      says: stopped('2026-01-27', 300),
      dueOn: '2026-11-24T12:00:00.000Z',
      remember: history,
    },
  ],
  fail: [
    {
      when: 'stopped for more than 300 days',
      given: power('Stopped'),
      history,
      now: '2026-11-24T12:00:00.000Z',
      says: stopped('2026-01-27', 301),
      severity: 'medium',
      remember: history,
      watched: null,
    },
    {
      when: 'the baseline is less patient',
      given: power('Stopped'),
      history,
      params: { maxDays: 30 },
      says: stopped('2026-01-27', 300, 30),
      severity: 'medium',
    },
  ],
  unknown: [
    { when: 'never set', given: {}, says: 'properties.powerState.code is missing.', reason: 'notVisible' },
    {
      when: 'the state is not known',
      given: power('Hibernating'),
      says: 'properties.powerState.code is Hibernating: not known.',
      reason: 'invalid',
    },
  ],
});
