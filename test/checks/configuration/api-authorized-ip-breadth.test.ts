import { apiAuthorizedIpBreadth } from '../../../shared/checks/configuration/api-authorized-ip-breadth';
import { describeCheck } from '../../support/describe-check';
import type { Given } from '../../support/evidence';

const command = (ranges: string): string =>
  `az aks update --subscription 11111111-1111-1111-1111-111111111111 --resource-group rg1 --name c1 --api-server-authorized-ip-ranges ${ranges}`;
const ranges = (...authorizedIPRanges: string[]): Given => ({
  cluster: { apiServerAccessProfile: { authorizedIPRanges } },
});
const hosts = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `198.51.${100 + Math.floor(index / 256)}.${index % 256}`);
const FEW = '198.51.100.0, 198.51.100.1, 198.51.100.2, 198.51.100.3, 198.51.100.4';

describeCheck(apiAuthorizedIpBreadth, {
  pass: [
    {
      when: 'only the own address may come in, whatever is forbidden',
      given: { cluster: { apiServerAccessProfile: { authorizedIPRanges: ['0.0.0.0/32'] } } },
      params: { forbidden: ['0.0.0.0/0'] },
      says: 'The authorized IP ranges are narrow: 0.0.0.0/32.',
    },
    {
      when: 'as wide as allowed',
      given: ranges('198.51.0.0/16', '2001:db8::/32'),
      says: 'The authorized IP ranges are narrow: 198.51.0.0/16, 2001:db8::/32.',
      watched: [],
    },
    {
      when: 'only the own address of the cluster may come in',
      given: ranges('0.0.0.0/32'),
      says: 'The authorized IP ranges are narrow: 0.0.0.0/32.',
    },
    {
      when: 'a list repeats 0.0.0.0/32',
      given: ranges('0.0.0.0/32', ' 0.0.0.0/32'),
      says: 'The authorized IP ranges are narrow: 0.0.0.0/32.',
    },
    {
      when: 'spaces, host bits and addresses without a prefix',
      given: ranges(' 198.51.100.7/24 ', '203.0.113.9', '2001:db8::1'),
      says: 'The authorized IP ranges are narrow: 198.51.100.7/24, 203.0.113.9, 2001:db8::1.',
    },
    {
      when: 'the baseline allows wider ranges',
      given: ranges('198.0.0.0/8', '2001::/16'),
      params: { minPrefixV4: 8, minPrefixV6: 16 },
      says: 'The authorized IP ranges are narrow: 198.0.0.0/8, 2001::/16.',
    },
    {
      when: 'the baseline allows service tags',
      given: ranges('AzureFrontDoor.Backend', '198.51.100.0/24'),
      params: { allowServiceTags: true, required: ['azurefrontdoor.backend'] },
      says: 'The authorized IP ranges are narrow: AzureFrontDoor.Backend, 198.51.100.0/24.',
      // Allowed, and still news when it changes.
      watched: ['azurefrontdoor.backend'],
    },
    {
      when: 'what is required lies in a wider entry',
      given: ranges('198.51.100.0/24', '2001:db8::/48'),
      params: { required: ['198.51.100.7', '2001:DB8::/56'] },
      says: 'The authorized IP ranges are narrow: 198.51.100.0/24, 2001:db8::/48.',
    },
    {
      when: 'nothing forbidden is listed',
      given: ranges('198.51.100.0/24'),
      params: { forbidden: ['203.0.113.0/24', '::/0', 'AzureCloud'] },
      says: 'The authorized IP ranges are narrow: 198.51.100.0/24.',
    },
    {
      when: 'as long as AKS allows',
      given: ranges(...hosts(200)),
      says: `The authorized IP ranges are narrow: ${FEW}, and 195 more.`,
    },
    {
      when: 'longer than that with VNet integration',
      given: { cluster: { apiServerAccessProfile: { authorizedIPRanges: hosts(2000), enableVnetIntegration: true } } },
      says: `The authorized IP ranges are narrow: ${FEW}, and 1995 more.`,
    },
  ],
  fail: [
    {
      when: 'every address is listed (every peer accepts 0.0.0.0/0; cloudsploit aksNetworkExposure.js:53 knows it and misses the list)',
      given: ranges('0.0.0.0/0'),
      says: 'The authorized IP ranges fall short: 0.0.0.0/0 is wider than /16.',
      watched: ['0.0.0.0/0'],
      remediation: command('"<your ranges>"'),
    },
    {
      when: 'every IPv6 address is listed beside good ranges, which the command keeps',
      given: ranges('203.0.113.0/24', '::/0', '198.51.100.0/24'),
      says: 'The authorized IP ranges fall short: ::/0 is wider than /32.',
      watched: ['::/0'],
      remediation: command('203.0.113.0/24,198.51.100.0/24'),
    },
    {
      when: 'two halves cover everything',
      given: ranges('128.0.0.0/1', '0.0.0.0/1'),
      says: 'The authorized IP ranges fall short: 128.0.0.0/1 is wider than /16; 0.0.0.0/1 is wider than /16.',
      watched: ['0.0.0.0/1', '128.0.0.0/1'],
    },
    {
      when: 'one bit wider than allowed',
      given: ranges('198.50.0.0/15', '2001:db8::/31'),
      says: 'The authorized IP ranges fall short: 198.50.0.0/15 is wider than /16; 2001:db8::/31 is wider than /32.',
    },
    {
      when: '0.0.0.0/32 stands beside others (terraform-azurerm-aks #378)',
      given: ranges('0.0.0.0/32', '198.51.100.0/24'),
      says: 'The authorized IP ranges fall short: 0.0.0.0/32 cannot be combined with other ranges.',
      watched: ['0.0.0.0/32'],
      remediation: command('198.51.100.0/24'),
    },
    {
      when: '0.0.0.0 has no prefix',
      given: ranges('0.0.0.0'),
      says: 'The authorized IP ranges fall short: 0.0.0.0 has no prefix.',
    },
    {
      when: 'a service tag is listed',
      given: ranges('198.51.100.0/24', 'AzureCloud'),
      says: 'The authorized IP ranges fall short: AzureCloud is a service tag.',
      watched: ['azurecloud'],
      remediation: command('198.51.100.0/24'),
    },
    {
      when: 'a tag that means everything is listed, service tags allowed or not',
      given: ranges('Internet'),
      params: { allowServiceTags: true },
      says: 'The authorized IP ranges fall short: Internet is every public address.',
    },
    {
      when: 'entries cannot be read',
      given: ranges('*', '', '198.51.100.0/33', '10.1', '0x0a.0.0.1', 'fe80::1%eth0'),
      says: 'The authorized IP ranges fall short: "*" cannot be read; "" cannot be read; "198.51.100.0/33" cannot be read; "10.1" cannot be read; "0x0a.0.0.1" cannot be read; and 1 more.',
      watched: ['', '*', '0x0a.0.0.1', '10.1', '198.51.100.0/33', 'fe80::1%eth0'],
    },
    {
      when: 'a required range is not listed',
      given: ranges('198.51.100.0/25', '2001:db8::/48'),
      params: { required: ['198.51.100.0/24', '2001:db8::/48'] },
      says: 'The authorized IP ranges fall short: 198.51.100.0/24 is required and not listed.',
      watched: [],
      remediation: command('198.51.100.0/25,2001:db8::/48,198.51.100.0/24'),
    },
    {
      when: 'a required range is listed only through one that has to go',
      given: ranges('0.0.0.0/0'),
      params: { required: ['198.51.100.0/24'] },
      says: 'The authorized IP ranges fall short: 0.0.0.0/0 is wider than /16; 198.51.100.0/24 is required and not listed.',
      watched: ['0.0.0.0/0'],
      remediation: command('198.51.100.0/24'),
    },
    {
      when: 'a required range cannot stand beside 0.0.0.0/32',
      given: ranges('0.0.0.0/32'),
      params: { required: ['198.51.100.0/24'] },
      says: 'The authorized IP ranges fall short: 198.51.100.0/24 is required and not listed.',
      watched: [],
      remediation: command('198.51.100.0/24'),
    },
    {
      when: 'entries lie in, or around, what is forbidden',
      given: ranges('203.0.113.7', '198.51.0.0/16'),
      params: { forbidden: ['203.0.113.0/24', '198.51.100.1'] },
      says: 'The authorized IP ranges fall short: 203.0.113.7 lies in 203.0.113.0/24, which is forbidden; 198.51.0.0/16 lets in 198.51.100.1, which is forbidden.',
      // Not what the parameters forbid: a change of them must not look like a change of the cluster.
      watched: [],
    },
    {
      when: 'one entry longer than AKS allows',
      given: ranges(...hosts(201)),
      says: 'The authorized IP ranges fall short: the list has 201 entries, more than 200.',
      watched: [],
      remediation: command('"<at most 200 ranges>"'),
    },
    {
      when: 'longer than AKS allows with VNet integration',
      given: { cluster: { apiServerAccessProfile: { authorizedIPRanges: hosts(2001), enableVnetIntegration: true } } },
      says: 'The authorized IP ranges fall short: the list has 2001 entries, more than 2000.',
    },
    {
      when: 'the baseline wants a shorter list',
      given: ranges('198.51.100.0/24', '203.0.113.0/24'),
      params: { maxEntries: 1 },
      says: 'The authorized IP ranges fall short: the list has 2 entries, more than 1.',
    },
  ],
  notApplicable: [
    { when: 'never set', given: {}, says: 'The API server has no authorized IP ranges.', watched: [] },
    { when: 'the list is empty', given: ranges(), says: 'The API server has no authorized IP ranges.' },
    {
      when: 'private',
      given: { cluster: { apiServerAccessProfile: { enablePrivateCluster: true } } },
      says: 'The API server is private.',
      watched: [],
    },
  ],
});
