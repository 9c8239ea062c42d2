import { containerInsights } from '../../../shared/checks/configuration/container-insights';
import { describeCheck } from '../../support/describe-check';
import type { Given } from '../../support/evidence';

const workspace = '/subscriptions/s/resourceGroups/rg1/providers/Microsoft.OperationalInsights/workspaces/w1';
const addon = (enabled: boolean, config: Readonly<Record<string, unknown>> = {}): Given => ({
  cluster: { addonProfiles: { omsagent: { enabled, config: config as Record<string, string> } } },
});
const ON = 'Container Insights is on.';
const OFF = 'Container Insights is off.';
const BY_KEY = 'Container Insights is on; it signs in with the key of its workspace, not with an identity.';

describeCheck(containerInsights, {
  pass: [
    {
      when: 'the add-on is on',
      given: addon(true, { loganalyticsworkspaceresourceid: workspace, useaadauth: 'true' }),
      says: ON,
      // The platform switched this setting by itself (AKS changelog), so that a change of it is nobody's drift.
      watched: null,
    },
    { when: 'the add-on is on and says nothing of how it signs in', given: addon(true), says: ON },
    {
      when: 'the add-on signs in with a key',
      given: addon(true, { useaadauth: 'False' }),
      says: BY_KEY,
      watched: null,
    },
    {
      when: 'the add-on signs in with a key, told as a boolean',
      given: addon(true, { useaadauth: false }),
      says: BY_KEY,
    },
    {
      when: 'the profile of Azure Monitor collects, and the add-on was never set',
      given: {
        cluster: {
          azureMonitorProfile: { containerInsights: { enabled: true, logAnalyticsWorkspaceResourceId: workspace } },
        },
      },
      says: ON,
    },
    {
      when: 'the profile of Azure Monitor collects in place of the add-on, whose setting is left over',
      given: {
        cluster: {
          ...addon(false, { useaadauth: 'false' }).cluster,
          azureMonitorProfile: { containerInsights: { enabled: true } },
        },
      },
      says: ON,
    },
    {
      when: 'the add-on is on in a stopped cluster: configuration is judged all the same',
      given: { cluster: { ...addon(true).cluster, powerState: { code: 'Stopped' } } },
      says: ON,
    },
  ],
  fail: [
    {
      when: 'never set',
      given: {},
      says: OFF,
      remediation:
        'az aks enable-addons --subscription 11111111-1111-1111-1111-111111111111 --resource-group rg1 --name c1 --addons monitoring --workspace-resource-id "<workspace id>"',
    },
    {
      when: 'the add-on is off, which APRL dcaf8128 overlooks',
      given: addon(false, { useaadauth: 'false' }),
      says: OFF,
    },
    {
      when: 'both are off',
      given: {
        cluster: { ...addon(false).cluster, azureMonitorProfile: { containerInsights: { enabled: false } } },
      },
      says: OFF,
    },
    {
      when: 'only managed Prometheus is on, which collects no logs',
      given: { cluster: { azureMonitorProfile: { metrics: { enabled: true } } } },
      says: OFF,
    },
    {
      when: 'only a workspace is told',
      given: {
        cluster: { azureMonitorProfile: { containerInsights: { logAnalyticsWorkspaceResourceId: workspace } } },
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
