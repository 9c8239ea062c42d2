import { clusterCheck, fail, notApplicable, pass } from '../../model/check';
import { update } from '../commands';
import { hasAzureRbac, updateEntra } from '../entra';
import { hasEntra, shown } from '../facts';
import { canonical, firstFew } from '../lists';
import { sayPreset } from '../switches';

const FLAGS = '--aad-admin-group-object-ids "<group id>"';
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const entraAdminGroups = clusterCheck({
  id: 'entra-admin-groups',
  title: 'Cluster administrators are members of Microsoft Entra ID groups, or named by Azure RBAC',
  category: 'identity',
  severity: 'medium',
  checklistItem: 'S4',
  rationale:
    'Members of these groups may do everything in the cluster, and who is one can be reviewed in one place. Without a group and without Azure RBAC somebody must hold a local account to grant anything. A group that is added later is a new way to full control, which other tools do not see.',
  remediation: update(FLAGS),
  references: [
    'https://learn.microsoft.com/azure/aks/enable-authentication-microsoft-entra-id',
    'https://learn.microsoft.com/azure/aks/manage-azure-rbac',
  ],

  evaluate({ cluster }) {
    const { adminGroupObjectIDs, enableAzureRbac } = cluster.aadProfile ?? {};
    const watched = canonical(adminGroupObjectIDs ?? []);
    const observed = shown({ adminGroupObjectIDs, enableAzureRBAC: enableAzureRbac });
    const said = { observed, watched, remediation: updateEntra(cluster, FLAGS) };
    if (!hasEntra(cluster)) {
      return notApplicable('Microsoft Entra ID is not integrated, so it has no groups to offer.', said);
    }
    const groups = watched.filter((id) => GUID.test(id));
    if (groups.length > 0) {
      return pass(`Members of ${firstFew(groups)} administer the cluster.`, said);
    }
    return hasAzureRbac(cluster)
      ? pass(sayPreset(cluster, 'No group is named, but Azure RBAC says who administers the cluster'), said)
      : fail('No group of Microsoft Entra ID administers the cluster.', said);
  },
});
