import { apiserverCertExpiry } from '../../../shared/checks/certificates/apiserver-cert-expiry';
import { describeCheck } from '../../support/describe-check';
import type { Given } from '../../support/evidence';

const given: Given = {
  apiServerCertificate: {
    notBefore: '2025-01-31T12:00:00.000Z',
    notAfter: '2027-01-31T12:00:00.000Z',
    subject: 'CN=apiserver',
    issuer: 'CN=ca',
    fingerprint: 'AA:BB',
  },
};
const says = (days: number): string => `The certificate of the API server ends on 2027-01-31, in ${days} days.`;

describeCheck(apiserverCertExpiry, {
  pass: [
    {
      when: 'more than 30 days are left',
      given,
      says: says(68),
      dueOn: '2027-01-01T12:00:00.000Z',
      watched: null,
    },
    {
      when: 'a millisecond more than 30 days is left',
      given,
      now: '2027-01-01T11:59:59.999Z',
      says: says(30),
      dueOn: '2027-01-01T12:00:00.000Z',
    },
    {
      when: 'less warning is wanted',
      given,
      params: { warnDays: 14 },
      now: '2027-01-10T00:00:00.000Z',
      says: says(21),
      dueOn: '2027-01-17T12:00:00.000Z',
    },
  ],
  fail: [
    {
      when: 'exactly 30 days are left',
      given,
      now: '2027-01-01T12:00:00.000Z',
      says: says(30),
      severity: 'medium',
      dueOn: '2027-01-24T12:00:00.000Z',
      watched: null,
    },
    {
      when: 'a millisecond more than 7 days is left',
      given,
      now: '2027-01-24T11:59:59.999Z',
      says: says(7),
      severity: 'medium',
      dueOn: '2027-01-24T12:00:00.000Z',
    },
    {
      when: 'exactly 7 days are left',
      given,
      now: '2027-01-24T12:00:00.000Z',
      says: says(7),
      severity: 'high',
      dueOn: '2027-01-31T12:00:00.000Z',
    },
    {
      when: 'a millisecond is left',
      given,
      now: '2027-01-31T11:59:59.999Z',
      says: says(0),
      severity: 'high',
      dueOn: '2027-01-31T12:00:00.000Z',
    },
    {
      when: 'it has ended',
      given,
      now: '2027-01-31T12:00:00.000Z',
      says: 'The certificate of the API server ended on 2027-01-31.',
      severity: 'critical',
    },
    {
      when: 'a failure is high earlier',
      given,
      params: { warnDays: 90, highDays: 80 },
      says: says(68),
      severity: 'high',
      dueOn: '2027-01-31T12:00:00.000Z',
    },
  ],
});
