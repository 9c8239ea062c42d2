import { nodeOsSupported } from '../../../shared/checks/configuration/node-os-supported';
import { describeCheck } from '../../support/describe-check';
import type { Given } from '../../support/evidence';

const image = (nodeImageVersion: string, more: Given['pool'] = {}): Given => ({ pool: { nodeImageVersion, ...more } });
const sku = (osSKU: string): Given => ({ pool: { osSKU } });

const U2204 = 'AKSUbuntu-2204gen2containerd-202611.02.0';
const noEnd = (value: string): string => `No end was announced for the operating system ${value}.`;
const far = (what: string, day: string): string => `${what} will be retired on ${day}, which is still far.`;
const soon = (what: string, day: string): string => `${what} will be retired on ${day}.`;
const gone = (what: string, day: string): string => `${what} was retired on ${day}.`;
const missing = 'properties.agentPoolProfiles[].nodeImageVersion is missing.';

const names = '--subscription 11111111-1111-1111-1111-111111111111 --resource-group rg1 --cluster-name c1';

describeCheck(nodeOsSupported, {
  pass: [
    {
      when: 'the end is more than 180 days off',
      given: image(U2204),
      says: far('Ubuntu 22.04', '2027-06-30'),
      dueOn: '2027-01-01T00:00:00.000Z',
      watched: null,
    },
    {
      when: 'it is the last moment before that',
      given: image(U2204),
      now: '2026-12-31T23:59:59.999Z',
      says: far('Ubuntu 22.04', '2027-06-30'),
      dueOn: '2027-01-01T00:00:00.000Z',
    },
    {
      when: 'the image runs Windows Server 2022',
      given: image('AKSWindows-2022-containerd-gen2-20348.4529.261112', { osType: 'Windows', mode: 'User' }),
      says: far('Windows Server 2022', '2028-06-30'),
      dueOn: '2028-01-02T00:00:00.000Z',
    },
    {
      when: 'the image is newer than the OS SKU says, and counts',
      given: image('AKSUbuntu-2404gen2containerd-202611.02.0', { osSKU: 'Ubuntu2204' }),
      says: noEnd('AKSUbuntu-2404gen2containerd-202611.02.0'),
    },
    ...[
      'AKSAzureLinux-V3gen2-202611.02.0',
      'AKSAzureLinux-OSGuardV3gen2fipsTL-202602.13.5',
      'AKSAzureContainerLinux-202606.01.0',
      'AKSWindows-2025-gen2-26100.7462.251212',
      'aksubuntu-2404gen2CVMcontainerd-next',
    ].map((name) => ({ when: `the image is ${name}`, given: image(name), says: noEnd(name) })),
    ...['Ubuntu2404', 'AzureLinux3', 'AzureContainerLinux', 'Windows2025'].map((name) => ({
      when: `only the OS SKU is known: ${name}`,
      given: sku(name),
      says: noEnd(name),
    })),
    {
      when: 'only the OS SKU is known, and its end is far',
      given: sku('Ubuntu2204'),
      says: far('Ubuntu 22.04', '2027-06-30'),
      dueOn: '2027-01-01T00:00:00.000Z',
    },
    {
      when: 'the cluster is stopped: the operating system is configuration',
      given: { ...image(U2204), cluster: { powerState: { code: 'Stopped' } } },
      says: far('Ubuntu 22.04', '2027-06-30'),
      dueOn: '2027-01-01T00:00:00.000Z',
    },
  ],
  fail: [
    {
      when: 'the end is 180 days off',
      given: image(U2204),
      now: '2027-01-01T00:00:00.000Z',
      says: soon('Ubuntu 22.04', '2027-06-30'),
      dueOn: '2027-06-30T00:00:00.000Z',
      remediation: `az aks nodepool update ${names} --name pool1 --os-sku "<Ubuntu2404 or AzureLinux3>"`,
    },
    {
      when: 'the end of Ubuntu 20.04 is near, with validated cryptography too',
      given: image('AKSUbuntu-2004gen2fipscontainerd-202401.09.2', { osSKU: 'Ubuntu' }),
      says: soon('Ubuntu 20.04', '2027-03-17'),
      dueOn: '2027-03-17T00:00:00.000Z',
    },
    {
      when: 'the image is of Azure Linux 2, though the OS SKU says AzureLinux only (APRL f46b0d1d asks for it)',
      given: image('AKSAzureLinux-V2gen2-202407.22.0', { osSKU: 'AzureLinux' }),
      says: gone('Azure Linux 2.0 (CBL-Mariner)', '2025-11-30'),
    },
    {
      when: 'the image is of CBL-Mariner',
      given: image('AKSCBLMariner-V2katagen2TL-2022.12.15'),
      says: gone('Azure Linux 2.0 (CBL-Mariner)', '2025-11-30'),
    },
    {
      when: 'the image is of Ubuntu 18.04',
      given: image('AKSUbuntu-1804-2021.01.06'),
      says: gone('Ubuntu 18.04', '2025-06-17'),
    },
    {
      when: 'the image is of Ubuntu 16.04, in the form that holds no date',
      given: image('AKSUbuntu:1604:2020.03.11'),
      says: gone('Ubuntu 16.04', '2021-04-30'),
    },
    {
      when: 'the image is of Flatcar',
      given: image('AKSFlatcar-flatcargen2-202508.06.0'),
      says: gone('Flatcar (preview)', '2026-06-08'),
    },
    {
      when: 'the image is of Windows Server 2019, of which only a new pool rids',
      given: image('AKSWindows-2019-17763.1554.201021', { osType: 'Windows', mode: 'User' }),
      says: gone('Windows Server 2019', '2026-03-01'),
      remediation: `az aks nodepool add ${names} --name "<new pool>" --mode "<System or User>" --os-type Windows --os-sku Windows2025 # then move the workloads, and: az aks nodepool delete ${names} --name pool1`,
    },
    {
      when: 'the image is of the Windows annual channel, with a year before or without',
      given: image('AKSWindows-2022-23H2-25398.1369.250117', { osType: 'Windows' }),
      says: gone('The Windows annual channel', '2026-05-15'),
    },
    {
      when: 'the image is of the Windows annual channel, without a year',
      given: image('AKSWindows-23H2-gen2-25398.1369.250117'),
      says: gone('The Windows annual channel', '2026-05-15'),
    },
    {
      when: 'only the OS SKU is known: Windows2019',
      given: sku('Windows2019'),
      says: gone('Windows Server 2019', '2026-03-01'),
    },
    {
      when: 'only the OS SKU is known: CBLMariner',
      given: sku('CBLMariner'),
      says: gone('Azure Linux 2.0 (CBL-Mariner)', '2025-11-30'),
    },
    {
      when: 'only the OS SKU is known: one that the SDK does not name, in any letter case',
      given: sku('FLATCAR'),
      says: gone('Flatcar (preview)', '2026-06-08'),
    },
    {
      when: 'only the OS SKU is known: WindowsAnnual',
      given: sku('WindowsAnnual'),
      says: gone('The Windows annual channel', '2026-05-15'),
    },
  ],
  unknown: [
    {
      when: 'the OS SKU is a word that every object knows',
      given: { pool: { osSKU: 'constructor' } },
      says: 'properties.agentPoolProfiles[].osSKU is constructor: not known.',
      reason: 'invalid',
    },
    { when: 'never set', given: {}, reason: 'notVisible', says: missing },
    {
      when: 'only the OS SKU is known: Ubuntu, which stands for another version with every Kubernetes version',
      given: sku('Ubuntu'),
      reason: 'notVisible',
      says: missing,
    },
    { when: 'only the OS SKU is known: AzureLinux', given: sku('AzureLinux'), reason: 'notVisible', says: missing },
    {
      when: 'the OS SKU is not known, and there is no image name',
      given: sku('Solaris'),
      reason: 'invalid',
      says: 'properties.agentPoolProfiles[].osSKU is Solaris: not known.',
    },
    {
      when: 'the image is not known, whatever the OS SKU',
      given: image('AKSUbuntu-2604gen2containerd-202611.02.0', { osSKU: 'Ubuntu2404' }),
      reason: 'invalid',
      says: 'properties.agentPoolProfiles[].nodeImageVersion is AKSUbuntu-2604gen2containerd-202611.02.0: not known.',
    },
  ],
});
