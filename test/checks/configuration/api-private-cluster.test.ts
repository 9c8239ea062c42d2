import { apiPrivateCluster } from '../../../shared/checks/configuration/api-private-cluster';
import { describeCheck } from '../../support/describe-check';

const UPDATE = 'az aks update --subscription 11111111-1111-1111-1111-111111111111 --resource-group rg1 --name c1';
const ranges = { authorizedIPRanges: ['198.51.100.0/24'] };

describeCheck(apiPrivateCluster, {
  pass: [
    {
      when: 'private',
      given: { cluster: { apiServerAccessProfile: { enablePrivateCluster: true } } },
      says: 'The API server is private.',
      watched: 'private',
    },
    {
      when: 'private and the profile is strict',
      given: { cluster: { apiServerAccessProfile: { enablePrivateCluster: true } } },
      profile: 'strict',
      says: 'The API server is private.',
    },
    {
      when: 'private without a private FQDN, as with privateDNSZone none (Prowler goes by private_fqdn)',
      given: { cluster: { apiServerAccessProfile: { enablePrivateCluster: true, privateDNSZone: 'none' } } },
      says: 'The API server is private.',
    },
    {
      when: 'public with authorized ranges',
      given: { cluster: { apiServerAccessProfile: { enablePrivateCluster: false, ...ranges } } },
      says: 'The API server is public, with authorized IP ranges.',
      watched: 'public',
    },
  ],
  fail: [
    {
      when: 'never set (azqr before ad47aeea, review-checklists 06.07.03)',
      given: {},
      says: 'The API server is public, and every address may reach it.',
      watched: 'public',
      remediation: `${UPDATE} --enable-apiserver-vnet-integration --apiserver-subnet-id "<subnet id>" && ${UPDATE} --enable-private-cluster # cannot be undone, restarts the API server under another address and renews every node: plan it`,
    },
    {
      when: 'never set and the profile is strict',
      given: {},
      profile: 'strict',
      says: 'The API server is public; the profile "strict" wants it private.',
      watched: 'public',
    },
    {
      when: 'public, the list of ranges is empty, and the API server is in the virtual network',
      given: { cluster: { apiServerAccessProfile: { authorizedIPRanges: [], enableVnetIntegration: true } } },
      says: 'The API server is public, and every address may reach it.',
      remediation: `${UPDATE} --enable-private-cluster`,
    },
    {
      when: 'public with authorized ranges and the profile is strict',
      given: { cluster: { apiServerAccessProfile: ranges } },
      profile: 'strict',
      says: 'The API server is public; the profile "strict" wants it private.',
    },
  ],
});
