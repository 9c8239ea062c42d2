import type { Subject } from '../../shared/model/baseline';
import { CLUSTER, read, SUBJECT, SUBSCRIPTION } from './sample-file';

const WHY = { reason: 'Maintenance', by: 'Platform team' };
const ALWAYS = { once: { from: '2026-01-01T00:00:00Z', until: '2027-01-01T00:00:00Z' } };
const NOW = '2026-11-24T06:00:00Z';

function isMuted(rule: object, now = NOW, checkId: string | null = 'plain', subject: Subject = SUBJECT): boolean {
  return read({ version: 1, mute: [{ ...WHY, ...rule }] }).isMuted(checkId, subject, new Date(now));
}

describe('what a window is about', () => {
  it.each<readonly [string, object, string | null, Partial<Subject>, boolean]>([
    ['all', {}, 'plain', {}, true],
    ['all: the cluster as a whole', {}, null, { nodePool: null }, true],
    ['all: the subscription', {}, null, SUBSCRIPTION, true],
    ['a check', { checks: ['plain'] }, 'plain', {}, true],
    ['another check', { checks: ['ranges'] }, 'plain', {}, false],
    ['one of several checks', { checks: ['ranges', 'plain'] }, 'plain', {}, true],
    ['no check at all', { checks: [] }, 'plain', {}, false],
    ['checks: not the cluster as a whole', { checks: ['plain'] }, null, { nodePool: null }, false],
    ['a cluster', { match: { cluster: 'aks-*' } }, 'plain', {}, true],
    ['a cluster: it as a whole', { match: { cluster: 'aks-*' } }, null, { nodePool: null }, true],
    ['another cluster', { match: { cluster: 'other' } }, 'plain', {}, false],
    ['a tag', { match: { tags: { STAGE: 'prod' } } }, 'plain', {}, true],
    ['another tag', { match: { tags: { stage: 'test' } } }, 'plain', {}, false],
    ['a pool', { match: { nodePool: 'pool?' } }, 'plain', {}, true],
    ['a pool: not its cluster', { match: { nodePool: '*' } }, 'plain', { nodePool: null }, false],
    ['a cluster and a check: both', { match: { cluster: 'aks-*' }, checks: ['plain'] }, 'plain', {}, true],
    ['a cluster and a check: one', { match: { cluster: 'aks-*' }, checks: ['ranges'] }, 'plain', {}, false],
  ])('%s', (_, rule, checkId, subject, muted) => {
    expect(isMuted({ ...ALWAYS, ...rule }, NOW, checkId, { ...SUBJECT, ...subject })).toBe(muted);
  });

  it('any of several windows mutes', () => {
    const past = { ...WHY, once: { from: '2026-01-01T00:00:00Z', until: '2026-01-02T00:00:00Z' } };
    const baseline = read({ version: 1, mute: [past, { ...WHY, ...ALWAYS }] });

    expect(baseline.isMuted('plain', CLUSTER, new Date(NOW))).toBe(true);
    expect(baseline.isMuted('plain', CLUSTER, new Date('2027-06-01T00:00:00Z'))).toBe(false);
  });

  it('the clock is read once for all rows of a moment', () => {
    const weekly = { days: ['Tuesday'], from: '01:00', until: '23:00', timeZone: 'Europe/Zurich' };
    const baseline = read({ version: 1, mute: [{ ...WHY, weekly, match: { cluster: 'aks-*' } }] });
    const clocks = jest.spyOn(Intl, 'DateTimeFormat');
    const muted = Array.from({ length: 100 }, () => baseline.isMuted('plain', SUBJECT, new Date(NOW)));
    const later = baseline.isMuted('plain', SUBJECT, new Date('2026-11-24T22:30:00Z'));
    const { calls } = clocks.mock;
    clocks.mockRestore();

    expect([new Set(muted), later, calls.length]).toEqual([new Set([true]), false, 2]);
  });

  it('nothing is muted without a window', () => {
    expect(read({ version: 1 }).isMuted('plain', CLUSTER, new Date(NOW))).toBe(false);
  });
});

describe('once, from 22:00 to 02:00 of the next day in Zurich', () => {
  const once = { from: '2026-11-24T22:00:00+01:00', until: '2026-11-25T02:00:00+01:00' };

  it.each([
    ['just before', '2026-11-24T20:59:59.999Z', false],
    ['at its beginning', '2026-11-24T21:00:00.000Z', true],
    ['within', '2026-11-24T23:30:00.000Z', true],
    ['to its last millisecond', '2026-11-25T00:59:59.999Z', true],
    ['at its end', '2026-11-25T01:00:00.000Z', false],
    ['a week later', '2026-12-01T22:00:00.000Z', false],
  ])('%s', (_, now, muted) => {
    expect(isMuted({ once }, now)).toBe(muted);
  });
});

