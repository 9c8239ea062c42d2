import { fail, pass, type Verdict } from '../model/check';
import type { Json } from '../model/json';
import { DAY, isoAfter } from './facts';

/** Something that AKS ends on a day. */
export interface Retirement {
  /** With its article where it has one; the subject of a sentence. */
  readonly what: string;
  /** The first day without support, `YYYY-MM-DD`. */
  readonly endsOn: string;
  readonly source: `https://${string}`;
}

const OS_VERSIONS = 'https://learn.microsoft.com/azure/aks/upgrade-os-version';
const RELEASES = 'https://github.com/Azure/AKS/releases';

/** Every end date that a check judges by; a month without a day ends on its last one. */
export const CALENDAR = {
  ubuntu1604: { what: 'Ubuntu 16.04', endsOn: '2021-04-30', source: `${RELEASES}/tag/2021-05-06` },
  ubuntu1804: { what: 'Ubuntu 18.04', endsOn: '2025-06-17', source: OS_VERSIONS },
  ubuntu2004: { what: 'Ubuntu 20.04', endsOn: '2027-03-17', source: OS_VERSIONS },
  ubuntu2204: { what: 'Ubuntu 22.04', endsOn: '2027-06-30', source: OS_VERSIONS },
  azureLinux2: { what: 'Azure Linux 2.0 (CBL-Mariner)', endsOn: '2025-11-30', source: OS_VERSIONS },
  flatcar: { what: 'Flatcar (preview)', endsOn: '2026-06-08', source: RELEASES },
  windows2019: { what: 'Windows Server 2019', endsOn: '2026-03-01', source: `${RELEASES}/tag/2026-05-29` },
  windows2022: { what: 'Windows Server 2022', endsOn: '2028-06-30', source: `${RELEASES}/tag/2026-06-19` },
  windowsAnnual: { what: 'The Windows annual channel', endsOn: '2026-05-15', source: `${RELEASES}/tag/2026-05-29` },
  networkPolicyManagerWindows: {
    what: 'Azure Network Policy Manager on Windows',
    endsOn: '2026-09-30',
    source: 'https://learn.microsoft.com/azure/aks/use-network-policies',
  },
  networkPolicyManagerLinux: {
    what: 'Azure Network Policy Manager on Linux',
    endsOn: '2028-09-30',
    source: 'https://learn.microsoft.com/azure/aks/use-network-policies',
  },
  kubenet: {
    what: 'The network plugin kubenet',
    endsOn: '2028-03-31',
    source: 'https://learn.microsoft.com/azure/aks/configure-kubenet',
  },
  managedNginx: {
    what: 'The managed ingress-nginx of application routing',
    endsOn: '2026-11-30',
    source: 'https://learn.microsoft.com/azure/aks/app-routing',
  },
  openServiceMesh: {
    what: 'The Open Service Mesh add-on',
    endsOn: '2027-09-30',
    source: 'https://learn.microsoft.com/azure/aks/open-service-mesh-about',
  },
  basicLoadBalancer: {
    what: 'The Basic load balancer',
    endsOn: '2025-09-30',
    source: 'https://learn.microsoft.com/azure/aks/upgrade-basic-load-balancer-on-aks',
  },
  customCaTrustFlag: {
    what: 'The custom CA trust flag of node pools',
    endsOn: '2026-09-14',
    source: 'https://learn.microsoft.com/azure/aks/custom-certificate-authority',
  },
} as const satisfies Readonly<Record<string, Retirement>>;

/**
 * When AKS ends the support of a minor version, by support plan; what is older than the first has ended under both.
 * As published in August 2026: https://learn.microsoft.com/azure/aks/supported-kubernetes-versions
 */
export const KUBERNETES_ENDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  KubernetesOfficial: {
    '1.29': '2025-03-31',
    '1.30': '2025-08-22',
    '1.31': '2025-11-01',
    '1.32': '2026-03-31',
    '1.33': '2026-07-31',
    '1.34': '2026-11-30',
    '1.35': '2027-03-31',
    '1.36': '2027-06-30',
    '1.37': '2027-10-31',
  },
  AKSLongTermSupport: {
    '1.29': '2026-04-30',
    '1.30': '2026-07-31',
    '1.31': '2026-11-30',
    '1.32': '2027-03-31',
    '1.33': '2027-07-31',
    '1.34': '2027-11-30',
    '1.35': '2028-03-31',
    '1.36': '2028-06-30',
    '1.37': '2028-10-31',
  },
};

/** Days before the end from which using it fails: half a year to move. */
const NOTICE_DAYS = 180;

/**
 * Fails from half a year before the end, passes earlier; `dueOn` is the day on which that turns: the first day of notice
 * for what passes, the end for what fails before it.
 */
export function judgeRetirement(
  { what, endsOn }: Pick<Retirement, 'what' | 'endsOn'>,
  now: Date,
  observed: Json,
  noticeDays = NOTICE_DAYS,
): Verdict {
  const end = new Date(`${endsOn}T00:00:00.000Z`);
  const notice = isoAfter(end, -noticeDays * DAY);
  if (now >= end) {
    return fail(`${what} was retired on ${endsOn}.`, { observed });
  }
  return now.toISOString() >= notice
    ? fail(`${what} will be retired on ${endsOn}.`, { observed, dueOn: end.toISOString() })
    : pass(`${what} will be retired on ${endsOn}, which is still far.`, { observed, dueOn: notice });
}
