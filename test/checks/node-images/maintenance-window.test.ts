import { maintenanceWindow } from '../../../shared/checks/node-images/maintenance-window';
import type { Cluster } from '../../../shared/model/cluster';
import type { MaintenanceConfiguration } from '../../../shared/model/snapshot';
import { describeCheck } from '../../support/describe-check';
import type { Given } from '../../support/evidence';
import { KUBERNETES, NODE_OS, schedule } from '../../support/schedules';

type Channels = Cluster['autoUpgradeProfile'] & object;

const given = (autoUpgradeProfile: Channels | undefined, ...configurations: MaintenanceConfiguration[]): Given => ({
  cluster: autoUpgradeProfile === undefined ? {} : { autoUpgradeProfile },
  maintenanceConfigurations: configurations,
});

const both: Channels = { upgradeChannel: 'stable', nodeOSUpgradeChannel: 'NodeImage' };
const nodeImage: Channels = { nodeOSUpgradeChannel: 'NodeImage' };
const weekly = [schedule(KUBERNETES, 'weekly'), schedule(NODE_OS, 'weekly')];

const command = (verb: string, name: string): string =>
  `az aks maintenanceconfiguration ${verb} --subscription 11111111-1111-1111-1111-111111111111 --resource-group rg1 --cluster-name c1 --name ${name} --schedule-type Weekly --day-of-week Sunday --interval-weeks 1 --start-time 00:00 --duration 8`;

