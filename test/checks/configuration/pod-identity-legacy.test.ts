import { podIdentityLegacy } from '../../../shared/checks/configuration/pod-identity-legacy';
import { describeCheck } from '../../support/describe-check';

const ON = 'Pod-managed identity is on.';
const OFF = 'Pod-managed identity is off.';

describeCheck(podIdentityLegacy, {
  pass: [
    { when: 'never set', given: {}, says: OFF },
    { when: 'off', given: { cluster: { podIdentityProfile: { enabled: false } } }, says: OFF },
    {
      when: 'off, with a setting left over',
      given: { cluster: { podIdentityProfile: { allowNetworkPluginKubenet: true } } },
      says: OFF,
    },
    { when: 'never set on AKS Automatic', given: { cluster: { sku: { name: 'Automatic' } } }, says: OFF },
  ],
  fail: [
    {
      when: 'on',
      given: { cluster: { podIdentityProfile: { enabled: true } } },
      says: ON,
      remediation:
        'az extension add --upgrade --name aks-preview && az aks update --subscription 11111111-1111-1111-1111-111111111111 --resource-group rg1 --name c1 --disable-pod-identity',
    },
    {
      when: 'on beside workload identity, which does not switch it off',
      given: {
        cluster: {
          podIdentityProfile: { enabled: true },
          oidcIssuerProfile: { enabled: true },
          securityProfile: { workloadIdentity: { enabled: true } },
        },
      },
      says: ON,
    },
    {
      when: 'on in a stopped cluster: configuration is judged all the same',
      given: { cluster: { podIdentityProfile: { enabled: true }, powerState: { code: 'Stopped' } } },
      says: ON,
    },
  ],
});
