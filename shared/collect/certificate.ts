import type { X509Certificate } from 'node:crypto';

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