describeCheck(maintenanceWindow, {
  pass: [
    {
      when: 'both channels are on and timed',
      given: given(both, ...weekly),
      says: `${KUBERNETES} opens every 7 days, ${NODE_OS} opens every 7 days.`,
      watched: { [KUBERNETES]: 7, [NODE_OS]: 7 },
    },
    {
      when: 'only the node OS channel is on, which is all that needs a window (PSRule AZR-000446 asks for both names)',
      given: given(nodeImage, schedule(NODE_OS, 'daily')),
      says: `${NODE_OS} opens every 1 days.`,
      watched: { [NODE_OS]: 1 },
    },
    {
      when: 'only the cluster channel is on, and its window opens every three months',
      given: given(
        { upgradeChannel: 'patch', nodeOSUpgradeChannel: 'None' },
        schedule(KUBERNETES, 'absoluteMonthly', 3),
      ),
      says: `${KUBERNETES} opens every 93 days.`,
    },
    {
      when: 'SecurityPatch is on and the window opens every four weeks',
      given: given({ nodeOSUpgradeChannel: 'SecurityPatch' }, schedule(NODE_OS, 'weekly', 4)),
      says: `${NODE_OS} opens every 28 days.`,
    },
    {
      when: 'the cluster channel is node-image and the window for cluster upgrades is set',
      given: given({ upgradeChannel: 'node-image' }, schedule(KUBERNETES, 'weekly')),
      says: `${KUBERNETES} opens every 7 days.`,
    },
    {
      when: 'the cluster channel is node-image and the window for node images counts first',
      given: given(
        { upgradeChannel: 'node-image' },
        schedule(KUBERNETES, 'absoluteMonthly'),
        schedule(NODE_OS, 'weekly'),
      ),
      says: `${NODE_OS} opens every 7 days.`,
    },
    {
      when: 'a window begins to count today',
      given: given(nodeImage, schedule(NODE_OS, 'weekly', 1, '2026-11-24')),
      says: `${NODE_OS} opens every 7 days.`,
    },
    {
      when: 'a monthly window for node images is allowed',
      given: given(nodeImage, schedule(NODE_OS, 'absoluteMonthly')),
      params: { nodeOsDays: 31 },
      says: `${NODE_OS} opens every 31 days.`,
    },
    {
      when: 'AKS Automatic, which presets both channels, is timed',
      given: { ...given(undefined, ...weekly), cluster: { sku: { name: 'Automatic' } } },
      says: `${KUBERNETES} opens every 7 days, ${NODE_OS} opens every 7 days.`,
    },
    {
      when: 'the cluster is stopped: windows are configuration',
      given: {
        ...given(nodeImage, schedule(NODE_OS, 'weekly')),
        cluster: { autoUpgradeProfile: nodeImage, powerState: { code: 'Stopped' } },
      },
      says: `${NODE_OS} opens every 7 days.`,
    },
  ],
  fail: [
    {
      when: 'never set',
      given: given(both),
      says: `${KUBERNETES} is not set; ${NODE_OS} is not set.`,
      watched: {},
      remediation: `${command('add', KUBERNETES)} && ${command('add', NODE_OS)}`,
    },
    {
      when: 'one of two is not set',
      given: given(both, schedule(KUBERNETES, 'weekly')),
      says: `${NODE_OS} is not set.`,
      remediation: command('add', NODE_OS),
    },
    {
      when: 'only releases of AKS are timed, in the old form and in the new',
      given: given(nodeImage, { name: 'default', window: null }, schedule('default', 'weekly')),
      says: `${NODE_OS} is not set.`,
    },
    {
      when: 'the schedule has no window',
      given: given(nodeImage, { name: NODE_OS, window: null }),
      says: `${NODE_OS} is not set.`,
    },
    {
      when: 'the window for node images opens once a month',
      given: given(both, schedule(KUBERNETES, 'absoluteMonthly'), schedule(NODE_OS, 'absoluteMonthly')),
      says: `${NODE_OS} opens every 31 days, and 28 are allowed.`,
      watched: { [KUBERNETES]: 31, [NODE_OS]: 31 },
      remediation: command('update', NODE_OS),
    },
    {
      when: 'the window for node images opens every five weeks',
      given: given(nodeImage, schedule(NODE_OS, 'weekly', 5)),
      says: `${NODE_OS} opens every 35 days, and 28 are allowed.`,
    },
    {
      when: 'a window does not count yet, until which day it fails',
      given: given(both, schedule(KUBERNETES, 'weekly'), schedule(NODE_OS, 'weekly', 1, '2026-11-25')),
      says: `${NODE_OS} does not count before 2026-11-25.`,
      dueOn: '2026-11-25T00:00:00.000Z',
    },
    {
      when: 'two do not count yet',
      given: given(both, schedule(KUBERNETES, 'weekly', 1, '2027-01-01'), schedule(NODE_OS, 'weekly', 1, '2026-12-01')),
      says: `${KUBERNETES} does not count before 2027-01-01; ${NODE_OS} does not count before 2026-12-01.`,
      dueOn: '2027-01-01T00:00:00.000Z',
    },
    {
      when: 'one does not count yet and the other is not set',
      given: given(both, schedule(NODE_OS, 'weekly', 1, '2026-12-01')),
      says: `${KUBERNETES} is not set; ${NODE_OS} does not count before 2026-12-01.`,
    },
    {
      when: 'AKS Automatic, which presets both channels, is not timed',
      given: { cluster: { sku: { name: 'Automatic' } }, maintenanceConfigurations: [] },
      says: `${KUBERNETES} is not set; ${NODE_OS} is not set.`,
    },
  ],
  notApplicable: [
    {
      when: 'no channel was ever set',
      given: given(undefined),
      says: 'No channel is on whose upgrades a window could time.',
      watched: {},
    },
    {
      when: 'both channels are off, whatever the windows',
      given: given({ upgradeChannel: 'none', nodeOSUpgradeChannel: 'None' }, ...weekly),
      says: 'No channel is on whose upgrades a window could time.',
      watched: { [KUBERNETES]: 7, [NODE_OS]: 7 },
    },
    {
      when: 'the node OS channel is Unmanaged, which knows no windows',
      given: given({ nodeOSUpgradeChannel: 'Unmanaged' }),
      says: 'No channel is on whose upgrades a window could time.',
    },
  ],
  unknown: [
    {
      when: 'the cluster channel has a name that is not known',
      given: given({ upgradeChannel: 'weekly' }, ...weekly),
      reason: 'invalid',
      says: 'properties.autoUpgradeProfile.upgradeChannel is weekly: not known.',
    },
    {
      when: 'the node OS channel has a name that is not known',
      given: given({ nodeOSUpgradeChannel: 'Nightly' }, ...weekly),
      reason: 'invalid',
      says: 'properties.autoUpgradeProfile.nodeOSUpgradeChannel is Nightly: not known.',
    },
  ],
});
