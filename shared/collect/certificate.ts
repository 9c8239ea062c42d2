import { X509Certificate } from 'node:crypto';

import type { Certificate } from '../model/snapshot';

/** The facts of a certificate that checks look at. @throws RangeError when its dates cannot be read. */
export function certificateOf(certificate: X509Certificate): Certificate {
  return {
    notBefore: new Date(certificate.validFrom).toISOString(),
    notAfter: new Date(certificate.validTo).toISOString(),
    subject: certificate.subject,
    issuer: certificate.issuer,
    fingerprint: certificate.fingerprint256,
  };
}

/** Every certificate that a PEM text begins, in its order; null for one that cannot be read. Never throws. */
export function certificatesIn(pem: string): (Certificate | null)[] {
  const [, ...begun] = pem.split(/-----BEGIN [A-Z0-9 ]*CERTIFICATE-----/);
  return begun.map((rest) => {
    try {
      return certificateOf(new X509Certificate(`-----BEGIN CERTIFICATE-----${rest}`));
    } catch {
      return null;
    }
  });
}
