import { dashboardOff } from '../../../shared/checks/configuration/dashboard-off';
import { describeCheck } from '../../support/describe-check';

const addon = (enabled: boolean): object => ({ addonProfiles: { kubedashboard: { enabled } } });
const ON = 'The Kubernetes dashboard is on.';
const OFF = 'The Kubernetes dashboard is off.';

describeCheck(dashboardOff, {
  pass: [
    { when: 'never set (KICS #5887 and CKV_AZURE_8 fail it)', given: {}, says: OFF },
    {
      when: 'only other add-ons are set (KICS #5887)',
      given: { cluster: { addonProfiles: { azurepolicy: { enabled: true } } } },
      says: OFF,
    },
    { when: 'off', given: { cluster: addon(false) }, says: OFF },
    { when: 'never set on AKS Automatic', given: { cluster: { sku: { name: 'Automatic' } } }, says: OFF },
  ],
  fail: [
    {
      when: 'on',
      given: { cluster: addon(true) },
      says: ON,
      remediation:
        'az aks disable-addons --subscription 11111111-1111-1111-1111-111111111111 --resource-group rg1 --name c1 --addons kube-dashboard',
    },
    {
      when: 'on in a stopped cluster: configuration is judged all the same',
      given: { cluster: { ...addon(true), powerState: { code: 'Stopped' } } },
      says: ON,
    },
  ],
});
