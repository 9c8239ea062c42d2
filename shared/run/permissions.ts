import { API_SERVER_CERTIFICATE_ACTIONS } from '../collect/api-server-certificate';
import { ASSESSMENTS_ACTIONS } from '../collect/assessments';
import { CHANGES_ACTIONS } from '../collect/changes';
import { CLUSTER_CA_ACTIONS } from '../collect/cluster-ca';
import { CLUSTERS_ACTIONS } from '../collect/clusters';
import { DEFENDER_PLAN_ACTIONS } from '../collect/defender-plan';
import { KUBERNETES_VERSIONS_ACTIONS } from '../collect/kubernetes-versions';
import { MAINTENANCE_CONFIGURATIONS_ACTIONS } from '../collect/maintenance-configurations';
import { OWNERSHIP_TAGS_ACTIONS } from '../collect/ownership-tags';
import { POLICY_STATES_ACTIONS } from '../collect/policy-states';
import { SUBSCRIPTIONS_ACTIONS } from '../collect/subscriptions';
import { TRUST_BUNDLES_ACTIONS } from '../collect/trust-bundles';
import { UPGRADE_PROFILES_ACTIONS } from '../collect/upgrade-profiles';
import type { NeededAction, Permission } from '../model/permission';
import type { Section } from '../model/snapshot';

/** What one collector declares. */
interface Declaration {
  /** Its file in shared/collect. */
  readonly collector: string;
  /** What it reads; who finds subscriptions, owners and those who made a change works for `clusters`. */
  readonly section: Section;
  readonly actions: readonly NeededAction[];
}

/** Every collector with the actions that it declares. */
export const DECLARATIONS: readonly Declaration[] = [
  { collector: 'subscriptions', section: 'clusters', actions: SUBSCRIPTIONS_ACTIONS },
  { collector: 'clusters', section: 'clusters', actions: CLUSTERS_ACTIONS },
  { collector: 'ownership-tags', section: 'clusters', actions: OWNERSHIP_TAGS_ACTIONS },
  { collector: 'changes', section: 'clusters', actions: CHANGES_ACTIONS },
  { collector: 'kubernetes-versions', section: 'kubernetesVersions', actions: KUBERNETES_VERSIONS_ACTIONS },
  { collector: 'trust-bundles', section: 'trustBundles', actions: TRUST_BUNDLES_ACTIONS },
  { collector: 'upgrade-profiles', section: 'upgradeProfiles', actions: UPGRADE_PROFILES_ACTIONS },
  {
    collector: 'maintenance-configurations',
    section: 'maintenanceConfigurations',
    actions: MAINTENANCE_CONFIGURATIONS_ACTIONS,
  },
  { collector: 'api-server-certificate', section: 'apiServerCertificate', actions: API_SERVER_CERTIFICATE_ACTIONS },
  { collector: 'cluster-ca', section: 'clusterCa', actions: CLUSTER_CA_ACTIONS },
  { collector: 'policy-states', section: 'policyStates', actions: POLICY_STATES_ACTIONS },
  { collector: 'defender-plan', section: 'defenderPlan', actions: DEFENDER_PLAN_ACTIONS },
  { collector: 'assessments', section: 'assessments', actions: ASSESSMENTS_ACTIONS },
];

/** The role that the monitor needs on what it scans: each action once, with all that needs it. */
export const PERMISSIONS: readonly Permission[] = permissionsOf(DECLARATIONS);

/** Built-in roles of people who operate a deployment; the deployment gives them. */
export const OPERATOR_ROLES = [
  { role: 'Storage Queue Data Message Sender', on: 'the queue scan-requests', commands: ['request'] },
  { role: 'Monitoring Metrics Publisher', on: 'the data collection rule', commands: ['drill', 'scan --publish'] },
] as const;

/** Sorted by action. What one collector needs in any case is not optional. */
export function permissionsOf(declarations: readonly Declaration[]): Permission[] {
  const needs = declarations.flatMap(({ section, actions }) => actions.map((needed) => ({ section, needed })));
  return [...Map.groupBy(needs, ({ needed }) => needed.action)]
    .map(([action, uses]) => ({
      action,
      usedBy: [...new Set(uses.map(({ section }) => section))],
      why: [...new Set(uses.map(({ needed }) => needed.why))].join(' '),
      without: uses.flatMap(({ needed }) => needed.without ?? []).join(' ') || null,
      optional: uses.every(({ needed }) => needed.optional === true),
    }))
    .sort((a, b) => (a.action < b.action ? -1 : 1));
}
