import { apiPrivatePublicFqdn } from '../../../shared/checks/configuration/api-private-public-fqdn';
import type { Cluster } from '../../../shared/model/cluster';
import { describeCheck } from '../../support/describe-check';
import type { Given } from '../../support/evidence';

type Access = NonNullable<Cluster['apiServerAccessProfile']>;

const access = (apiServerAccessProfile: Access, rest: Partial<Cluster> = {}): Given => ({
  cluster: { ...rest, apiServerAccessProfile },
});
const ON = 'The public name of the private API server is on.';
const OFF = 'The public name of the private API server is off.';
const PUBLIC = 'The API server is public, and so is its name.';

describeCheck(apiPrivatePublicFqdn, {
  pass: [
    { when: 'private, and never set', given: access({ enablePrivateCluster: true }), says: OFF },
    {
      when: 'private, and off',
      given: access({ enablePrivateCluster: true, enablePrivateClusterPublicFqdn: false }),
      says: OFF,
    },
  ],
  fail: [
    {
      when: 'private, and on',
      given: access({ enablePrivateCluster: true, enablePrivateClusterPublicFqdn: true, privateDNSZone: 'system' }),
      says: ON,
      remediation:
        'az aks update --subscription 11111111-1111-1111-1111-111111111111 --resource-group rg1 --name c1 --disable-public-fqdn',
    },
    {
      when: 'private without a zone, where it is the only name and only another cluster helps',
      given: access({ enablePrivateCluster: true, enablePrivateClusterPublicFqdn: true, privateDNSZone: 'None' }),
      says: ON,
      remediation:
        'az aks create --subscription 11111111-1111-1111-1111-111111111111 --resource-group rg1 --name "<new cluster>" --enable-private-cluster --private-dns-zone system --disable-public-fqdn # c1 cannot be changed: move its workloads, then delete it',
    },
    {
      when: 'private, on, and the cluster is stopped: configuration is judged all the same',
      given: access(
        { enablePrivateCluster: true, enablePrivateClusterPublicFqdn: true },
        { powerState: { code: 'Stopped' } },
      ),
      says: ON,
    },
    {
      when: 'private and on with AKS Automatic, which does not preset it',
      given: access(
        { enablePrivateCluster: true, enablePrivateClusterPublicFqdn: true },
        { sku: { name: 'Automatic' } },
      ),
      says: ON,
    },
  ],
  notApplicable: [
    { when: 'never private', given: {}, says: PUBLIC },
    {
      when: 'explicitly public, with the name left over',
      given: access({ enablePrivateCluster: false, enablePrivateClusterPublicFqdn: true }),
      says: PUBLIC,
    },
    {
      when: 'public with a private name, which is no sign of a private cluster (Prowler)',
      given: { cluster: { privateFqdn: 'c1.privatelink.westeurope.azmk8s.io' } },
      says: PUBLIC,
    },
  ],
});
