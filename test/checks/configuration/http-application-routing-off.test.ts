import { httpApplicationRoutingOff } from '../../../shared/checks/configuration/http-application-routing-off';
import { describeCheck } from '../../support/describe-check';

const addon = (enabled: boolean): object => ({ addonProfiles: { httpapplicationrouting: { enabled } } });
const ON = 'HTTP application routing is on.';
const OFF = 'HTTP application routing is off.';

describeCheck(httpApplicationRoutingOff, {
  pass: [
    { when: 'never set (KICS #5887 fails what is absent)', given: {}, says: OFF },
    { when: 'off', given: { cluster: addon(false) }, says: OFF },
    {
      when: 'only its successor is on',
      given: { cluster: { ingressProfile: { webAppRouting: { enabled: true } } } },
      says: OFF,
    },
    { when: 'never set on AKS Automatic', given: { cluster: { sku: { name: 'Automatic' } } }, says: OFF },
  ],
  fail: [
    {
      when: 'on',
      given: { cluster: addon(true) },
      says: ON,
      remediation:
        'az aks disable-addons --subscription 11111111-1111-1111-1111-111111111111 --resource-group rg1 --name c1 --addons http_application_routing',
    },
    {
      when: 'on in a stopped cluster: configuration is judged all the same',
      given: { cluster: { ...addon(true), powerState: { code: 'Stopped' } } },
      says: ON,
    },
  ],
});
