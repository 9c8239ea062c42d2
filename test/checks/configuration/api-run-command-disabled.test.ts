import { apiRunCommandDisabled } from '../../../shared/checks/configuration/api-run-command-disabled';
import { describeCheck } from '../../support/describe-check';

const ON = 'Run command is on.';
const OFF = 'Run command is off.';

describeCheck(apiRunCommandDisabled, {
  pass: [
    {
      when: 'disabled',
      given: { cluster: { apiServerAccessProfile: { disableRunCommand: true } } },
      says: OFF,
    },
    {
      when: 'disabled on a private cluster',
      given: { cluster: { apiServerAccessProfile: { enablePrivateCluster: true, disableRunCommand: true } } },
      says: OFF,
    },
  ],
  fail: [
    {
      when: 'never set',
      given: {},
      says: ON,
      remediation:
        'az aks update --subscription 11111111-1111-1111-1111-111111111111 --resource-group rg1 --name c1 --disable-run-command',
    },
    { when: 'enabled', given: { cluster: { apiServerAccessProfile: { disableRunCommand: false } } }, says: ON },
    {
      when: 'never set on AKS Automatic, which does not preset it',
      given: { cluster: { sku: { name: 'Automatic' } } },
      says: ON,
    },
    {
      when: 'never set on a private cluster, whose private endpoint it goes past',
      given: { cluster: { apiServerAccessProfile: { enablePrivateCluster: true } } },
      says: ON,
    },
    {
      when: 'never set on a stopped cluster: configuration is judged all the same',
      given: { cluster: { powerState: { code: 'Stopped' } } },
      says: ON,
    },
  ],
});
