import type { AksComplianceRow } from '../../shared/model/rows';
import { fitted } from '../../shared/publish/chunks';
import { describeRule } from './describe-rule';
import { FORBIDDEN, RESOLVED, daily, state, type Sent } from './rows';

const RANGES = 'api-authorized-ip-ranges';
const BREADTH = 'api-authorized-ip-breadth';
const PRIVATE = 'api-private-cluster';
const OPENED =
  '/subscriptions/00000000-0000-4000-8000-000000000001/resourcegroups/rg/providers/microsoft.containerservice/managedclusters/aks-a aks-a team-a';

function open(check: string, columns: Parameters<typeof state>[1] = {}, at = '2 03:00'): Sent {
  return state({ at, check }, columns);
}

/** So many that the two lists take more than 64 KB. */
const PRIVATE_NETWORKS = Array.from({ length: 2000 }, (_, index) => `10.${index >> 3}.${(index & 7) * 32}.0/15`);

function offending(...entries: readonly string[]): Pick<AksComplianceRow, 'Value'> {
  return { Value: { authorizedIPRanges: [...entries], offending: [...entries], missing: [] } };
}

/** Of two faults one is mended; what opened the failure. */
function mendedInPart(...by: readonly [transition: string, cause: string]): Sent {
  const opened = [...by, '2 03:00'] as const;
  const change = ['changed', 'azure', '2 05:00'] as const;
  return state({ at: '2 05:00', check: BREADTH, change, opened }, offending('0.0.0.0/0'));
}

describeRule('api-server-opened', [
  { when: 'the ranges are gone', rows: [open(RANGES)], alerts: [`${OPENED}: 2 03:05`] },
  {
    when: '0.0.0.0/0 is among the ranges',
    rows: [open(BREADTH, offending('10.0.0.0/7', '0.0.0.0/0'))],
    alerts: [`${OPENED}: 2 03:05`],
  },
  {
    when: 'it is, among more ranges than a column takes',
    rows: [open(BREADTH, fitted(offending(...PRIVATE_NETWORKS, '0.0.0.0/0')))],
    alerts: [`${OPENED}: 2 03:05`],
  },
  { when: '::/0 is', rows: [open(BREADTH, offending('::/0'))], alerts: [`${OPENED}: 2 03:05`] },
  {
    when: 'both halves are',
    rows: [open(BREADTH, offending('0.0.0.0/1', '128.0.0.0/1'))],
    alerts: [`${OPENED}: 2 03:05`],
  },
  { when: 'the tag Internet is', rows: [open(BREADTH, offending('Internet'))], alerts: [`${OPENED}: 2 03:05`] },
  {
    when: 'ranges are wide, but not everything',
    rows: [open(BREADTH, offending('10.0.0.0/7', '10.0.0.0/10'))],
    alerts: [],
  },
  {
    when: 'a private cluster became public, without ranges',
    rows: [open(PRIVATE, { Value: { authorizedIPRanges: [] } })],
    alerts: [`${OPENED}: 2 03:05`],
  },
  {
    when: 'it became public, with ranges',
    rows: [open(PRIVATE, { Value: { authorizedIPRanges: ['10.0.0.0/24'] } })],
    alerts: [],
  },
  {
    when: 'two checks see it',
    rows: [open(RANGES), open(PRIVATE, { Value: { authorizedIPRanges: [] } })],
    alerts: [`${OPENED}: 2 03:05`],
  },
  {
    when: 'it is open in another way than before',
    rows: [open(BREADTH, offending('0.0.0.0/0')), open(BREADTH, RESOLVED, '2 05:00'), open(RANGES, {}, '2 05:00')],
    alerts: [`${OPENED}: 2 03:05`],
  },
  {
    when: 'one of two faults is mended, and it is still open',
    rows: [open(BREADTH, offending('0.0.0.0/0', '10.0.0.0/7')), mendedInPart('regressed', 'azure')],
    alerts: [`${OPENED}: 2 03:05`],
  },
  {
    when: 'one of two faults that were there at the first read is mended',
    rows: [mendedInPart('baseline', 'firstRead')],
    alerts: [],
  },
  {
    when: 'it is closed',
    rows: [open(RANGES), open(RANGES, RESOLVED, '2 05:00')],
    alerts: [`${OPENED}: 2 03:05 to 2 05:15`],
  },
  {
    when: 'it cannot be read for three days: the row keeps the value that was read last',
    rows: [
      open(BREADTH, offending('0.0.0.0/0')),
      ...daily(open(BREADTH, offending('0.0.0.0/0')), [3, 4, 5], FORBIDDEN),
    ],
    until: '6 00:00',
    alerts: [`${OPENED}: 2 03:05`],
  },
  {
    when: 'it was open at the first read',
    rows: [state({ at: '2 03:00', check: RANGES, change: ['baseline', 'firstRead', '2 03:00'] })],
    alerts: [],
  },
  { when: 'it is exempt', rows: [open(RANGES, { Exempt: true })], alerts: [] },
  { when: 'it is muted', rows: [open(RANGES, { Muted: true })], alerts: [] },
  { when: 'the row comes twice', rows: [open(RANGES), open(RANGES)], alerts: [`${OPENED}: 2 03:05`] },
]);

