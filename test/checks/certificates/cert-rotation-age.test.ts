import { certRotationAge } from '../../../shared/checks/certificates/cert-rotation-age';
import type { Certificate } from '../../../shared/model/snapshot';
import { describeCheck } from '../../support/describe-check';

const certificate = (notBefore: string): Certificate => ({
  notBefore,
  notAfter: '2056-01-01T00:00:00.000Z',
  subject: 'CN=c1',
  issuer: 'CN=ca',
  fingerprint: 'AA:BB',
});

const serving = certificate('2026-06-01T12:00:00.000Z');
const oldCa = certificate('2020-01-01T00:00:00.000Z');
const newCa = certificate('2026-01-01T12:00:00.000Z');
const withCa = { apiServerCertificate: serving, clusterCa: [oldCa, newCa] };
const withoutCa = { apiServerCertificate: serving };

const byCa = (day: string, days: number, limit = 365): string =>
  `The certificates were last rotated on ${day}, ${days} days ago; the limit is ${limit} days (judged by the cluster CA).`;
const byServing = (days: number): string =>
  `The certificates were last rotated on 2026-06-01, ${days} days ago; the limit is 365 days (judged by the serving certificate, as the cluster CA was not read).`;

describeCheck(certRotationAge, {
  pass: [
    {
      when: 'the newest cluster CA is young',
      given: withCa,
      says: byCa('2026-01-01', 326),
      dueOn: '2027-01-02T12:00:00.000Z',
      watched: null,
    },
    {
      when: 'the cluster CA cannot be read today, and was young when it was read',
      given: withoutCa,
      history: { authority: newCa.notBefore },
      says: byCa('2026-01-01', 326),
      dueOn: '2027-01-02T12:00:00.000Z',
      remember: { authority: newCa.notBefore },
    },
    {
      when: 'a newer cluster CA is read than the one that was remembered',
      given: withCa,
      history: { authority: oldCa.notBefore },
      says: byCa('2026-01-01', 326),
      dueOn: '2027-01-02T12:00:00.000Z',
      remember: { authority: newCa.notBefore },
    },
    {
      when: 'the newest cluster CA is at its limit',
      given: withCa,
      now: '2027-01-02T11:59:59.999Z',
      says: byCa('2026-01-01', 365),
      dueOn: '2027-01-02T12:00:00.000Z',
    },
    {
      when: 'the cluster CA was not read and the serving certificate is young',
      given: withoutCa,
      says: byServing(175),
      dueOn: '2027-06-02T12:00:00.000Z',
    },
    {
      when: 'the kubeconfig held no CA and the serving certificate is young',
      given: { ...withoutCa, clusterCa: [] },
      says: byServing(175),
      dueOn: '2027-06-02T12:00:00.000Z',
    },
  ],
  fail: [
    {
      when: 'the newest cluster CA is older than its limit',
      given: withCa,
      now: '2027-01-02T12:00:00.000Z',
      says: byCa('2026-01-01', 366),
      watched: null,
    },
    {
      when: 'the cluster CA is old, although the serving certificate was renewed',
      given: { apiServerCertificate: serving, clusterCa: [oldCa] },
      says: byCa('2020-01-01', 2519),
    },
    {
      when: 'the cluster CA was not read and the serving certificate is older than the limit',
      given: withoutCa,
      now: '2027-06-02T12:00:00.000Z',
      says: byServing(366),
    },
    {
      when: 'the policy asks for a rotation every 90 days',
      given: withCa,
      params: { maxAgeDays: 90 },
      says: byCa('2026-01-01', 326, 90),
    },
  ],
});
