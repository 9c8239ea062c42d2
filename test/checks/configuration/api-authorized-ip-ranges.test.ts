import { apiAuthorizedIpRanges } from '../../../shared/checks/configuration/api-authorized-ip-ranges';
import { describeCheck } from '../../support/describe-check';

const OPEN = 'The API server is public and has no authorized IP ranges: every address may reach it.';
const PRIVATE = 'The API server is private, and a private API server takes no authorized IP ranges.';

describeCheck(apiAuthorizedIpRanges, {
  pass: [
    {
      when: 'ranges are set, in whatever order and case (powerpipe kubernetes.pp:355 and cloudsploit aksNetworkExposure.js:53 never find them)',
      given: {
        cluster: {
          apiServerAccessProfile: { authorizedIPRanges: ['2001:DB8::/48', ' 198.51.100.0/24', '2001:db8::/48'] },
        },
      },
      says: 'The API server has authorized IP ranges: 2001:db8::/48, 198.51.100.0/24.',
      watched: ['198.51.100.0/24', '2001:db8::/48'],
    },
    {
      when: 'the list is worthless, which is the question of api-authorized-ip-breadth',
      given: { cluster: { apiServerAccessProfile: { authorizedIPRanges: ['0.0.0.0/0'] } } },
      says: 'The API server has authorized IP ranges: 0.0.0.0/0.',
      watched: ['0.0.0.0/0'],
    },
    {
      when: 'only the own address of the cluster may come in (kubescape calls it a fix; it locks people out)',
      given: { cluster: { apiServerAccessProfile: { authorizedIPRanges: ['0.0.0.0/32'] } } },
      says: 'The API server has authorized IP ranges: 0.0.0.0/32.',
      watched: ['0.0.0.0/32'],
    },
    {
      when: 'entries are no CIDR, which is the question of api-authorized-ip-breadth',
      given: { cluster: { apiServerAccessProfile: { authorizedIPRanges: ['AzureCloud', '198.51.100.0/33', '*'] } } },
      says: 'The API server has authorized IP ranges: AzureCloud, 198.51.100.0/33, *.',
      watched: ['*', '198.51.100.0/33', 'azurecloud'],
    },
    {
      when: 'outbound addresses are named by resource id only: no range can be told to be one of them',
      given: {
        cluster: {
          apiServerAccessProfile: { authorizedIPRanges: ['203.0.113.9/32', '198.51.100.0/24'] },
          networkProfile: {
            loadBalancerProfile: { effectiveOutboundIPs: [{ id: '/subscriptions/s/publicIPAddresses/ip1' }] },
            natGatewayProfile: { effectiveOutboundIPs: [{ id: '/subscriptions/s/publicIPAddresses/ip2' }] },
          },
        },
      },
      says: 'The API server has authorized IP ranges: 203.0.113.9/32, 198.51.100.0/24.',
      watched: ['198.51.100.0/24', '203.0.113.9/32'],
    },
    {
      when: 'the list is long',
      given: {
        cluster: {
          apiServerAccessProfile: {
            authorizedIPRanges: [
              '198.51.100.1',
              '198.51.100.2',
              '198.51.100.3',
              '198.51.100.4',
              '198.51.100.5',
              '198.51.100.6',
            ],
          },
        },
      },
      says: 'The API server has authorized IP ranges: 198.51.100.1, 198.51.100.2, 198.51.100.3, 198.51.100.4, 198.51.100.5, and 1 more.',
    },
  ],
  fail: [
    { when: 'never set', given: {}, says: OPEN, watched: [] },
    {
      when: 'the list is empty',
      given: { cluster: { apiServerAccessProfile: { authorizedIPRanges: [] } } },
      says: OPEN,
      watched: [],
    },
    {
      when: 'explicitly public',
      given: { cluster: { apiServerAccessProfile: { enablePrivateCluster: false } } },
      says: OPEN,
    },
    {
      when: 'AKS Automatic, which is public by default',
      given: { cluster: { sku: { name: 'Automatic' } } },
      says: OPEN,
    },
    {
      when: 'the cluster is stopped: configuration is judged all the same',
      given: { cluster: { powerState: { code: 'Stopped' } } },
      says: OPEN,
    },
  ],
  notApplicable: [
    {
      when: 'private (PSRule #2677, review-checklists #1021, checkov PR #2376, tfsec #571, kube-bench 5.4.1)',
      given: { cluster: { apiServerAccessProfile: { enablePrivateCluster: true } } },
      says: PRIVATE,
      watched: [],
    },
    {
      when: 'private without a private FQDN, as with privateDNSZone none',
      given: { cluster: { apiServerAccessProfile: { enablePrivateCluster: true, privateDNSZone: 'none' } } },
      says: PRIVATE,
    },
  ],
});
