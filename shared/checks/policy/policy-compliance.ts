import { clusterCheck, fail, pass, unknown } from '../../model/check';
import type { PolicyState } from '../../model/snapshot';
import { NEVER_EVALUATED } from '../policy-states';

/** More than this is not shown; what is watched is complete. */
const SHOWN = 50;

export const policyCompliance = clusterCheck({
  id: 'policy-compliance',
  title: 'The cluster complies with every policy that is assigned to it',
  category: 'governance',
  severity: 'high',
  checklistItem: 'S12',
  rationale:
    "Azure Policy states the organisation's own rules. A cluster that breaks one has left them, whatever the other checks say.",
  remediation: `az policy state list --resource /subscriptions/{subscriptionId}/resourceGroups/{resourceGroup}/providers/Microsoft.ContainerService/managedClusters/{cluster} --filter "complianceState eq 'NonCompliant'"`,
  references: [
    'https://learn.microsoft.com/azure/governance/policy/how-to/get-compliance-data',
    'https://learn.microsoft.com/azure/governance/policy/concepts/policy-for-kubernetes',
  ],
  needs: ['policyStates'],

  evaluate({ policyStates }) {
    if (policyStates.length === 0) {
      return NEVER_EVALUATED;
    }
    const byState = Object.groupBy(policyStates, ({ complianceState }) => complianceState.toLowerCase());
    const { compliant = [], noncompliant = [], exempt = [], ...others } = byState;
    // Conflict, Unknown, NotStarted, NotRegistered and what comes next: no judgement.
    const other = Object.values(others).flatMap((states) => states ?? []);
    const listed = [...noncompliant, ...other, ...exempt].slice(0, SHOWN);
    const observed = {
      compliant: compliant.length,
      nonCompliant: noncompliant.length,
      other: other.length,
      exempt: exempt.length,
      listed: listed.map((state) => ({ policy: nameOf(state), state: state.complianceState })),
    };
    const watched = [...new Set(noncompliant.map(nameOf))].sort();
    if (noncompliant.length > 0) {
      const message = `The cluster breaks ${noncompliant.length} of ${policyStates.length} assigned policies: ${some(watched)}.`;
      return fail(message, { observed, watched });
    }
    if (other.length > 0) {
      const states = [...new Set(other.map(({ complianceState }) => complianceState))].sort();
      const message = `properties.complianceState of ${other.length} of ${policyStates.length} assigned policies says neither yes nor no: ${some(states)}.`;
      return unknown('notEvaluated', message, { observed });
    }
    const message = `The cluster complies with every assigned policy (${compliant.length} Compliant, ${exempt.length} waived as Exempt).`;
    return pass(message, { observed, watched });
  },
});

/** `assignment/definition`, and the policy's place in an initiative if it has one. */
function nameOf({ assignmentName, definitionId, referenceId }: PolicyState): string {
  const definition = definitionId.split('/').at(-1) ?? '';
  return [assignmentName, definition, referenceId].filter(Boolean).join('/').toLowerCase();
}

function some(names: readonly string[]): string {
  const more = names.length - 3;
  return more > 0 ? `${names.slice(0, 3).join(', ')} and ${more} more` : names.join(', ');
}
