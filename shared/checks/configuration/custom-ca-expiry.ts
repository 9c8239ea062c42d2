import { clusterCheck, notApplicable, unknown, type Verdict } from '../../model/check';
import type { Json } from '../../model/json';
import type { ParamValues } from '../../model/params';
import type { Certificate } from '../../model/snapshot';
import { update } from '../commands';
import { EXPIRY_PARAMS, expirySteps, judgeExpiry } from '../expiry';

export const customCaExpiry = clusterCheck({
  id: 'custom-ca-expiry',
  title: 'Certificates of your own that nodes trust do not end soon',
  category: 'certificates',
  severity: 'high',
  checklistItem: 'S13',
  rationale:
    "When the certificate of a private registry's or proxy's authority ends, nodes can pull no image through it any more: new nodes and new pods do not start. Nothing in AKS warns of it, and a new one reaches the nodes only when all of them are replaced.",
  remediation: update('--custom-ca-trust-certificates "<file with all certificates to be trusted>"'),
  references: [
    'https://learn.microsoft.com/azure/aks/custom-certificate-authority',
    'https://learn.microsoft.com/azure/aks/http-proxy',
  ],
  needs: ['trustBundles'],
  params: EXPIRY_PARAMS,

  evaluate({ trustBundles }, { params, now }) {
    if (trustBundles.length === 0) {
      return notApplicable('The nodes are given no certificates of your own to trust.');
    }
    const all = trustBundles.flatMap(({ property, certificates }) =>
      certificates.map((each) => ({ ...each, property })),
    );
    const [first] = all.toSorted((one, other) => Date.parse(one.notAfter) - Date.parse(other.notAfter));
    const unreadable = trustBundles.filter(({ isReadable }) => !isReadable).map(({ property }) => property);
    const observed = {
      certificates: all.map(({ property, subject, notAfter }) => ({ property, subject, notAfter })),
      unreadable,
    };
    const verdict = first && judge(first, params, now, observed);
    // One that ends is bad whatever the others are; one that cannot be read may end before those that can.
    return verdict === undefined || (verdict.outcome === 'pass' && unreadable.length > 0)
      ? unknown('invalid', `A certificate cannot be read in ${unreadable.join(', ')}.`, { observed })
      : verdict;
  },
});

function judge(
  { property, ...certificate }: Certificate & { readonly property: string },
  params: ParamValues<typeof EXPIRY_PARAMS>,
  now: Date,
  observed: Json,
): Verdict {
  // Each part of the name is on a line of its own.
  const name = `The certificate ${certificate.subject.replaceAll('\n', ', ')} in ${property}`;
  const verdict = { ...judgeExpiry(name, certificate, now, expirySteps(params)), observed };
  const ofProxy = { remediation: update('--http-proxy-config "<file with the whole configuration>"') };
  return { ...verdict, ...(property.includes('httpProxyConfig') ? ofProxy : {}) };
}
