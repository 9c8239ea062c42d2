import { customCaExpiry } from '../../../shared/checks/configuration/custom-ca-expiry';
import type { TrustBundle } from '../../../shared/model/snapshot';
import { describeCheck } from '../../support/describe-check';
import type { Given } from '../../support/evidence';

const AUTHORITIES = 'properties.securityProfile.customCATrustCertificates';
const PROXY = 'properties.httpProxyConfig.trustedCa';
const LATER = '2036-01-01T00:00:00.000Z';
const FIRST = '2027-01-31T12:00:00.000Z';

/** A place that holds certificates with these ends. */
const bundle = (property: string, ...ends: string[]): TrustBundle => ({
  property,
  certificates: ends.map((notAfter, index) => ({
    notAfter,
    notBefore: '2026-01-01T00:00:00.000Z',
    subject: `O=Example\nCN=ca${index}`,
    issuer: 'CN=root',
    fingerprint: 'AA',
  })),
  isReadable: ends.length > 0,
});
const given = (...trustBundles: TrustBundle[]): Given => ({ trustBundles });
const half = (...ends: string[]): TrustBundle => ({ ...bundle(`${AUTHORITIES}[1]`, ...ends), isReadable: false });

const says = (days: number, place = `${AUTHORITIES}[0]`, name = 'ca0'): string =>
  `The certificate O=Example, CN=${name} in ${place} ends on 2027-01-31, in ${days} days.`;
const one = given(bundle(`${AUTHORITIES}[0]`, FIRST));

describeCheck(customCaExpiry, {
  pass: [
    {
      when: 'more than 30 days are left',
      given: one,
      says: says(68),
      dueOn: '2027-01-01T12:00:00.000Z',
      watched: null,
    },
    {
      when: 'a millisecond more than 30 days is left to the first of several places and certificates',
      given: given(bundle(`${AUTHORITIES}[0]`, LATER), bundle(PROXY, LATER, FIRST, LATER)),
      now: '2027-01-01T11:59:59.999Z',
      says: says(30, PROXY, 'ca1'),
      dueOn: '2027-01-01T12:00:00.000Z',
    },
    {
      when: 'less warning is wanted',
      given: one,
      params: { warnDays: 14 },
      now: '2027-01-10T00:00:00.000Z',
      says: says(21),
      dueOn: '2027-01-17T12:00:00.000Z',
    },
    {
      when: 'the cluster is stopped: what its nodes trust is configuration',
      given: { ...one, cluster: { powerState: { code: 'Stopped' } } },
      says: says(68),
      dueOn: '2027-01-01T12:00:00.000Z',
    },
  ],
  fail: [
    {
      when: '30 days are left',
      given: one,
      now: '2027-01-01T12:00:00.000Z',
      says: says(30),
      severity: 'medium',
      dueOn: '2027-01-24T12:00:00.000Z',
      remediation:
        'az aks update --subscription 11111111-1111-1111-1111-111111111111 --resource-group rg1 --name c1 --custom-ca-trust-certificates "<file with all certificates to be trusted>"',
    },
    {
      when: '7 days are left to the first in the bundle of the proxy',
      given: given(bundle(`${AUTHORITIES}[0]`, LATER), bundle(PROXY, LATER, FIRST)),
      now: '2027-01-24T12:00:00.000Z',
      says: says(7, PROXY, 'ca1'),
      severity: 'high',
      dueOn: '2027-01-31T12:00:00.000Z',
      remediation:
        'az aks update --subscription 11111111-1111-1111-1111-111111111111 --resource-group rg1 --name c1 --http-proxy-config "<file with the whole configuration>"',
    },
    {
      when: 'one of several has ended',
      given: given(bundle(`${AUTHORITIES}[0]`, LATER), bundle(`${AUTHORITIES}[1]`, FIRST)),
      now: '2027-01-31T12:00:00.000Z',
      says: `The certificate O=Example, CN=ca0 in ${AUTHORITIES}[1] ended on 2027-01-31.`,
      severity: 'critical',
    },
    {
      when: 'one has ended and another cannot be read',
      given: given(bundle(`${AUTHORITIES}[0]`, FIRST), half()),
      now: '2027-01-31T12:00:00.000Z',
      says: `The certificate O=Example, CN=ca0 in ${AUTHORITIES}[0] ended on 2027-01-31.`,
      severity: 'critical',
    },
    {
      when: 'one has ended in a place of which the rest cannot be read',
      given: given(half(FIRST)),
      now: '2027-01-31T12:00:00.000Z',
      says: `The certificate O=Example, CN=ca0 in ${AUTHORITIES}[1] ended on 2027-01-31.`,
      severity: 'critical',
    },
  ],
  notApplicable: [
    {
      when: 'never set',
      given: given(),
      says: 'The nodes are given no certificates of your own to trust.',
      watched: null,
    },
  ],
  unknown: [
    {
      when: 'the only place cannot be read',
      given: given(half()),
      reason: 'invalid',
      says: `A certificate cannot be read in ${AUTHORITIES}[1].`,
    },
    {
      when: 'one of two places cannot be read, and the other is good',
      given: given(bundle(`${AUTHORITIES}[0]`, LATER), half(), { ...bundle(PROXY), isReadable: false }),
      reason: 'invalid',
      says: `A certificate cannot be read in ${AUTHORITIES}[1], ${PROXY}.`,
    },
    {
      when: 'one of two certificates of a place cannot be read, and the other is good',
      given: given(half(LATER)),
      reason: 'invalid',
      says: `A certificate cannot be read in ${AUTHORITIES}[1].`,
    },
  ],
});
