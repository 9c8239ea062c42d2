import { X509Certificate } from 'node:crypto';

import { normaliseCluster } from '../../shared/collect/normalise';
import { trustBundles } from '../../shared/collect/trust-bundles';
import type { Collected, TrustBundle } from '../../shared/model/snapshot';
import { inputReaders } from '../../shared/run/collection';
import { createAuthority } from '../../simulator/certificates';
import { armBody, unread, valueOf } from './collecting';

const ENDS = ['2027-01-31T12:00:00.000Z', '2036-01-01T00:00:00.000Z'];
const CUSTOM = 'properties.securityProfile.customCATrustCertificates';
const PROXY = 'properties.httpProxyConfig.trustedCa';

const base64 = (content: string | Buffer): string => Buffer.from(content).toString('base64');
const ask = (properties: Record<string, unknown>): Promise<Collected<readonly TrustBundle[]>> =>
  trustBundles(normaliseCluster(armBody(properties)).cluster);
const custom = (...customCATrustCertificates: unknown[]): Record<string, unknown> => ({
  securityProfile: { customCATrustCertificates },
});
const proxy = (trustedCa: unknown, more: object = {}): Record<string, unknown> => ({
  httpProxyConfig: { httpProxy: 'http://proxy:8080', trustedCa, ...more },
});

/** Places, ends and whether all could be read. */
async function seen(properties: Record<string, unknown>): Promise<unknown[]> {
  return valueOf(await ask(properties)).map(({ property, certificates, isReadable }) => [
    property,
    certificates.map(({ notAfter }) => notAfter),
    isReadable,
  ]);
}

let first: string;
let second: string;

beforeAll(async () => {
  const pems = ENDS.map(async (end, index) => {
    const life = { notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date(end) };
    return `${(await createAuthority(`ca${index}`, life)).pem}\n`;
  });
  [first = '', second = ''] = await Promise.all(pems);
});

it('a cluster without certificates of its own has none', async () => {
  expect(await seen({})).toEqual([]);
  expect(await seen({ securityProfile: {}, httpProxyConfig: { httpProxy: 'http://proxy:8080' } })).toEqual([]);
  expect(await seen({ ...custom(), ...proxy(null) })).toEqual([]);
  expect(await seen(proxy(''))).toEqual([]);
});

it('all certificates of both places are read', async () => {
  expect(await seen({ ...custom(base64(first), base64(second)), ...proxy(base64(first + second)) })).toEqual([
    [`${CUSTOM}[0]`, [ENDS[0]], true],
    [`${CUSTOM}[1]`, [ENDS[1]], true],
    [PROXY, ENDS, true],
  ]);
});

it('several certificates of one entry are read, with text between them and Windows line ends', async () => {
  const text = `# registry\r\n${first.replaceAll('\n', '\r\n')}\r\n# proxy\r\n${second.replaceAll('\n', '\r\n')}`;

  expect(await seen(custom(base64(text)))).toEqual([[`${CUSTOM}[0]`, ENDS, true]]);
});

it('the facts are those of the certificate', async () => {
  const [bundle] = valueOf(await ask(custom(base64(first))));
  const { fingerprint256 } = new X509Certificate(first);

  expect(bundle?.certificates).toEqual([
    {
      ...{ notBefore: '2026-01-01T00:00:00.000Z', notAfter: ENDS[0], fingerprint: fingerprint256 },
      ...{ subject: 'CN=ca0', issuer: 'CN=ca0' },
    },
  ]);
});

it('bytes, as the SDK gives them, are the same as base64', async () => {
  expect(await seen(custom(new Uint8Array(Buffer.from(first))))).toEqual([[`${CUSTOM}[0]`, [ENDS[0]], true]]);
});

it('a bundle that was not encoded is read', async () => {
  expect(await seen(proxy(first))).toEqual([[PROXY, [ENDS[0]], true]]);
});

it('the bundle of a proxy that is switched off is left out', async () => {
  expect(await seen(proxy(base64(first), { enabled: false }))).toEqual([]);
  expect(await seen(proxy(base64(first), { enabled: true }))).toEqual([[PROXY, [ENDS[0]], true]]);
});

const pem = (content: string): string => `-----BEGIN CERTIFICATE-----\n${content}\n-----END CERTIFICATE-----\n`;

it.each([
  ['no certificate', base64('hello')],
  ['nothing', ''],
  ['no base64', '%%%'],
  ['a PEM that is no certificate', base64(pem('AAAA'))],
  ['a certificate that does not end', base64('-----BEGIN CERTIFICATE-----\nMIIB')],
  ['a certificate in the binary form', base64(Buffer.from([0x30, 0x82]))],
])('%s cannot be read, and the others are', async (_, broken) => {
  expect(await seen(custom(broken, base64(second)))).toEqual([
    [`${CUSTOM}[0]`, [], false],
    [`${CUSTOM}[1]`, [ENDS[1]], true],
  ]);
});

it.each([
  ['before', pem('AAAA'), ''],
  ['behind', '', pem('AAAA')],
  ['behind, without its end', '', '-----BEGIN CERTIFICATE-----\nMIIB'],
])('what cannot be read %s a good certificate does not hide it', async (_, before, behind) => {
  expect(await seen(proxy(base64(before + first + behind)))).toEqual([[PROXY, [ENDS[0]], false]]);
});

it.each([
  ['the list', { securityProfile: { customCATrustCertificates: 'x' } }, /customCATrustCertificates: expected an array/],
  ['an entry of the list', custom(5), /customCATrustCertificates\[0\]: expected base64/],
  ['the profile', { securityProfile: 7 }, /properties.securityProfile: expected an object/],
  ['the bundle of the proxy', proxy(['x']), /properties.httpProxyConfig.trustedCa: expected a string/],
])('%s of the wrong kind is unread, with the reason', async (_, properties, detail) => {
  expect(await ask(properties)).toMatchObject(unread('invalid', detail));
});

it('is there for clusters out of files too', async () => {
  const { cluster } = normaliseCluster(armBody(custom(base64(first))));

  expect(valueOf(await inputReaders(cluster.subscriptionId).cluster.trustBundles(cluster))).toHaveLength(1);
});