/** 2026-11-23 is a Monday. */
describe('every week, in UTC', () => {
  const within = { days: ['Monday', 'Wednesday'], from: '08:00', until: '10:30', timeZone: 'Etc/UTC' };
  const overnight = { ...within, from: '22:00', until: '06:00' };
  const sunday = { ...overnight, days: ['Sunday'] };
  const wholeDay = { ...within, days: ['Saturday'], from: '12:00', until: '12:00' };

  it.each<readonly [string, object, string, boolean]>([
    ['within a day: just before', within, '2026-11-23T07:59:59.999Z', false],
    ['within a day: at its beginning', within, '2026-11-23T08:00:00.000Z', true],
    ['within a day: to its last minute', within, '2026-11-23T10:29:59.999Z', true],
    ['within a day: at its end', within, '2026-11-23T10:30:00.000Z', false],
    ['within a day: on a day between', within, '2026-11-24T09:00:00.000Z', false],
    ['within a day: on its other day', within, '2026-11-25T09:00:00.000Z', true],
    ['within a day: in another week', within, '2026-11-30T09:00:00.000Z', true],
    ['over midnight: just before', overnight, '2026-11-23T21:59:59.999Z', false],
    ['over midnight: at its beginning', overnight, '2026-11-23T22:00:00.000Z', true],
    ['over midnight: at midnight', overnight, '2026-11-24T00:00:00.000Z', true],
    ['over midnight: to its last minute', overnight, '2026-11-24T05:59:59.999Z', true],
    ['over midnight: at its end', overnight, '2026-11-24T06:00:00.000Z', false],
    ['over midnight: in the evening of the next day', overnight, '2026-11-24T22:00:00.000Z', false],
    ['over midnight: in the morning of its own day', overnight, '2026-11-23T05:00:00.000Z', false],
    ['over midnight from Sunday: on Monday', sunday, '2026-11-23T05:00:00.000Z', true],
    ['over midnight from Sunday: on Sunday morning', sunday, '2026-11-22T05:00:00.000Z', false],
    ['over midnight from Sunday: on Sunday night', sunday, '2026-11-22T23:00:00.000Z', true],
    ['a whole day: just before', wholeDay, '2026-11-28T11:59:59.999Z', false],
    ['a whole day: at its beginning', wholeDay, '2026-11-28T12:00:00.000Z', true],
    ['a whole day: to its last minute', wholeDay, '2026-11-29T11:59:59.999Z', true],
    ['a whole day: at its end', wholeDay, '2026-11-29T12:00:00.000Z', false],
  ])('%s', (_, weekly, now, muted) => {
    expect(isMuted({ weekly }, now)).toBe(muted);
  });
});

describe('every week, by the clocks of a time zone', () => {
  const zurich = { days: ['Sunday'], from: '01:30', until: '04:00', timeZone: 'Europe/Zurich' };
  const gone = { ...zurich, from: '02:15', until: '02:45' };
  const twice = { ...zurich, from: '02:15', until: '02:45' };
  const night = { ...zurich, days: ['Saturday'], from: '23:00', until: '05:00' };
  const kiritimati = { ...zurich, from: '00:00', until: '01:00', timeZone: 'Pacific/Kiritimati' };
  const newYork = { ...zurich, timeZone: 'America/New_York' };

  it.each<readonly [string, object, string, boolean]>([
    ['in winter: at its beginning', zurich, '2026-11-22T00:30:00Z', true],
    ['in winter: at its end', zurich, '2026-11-22T03:00:00Z', false],
    ['in summer: at its beginning', zurich, '2026-07-04T23:30:00Z', true],
    ['in summer: at its end', zurich, '2026-07-05T02:00:00Z', false],
    // At 01:00 UTC clocks go from 02:00 to 03:00.
    ['when clocks go forward: just before', zurich, '2027-03-28T00:29:59Z', false],
    ['when clocks go forward: at its beginning', zurich, '2027-03-28T00:30:00Z', true],
    ['when clocks go forward: over the gap', zurich, '2027-03-28T01:00:00Z', true],
    ['when clocks go forward: to its last minute', zurich, '2027-03-28T01:59:59Z', true],
    ['when clocks go forward: at its end, an hour early', zurich, '2027-03-28T02:00:00Z', false],
    ['times that do not exist that day: before', gone, '2027-03-28T00:59:59Z', false],
    ['times that do not exist that day: after', gone, '2027-03-28T01:00:00Z', false],
    ['a night that is an hour shorter', night, '2027-03-28T02:59:59Z', true],
    ['a night that is an hour shorter: at its end', night, '2027-03-28T03:00:00Z', false],
    // At 01:00 UTC clocks go from 03:00 to 02:00.
    ['when clocks go back: at its beginning', zurich, '2026-10-24T23:30:00Z', true],
    ['when clocks go back: in the hour that comes twice', zurich, '2026-10-25T01:30:00Z', true],
    ['when clocks go back: to its last minute, an hour late', zurich, '2026-10-25T02:59:59Z', true],
    ['when clocks go back: at its end', zurich, '2026-10-25T03:00:00Z', false],
    ['times that come twice that day: the first time', twice, '2026-10-25T00:30:00Z', true],
    ['times that come twice that day: between', twice, '2026-10-25T00:50:00Z', false],
    ['times that come twice that day: the second time', twice, '2026-10-25T01:30:00Z', true],
    ['it is Sunday there while it is Saturday in UTC', kiritimati, '2026-11-21T10:30:00Z', true],
    ['it is Monday there while it is Sunday in UTC', kiritimati, '2026-11-22T10:30:00Z', false],
    ['west of UTC: in winter', newYork, '2026-11-22T06:30:00Z', true],
    ['west of UTC: in summer', newYork, '2026-07-05T05:30:00Z', true],
    ['west of UTC: still Saturday there', newYork, '2026-11-22T04:30:00Z', false],
  ])('%s', (_, weekly, now, muted) => {
    expect(isMuted({ weekly }, now)).toBe(muted);
  });
});
