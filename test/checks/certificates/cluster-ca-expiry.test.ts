import { clusterCaExpiry } from '../../../shared/checks/certificates/cluster-ca-expiry';
import type { Certificate } from '../../../shared/model/snapshot';
import { describeCheck } from '../../support/describe-check';

const authority = (notAfter: string): Certificate => ({
  notBefore: '2026-01-01T00:00:00.000Z',
  notAfter,
  subject: 'CN=ca',
  issuer: 'CN=ca',
  fingerprint: 'AA:BB',
});

const first = authority('2027-12-31T12:00:00.000Z');
const last = authority('2056-01-01T00:00:00.000Z');
const given = { clusterCa: [last, first] };
const says = (days: number): string => `The certificate authority of the cluster ends on 2027-12-31, in ${days} days.`;

describeCheck(clusterCaExpiry, {
  pass: [
    {
      when: 'the first one to end has more than 180 days left',
      given,
      says: says(402),
      dueOn: '2027-07-04T12:00:00.000Z',
      watched: null,
    },
    {
      when: 'the order is another',
      given: { clusterCa: [first, last] },
      says: says(402),
      dueOn: '2027-07-04T12:00:00.000Z',
    },
    {
      when: 'a millisecond more than 180 days is left',
      given,
      now: '2027-07-04T11:59:59.999Z',
      says: says(180),
      dueOn: '2027-07-04T12:00:00.000Z',
    },
  ],
  fail: [
    {
      when: 'exactly 180 days are left',
      given,
      now: '2027-07-04T12:00:00.000Z',
      says: says(180),
      watched: null,
    },
    {
      when: 'more warning is wanted',
      given,
      params: { warnDays: 730 },
      says: says(402),
    },
    {
      when: 'one has ended, and the other has not',
      given,
      now: '2027-12-31T12:00:00.000Z',
      says: 'The certificate authority of the cluster ended on 2027-12-31.',
    },
  ],
  unknown: [
    {
      when: 'the kubeconfig holds none',
      given: { clusterCa: [] },
      reason: 'notVisible',
      says: 'certificate-authority-data of the kubeconfig holds no certificate.',
    },
  ],
});
