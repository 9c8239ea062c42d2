import { entraAdminGroups } from '../../../shared/checks/configuration/entra-admin-groups';
import { describeCheck } from '../../support/describe-check';

const A = 'aaaaaaaa-0000-4000-8000-000000000001';
const B = 'bbbbbbbb-0000-4000-8000-000000000002';
const UPDATE = 'az aks update --subscription 11111111-1111-1111-1111-111111111111 --resource-group rg1 --name c1';
const automatic = { sku: { name: 'Automatic' } };
const NONE = 'No group of Microsoft Entra ID administers the cluster.';
const RBAC = 'No group is named, but Azure RBAC says who administers the cluster';
const NO_ENTRA = 'Microsoft Entra ID is not integrated, so it has no groups to offer.';

describeCheck(entraAdminGroups, {
  pass: [
    {
      when: 'a group is named',
      given: { cluster: { aadProfile: { managed: true, adminGroupObjectIDs: [A], enableAzureRbac: false } } },
      says: `Members of ${A} administer the cluster.`,
      watched: [A],
    },
    {
      when: 'groups are named, in whatever order, case and number (terraform-provider-azurerm #29824 sees no change of them)',
      given: { cluster: { aadProfile: { managed: true, adminGroupObjectIDs: [B, A.toUpperCase(), ` ${B} `] } } },
      says: `Members of ${A}, ${B} administer the cluster.`,
      watched: [A, B],
    },
    {
      when: 'no group is named, and Azure RBAC is on',
      given: { cluster: { aadProfile: { managed: true, enableAzureRbac: true } } },
      says: `${RBAC}.`,
      watched: [],
    },
    {
      when: 'a group is named beside Azure RBAC: its members administer all the same',
      given: { cluster: { aadProfile: { managed: true, adminGroupObjectIDs: [A], enableAzureRbac: true } } },
      says: `Members of ${A} administer the cluster.`,
      watched: [A],
    },
    {
      when: 'never set on AKS Automatic, which presets Azure RBAC',
      given: { cluster: automatic },
      says: `${RBAC}; AKS Automatic enforces it.`,
      watched: [],
    },
    {
      when: 'a group is named in a stopped cluster: configuration is judged all the same',
      given: {
        cluster: { powerState: { code: 'Stopped' }, aadProfile: { managed: true, adminGroupObjectIDs: [B] } },
      },
      says: `Members of ${B} administer the cluster.`,
    },
    {
      when: 'a group is named beside the legacy integration',
      given: { cluster: { aadProfile: { clientAppID: 'a', adminGroupObjectIDs: [A] } } },
      says: `Members of ${A} administer the cluster.`,
    },
  ],
  fail: [
    {
      when: 'never set',
      given: { cluster: { aadProfile: { managed: true } } },
      says: NONE,
      watched: [],
      remediation: `${UPDATE} --aad-admin-group-object-ids "<group id>"`,
    },
    {
      when: 'the list is empty and Azure RBAC is off',
      given: { cluster: { aadProfile: { managed: true, adminGroupObjectIDs: [], enableAzureRbac: false } } },
      says: NONE,
    },
    {
      when: 'nothing in the list can be the id of a group',
      given: { cluster: { aadProfile: { managed: true, adminGroupObjectIDs: ['', 'Admins'] } } },
      says: NONE,
      watched: ['', 'admins'],
    },
    {
      when: 'never set with the legacy integration, which has neither groups nor Azure RBAC',
      given: { cluster: { aadProfile: { serverAppID: 'b', enableAzureRbac: true } } },
      says: NONE,
      remediation: `${UPDATE} --enable-aad --aad-admin-group-object-ids "<group id>"`,
    },
    {
      when: 'never set on AKS Automatic, and Azure RBAC was switched off',
      given: { cluster: { ...automatic, aadProfile: { managed: true, enableAzureRbac: false } } },
      says: NONE,
    },
    {
      when: 'never set on AKS Automatic, and Entra ID was switched off',
      given: { cluster: { ...automatic, aadProfile: { managed: false } } },
      says: NONE,
    },
  ],
  notApplicable: [
    { when: 'Entra ID is not integrated', given: {}, says: NO_ENTRA, watched: [] },
    { when: 'the profile of Entra ID is empty', given: { cluster: { aadProfile: {} } }, says: NO_ENTRA },
    {
      when: 'the profile of Entra ID says that it is not managed',
      given: { cluster: { aadProfile: { managed: false } } },
      says: NO_ENTRA,
    },
  ],
});
