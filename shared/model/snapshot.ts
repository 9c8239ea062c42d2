import type { Cluster, NodePool } from './cluster';
import type { Json } from './json';

/** Why a section could not be read. */
export type UnreadReason =
  'forbidden' | 'notFound' | 'throttled' | 'unavailable' | 'timeout' | 'unreachable' | 'invalid' | 'disabled';

/** A section that could not be read: data, never an empty list and never an exception that ends the run. */
export interface Unread {
  readonly source: Section;
  /** What was asked for: an ARM id, or a subscription and region. */
  readonly scope: string;
  readonly reason: UnreadReason;
  readonly detail: string;
}

/** A section that was not read, and when it last was: the difference between "never set up" and "coverage lost". */
export type UnreadEntry = Unread & { readonly lastReadAt: string | null };

export type Collected<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly unread: Unread };

/** A Kubernetes minor version as a region offers it, for example `1.34`. */
export interface KubernetesVersion {
  readonly version: string;
  readonly isPreview: boolean;
  /** Support plans in the API's own words: `KubernetesOfficial`, `AKSLongTermSupport`. */
  readonly supportPlans: readonly string[];
}

export interface UpgradeProfile {
  /** The newest node image that the region offers for this pool; absent when the service does not say. */
  readonly latestNodeImageVersion?: string;
}

/** When a maintenance window opens. https://learn.microsoft.com/azure/aks/planned-maintenance */
export interface MaintenanceWindow {
  /** Which kind of schedule; on a date of the month (absolute), or on a weekday of one of its weeks (relative). */
  readonly kind: 'daily' | 'weekly' | 'absoluteMonthly' | 'relativeMonthly';
  /** It opens every so many days, weeks or months, by its kind; 1 or more. */
  readonly interval: number;
  readonly durationHours: number;
  /** The day before which it does not count, `2026-11-24`, in the window's own UTC offset; null: it counts at once. */
  readonly startsOn: string | null;
}

/** When one kind of maintenance may touch a cluster: a planned maintenance configuration. */
export interface MaintenanceConfiguration {
  /** `default` (releases of AKS), `aksManagedAutoUpgradeSchedule`, `aksManagedNodeOSUpgradeSchedule`, or what the service wrote in place of them. */
  readonly name: string;
  /** Null for the old form that `default` may have: hours of the week. */
  readonly window: MaintenanceWindow | null;
}

/** Dates of an X.509 certificate; ISO 8601, UTC. */
export interface Certificate {
  readonly notBefore: string;
  readonly notAfter: string;
  readonly subject: string;
  readonly issuer: string;
  /** SHA-256, upper-case hex pairs joined by colons. */
  readonly fingerprint: string;
}

/** Certificates of authorities of one's own that a setting of the cluster makes its nodes trust. */
export interface TrustBundle {
  /** Where it stands in an ARM body. */
  readonly property: string;
  readonly certificates: readonly Certificate[];
  /** False: it holds none, or one that cannot be read. */
  readonly isReadable: boolean;
}

/** The newest verdict of one policy assignment about a cluster. Ids in lower case. */
export interface PolicyState {
  readonly assignmentId: string;
  readonly assignmentName: string;
  readonly definitionId: string;
  /** The policy's place in an initiative, or empty. */
  readonly referenceId: string;
  /** Compliant, NonCompliant, Exempt, Conflict, Unknown, NotStarted, … as Azure writes it. */
  readonly complianceState: string;
  /** ISO 8601, UTC. */
  readonly evaluatedAt: string;
}

/** The plan "Defender for Containers" of a subscription. */
export interface DefenderPlan {
  /** `Free` or `Standard`. */
  readonly pricingTier: string;
  readonly extensions: readonly { readonly name: string; readonly isEnabled: boolean }[];
}

/** One Defender for Cloud assessment of a cluster, named by its key and never by its display text. */
export interface Assessment {
  /** Lower-case GUID. */
  readonly key: string;
  /** Healthy, Unhealthy or NotApplicable, as Azure writes it. */
  readonly code: string;
  readonly cause: string;
  readonly description: string;
}

export interface SubscriptionSections {
  readonly defenderPlan: DefenderPlan;
}

export interface ClusterSections {
  readonly kubernetesVersions: readonly KubernetesVersion[];
  readonly apiServerCertificate: Certificate;
  readonly clusterCa: readonly Certificate[];
  readonly policyStates: readonly PolicyState[];
  readonly assessments: readonly Assessment[];
  readonly maintenanceConfigurations: readonly MaintenanceConfiguration[];
  readonly trustBundles: readonly TrustBundle[];
}

export interface NodePoolSections {
  readonly upgradeProfiles: UpgradeProfile;
}

type Sections = SubscriptionSections & ClusterSections & NodePoolSections;

/** Every section that a scan can collect. `clusters` is read by all scans. */
export type Section = 'clusters' | keyof Sections;

/** What a check may look at, by name: its subject, the sections that it declared, and what it remembered the last time. */
export interface Evidence extends Sections {
  readonly cluster: Cluster;
  readonly pool: NodePool;
  /** What this check's last verdict on this subject asked to remember; null at first and without a state. */
  readonly history: Json;
}

type CollectedSections<T> = { readonly [S in keyof T]?: Collected<T[S]> };

/** All that one run knows about one cluster. */
export interface ClusterSnapshot {
  readonly cluster: Cluster;
  readonly sections: CollectedSections<ClusterSections>;
  /** By name of the pool. */
  readonly nodePools: ReadonlyMap<string, CollectedSections<NodePoolSections>>;
}

/** All that one run knows about the subscription itself. */
export interface SubscriptionSnapshot {
  readonly sections: CollectedSections<SubscriptionSections>;
}
