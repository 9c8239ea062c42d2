import { managedPrometheus } from '../../../shared/checks/configuration/managed-prometheus';
import { describeCheck } from '../../support/describe-check';

const metrics = (enabled: boolean): object => ({ azureMonitorProfile: { metrics: { enabled } } });
const ON = 'Managed Prometheus is on.';
const OFF = 'Managed Prometheus is off.';

describeCheck(managedPrometheus, {
  pass: [
    { when: 'on without the monitoring add-on (APRL dcaf8128 fails it)', given: { cluster: metrics(true) }, says: ON },
    {
      when: 'on in a stopped cluster: configuration is judged all the same',
      given: { cluster: { ...metrics(true), powerState: { code: 'Stopped' } } },
      says: ON,
    },
  ],
  fail: [
    {
      when: 'never set',
      given: {},
      says: OFF,
      remediation:
        'az aks update --subscription 11111111-1111-1111-1111-111111111111 --resource-group rg1 --name c1 --enable-azure-monitor-metrics',
    },
    { when: 'off (APRL dcaf8128 asks only whether something is there)', given: { cluster: metrics(false) }, says: OFF },
    {
      when: 'only Container Insights is on',
      given: {
        cluster: {
          addonProfiles: { omsagent: { enabled: true } },
          azureMonitorProfile: { containerInsights: { enabled: true } },
        },
      },
      says: OFF,
    },
    {
      when: 'never set on AKS Automatic, which is not known to preset it',
      given: { cluster: { sku: { name: 'Automatic' } } },
      says: OFF,
    },
  ],
});
