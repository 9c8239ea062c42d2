import { azureRbacAuthorization } from '../../../shared/checks/configuration/azure-rbac-authorization';
import { describeCheck } from '../../support/describe-check';

const UPDATE = 'az aks update --subscription 11111111-1111-1111-1111-111111111111 --resource-group rg1 --name c1';
const automatic = { sku: { name: 'Automatic' } };
const NO_ENTRA = 'Azure RBAC cannot be on: Microsoft Entra ID is not integrated in the managed way.';

describeCheck(azureRbacAuthorization, {
  pass: [
    {
      when: 'on',
      given: { cluster: { aadProfile: { managed: true, enableAzureRbac: true } } },
      says: 'Azure RBAC is on.',
    },
    {
      when: 'on, and the profile does not say that it is managed',
      given: { cluster: { aadProfile: { enableAzureRbac: true } } },
      says: 'Azure RBAC is on.',
    },
    { when: 'never set on AKS Automatic', given: { cluster: automatic }, says: 'AKS Automatic enforces it.' },
    {
      when: 'never set on AKS Automatic with Entra ID',
      given: { cluster: { ...automatic, aadProfile: { managed: true } } },
      says: 'AKS Automatic enforces it.',
    },
    {
      when: 'on with AKS Automatic',
      given: { cluster: { ...automatic, aadProfile: { managed: true, enableAzureRbac: true } } },
      says: 'Azure RBAC is on; AKS Automatic enforces it.',
    },
    {
      when: 'on in a stopped cluster: configuration is judged all the same',
      given: { cluster: { powerState: { code: 'Stopped' }, aadProfile: { managed: true, enableAzureRbac: true } } },
      says: 'Azure RBAC is on.',
    },
  ],
  fail: [
    {
      when: 'off',
      given: { cluster: { aadProfile: { managed: true, enableAzureRbac: false } } },
      says: 'Azure RBAC is off.',
      remediation: `${UPDATE} --enable-azure-rbac`,
    },
    { when: 'never set', given: { cluster: { aadProfile: { managed: true } } }, says: 'Azure RBAC is off.' },
    {
      when: 'neither Entra ID nor Azure RBAC was ever set',
      given: {},
      says: NO_ENTRA,
      remediation: `${UPDATE} --enable-aad --enable-azure-rbac`,
    },
    {
      when: 'only Kubernetes RBAC is on (defsec #778)',
      given: { cluster: { enableRbac: true } },
      says: NO_ENTRA,
    },
    { when: 'the profile of Entra ID is empty', given: { cluster: { aadProfile: {} } }, says: NO_ENTRA },
    {
      when: 'the profile of Entra ID says that it is not managed',
      given: { cluster: { aadProfile: { managed: false, enableAzureRbac: true } } },
      says: NO_ENTRA,
    },
    {
      when: 'the integration is legacy, which has no Azure RBAC',
      given: { cluster: { aadProfile: { clientAppID: 'a', serverAppID: 'b', enableAzureRbac: true } } },
      says: NO_ENTRA,
    },
    {
      when: 'off with AKS Automatic',
      given: { cluster: { ...automatic, aadProfile: { managed: true, enableAzureRbac: false } } },
      says: 'Azure RBAC is off.',
    },
    {
      when: 'Entra ID was switched off with AKS Automatic',
      given: { cluster: { ...automatic, aadProfile: { managed: false } } },
      says: NO_ENTRA,
    },
  ],
});
