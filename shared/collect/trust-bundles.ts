import type { Cluster } from '../model/cluster';
import type { NeededAction } from '../model/permission';
import type { Certificate, Collected, TrustBundle } from '../model/snapshot';
import { certificatesIn } from './certificate';
import { read, unreadSection } from './unread';

/** The settings of the cluster hold all of it: nobody is asked. */
export const TRUST_BUNDLES_ACTIONS: readonly NeededAction[] = [];

/**
 * The certificates of authorities of one's own that the settings of a cluster hold, taken apart.
 * https://learn.microsoft.com/azure/aks/custom-certificate-authority and https://learn.microsoft.com/azure/aks/http-proxy
 */
export function trustBundles(cluster: Cluster): Promise<Collected<readonly TrustBundle[]>> {
  try {
    return Promise.resolve(read(bundlesOf(cluster)));
  } catch (error) {
    // A setting of the wrong kind throws when it is read, and says which it is.
    return Promise.resolve(unreadSection('trustBundles', cluster.id, 'invalid', (error as Error).message));
  }
}

function bundlesOf({ securityProfile, httpProxyConfig }: Cluster): TrustBundle[] {
  const authorities = (securityProfile?.customCATrustCertificates ?? []).map((bytes, index) =>
    bundle(
      `properties.securityProfile.customCATrustCertificates[${index}]`,
      certificatesIn(Buffer.from(bytes).toString('utf8')),
    ),
  );
  const { trustedCa, enabled } = httpProxyConfig ?? {};
  // A proxy that is switched off keeps its settings, and no node uses them.
  return trustedCa === undefined || trustedCa === '' || enabled === false
    ? authorities
    : [...authorities, bundle('properties.httpProxyConfig.trustedCa', certificatesIn(decoded(trustedCa)))];
}

function bundle(property: string, found: readonly (Certificate | null)[]): TrustBundle {
  const certificates = found.filter((certificate) => certificate !== null);
  return { property, certificates, isReadable: found.length > 0 && certificates.length === found.length };
}

/** The API asks for base64; a PEM text as it is means the same. */
function decoded(text: string): string {
  return text.includes('-----BEGIN') ? text : Buffer.from(text, 'base64').toString('utf8');
}