const LATE = 'aks-a/np1/node-image-current aks-a np1 node-image-current high team-a';

function image(columns: Parameters<typeof state>[1] = {}, at = '2 06:00', cause = 'time'): Sent {
  return state({ at, check: 'node-image-current', pool: 'np1', change: ['regressed', cause, at] }, columns);
}

describeRule('node-image-beyond-grace', [
  { when: 'the days of grace are over', rows: [image()], alerts: [`${LATE}: 2 07:00`] },
  {
    when: 'of medium severity too',
    rows: [image({ Severity: 'medium' })],
    alerts: [`${LATE.replace('high', 'medium')}: 2 07:00`],
  },
  {
    when: 'the image is old, but the newest',
    rows: [state({ at: '2 06:00', check: 'node-image-age', pool: 'np1' })],
    alerts: [],
  },
  { when: 'fewer days are allowed than before', rows: [image({}, '2 06:00', 'expectation')], alerts: [] },
  { when: 'it is exempt', rows: [image({ Exempt: true })], alerts: [] },
  { when: 'it is muted', rows: [image({ Muted: true })], alerts: [] },
  {
    when: 'the pool is upgraded',
    rows: [image(), image(RESOLVED, '2 12:00')],
    alerts: [`${LATE}: 2 07:00 to 2 14:00`],
  },
  {
    when: 'the region tells nothing for three days',
    rows: [image(), ...daily(image(), [3, 4, 5], { ...FORBIDDEN, Reason: 'throttled' })],
    until: '6 00:00',
    alerts: [`${LATE}: 2 07:00`],
  },
  {
    when: 'the row comes late',
    rows: [state({ at: '2 06:00', delay: 180, check: 'node-image-current', pool: 'np1' })],
    alerts: [`${LATE}: 2 10:00`],
  },
]);

function off(check: string, change = 'regressed', columns: Parameters<typeof state>[1] = {}): Sent {
  return state({ at: '2 03:00', check, change: [change, 'azure', '2 03:00'] }, columns);
}

describeRule('defender-or-policy-off', [
  {
    when: 'the sensor',
    rows: [off('defender-sensor')],
    alerts: ['aks-a/defender-sensor aks-a - defender-sensor high team-a: 2 03:15'],
  },
  {
    when: 'the add-on',
    rows: [off('policy-addon')],
    alerts: ['aks-a/policy-addon aks-a - policy-addon high team-a: 2 03:15'],
  },
  {
    when: 'the plan of a subscription',
    rows: [state({ at: '2 03:00', check: 'defender-plan', cluster: null })],
    alerts: ['defender-plan subscription 00000000-0000-4000-8000-000000000001 - defender-plan high team-a: 2 03:15'],
  },
  {
    when: 'an exemption ended',
    rows: [off('policy-addon', 'exemptionExpired')],
    alerts: ['aks-a/policy-addon aks-a - policy-addon high team-a: 2 03:15'],
  },
  { when: 'it was never on', rows: [off('defender-sensor', 'baseline')], alerts: [] },
  { when: 'an open recommendation', rows: [off('defender-assessments')], alerts: [] },
  { when: 'it is exempt', rows: [off('defender-sensor', 'regressed', { Exempt: true })], alerts: [] },
  { when: 'it is muted', rows: [off('defender-sensor', 'regressed', { Muted: true })], alerts: [] },
  {
    when: 'it is on again',
    rows: [off('policy-addon'), state({ at: '2 05:00', check: 'policy-addon' }, RESOLVED)],
    alerts: ['aks-a/policy-addon aks-a - policy-addon high team-a: 2 03:15 to 2 05:45'],
  },
  {
    when: 'the plan may not be read for three days',
    rows: [off('policy-addon'), ...daily(off('policy-addon'), [3, 4, 5], FORBIDDEN)],
    until: '6 00:00',
    alerts: ['aks-a/policy-addon aks-a - policy-addon high team-a: 2 03:15'],
  },
]);
