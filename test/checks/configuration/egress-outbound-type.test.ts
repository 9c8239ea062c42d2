import { egressOutboundType } from '../../../shared/checks/configuration/egress-outbound-type';
import type { Cluster } from '../../../shared/model/cluster';
import { describeCheck } from '../../support/describe-check';
import type { Given } from '../../support/evidence';

const outbound = (outboundType: string, more: Partial<Cluster> = {}): Given => ({
  cluster: { networkProfile: { outboundType }, ...more },
});
const closed = (type: string): string => `The outbound type is ${type}: the cluster has no way out of its own.`;
const open = (type: string): string => `The outbound type is ${type}: pods may reach every address of the internet.`;
const UNSET = 'No outbound type is set, which means loadBalancer: pods may reach every address of the internet.';
const NAMES = '--subscription 11111111-1111-1111-1111-111111111111 --resource-group rg1';

describeCheck(egressOutboundType, {
  pass: [
    {
      when: 'a route of your own',
      given: outbound('userDefinedRouting'),
      says: closed('userDefinedRouting'),
      watched: 'userdefinedrouting',
    },
    {
      when: 'none, which is stricter (azqr aks-012 and review-checklists 06.07.01 fail it)',
      given: outbound('none'),
      says: closed('none'),
      watched: 'none',
    },
    {
      when: 'block, which is stricter (azqr aks-012 and review-checklists 06.07.01 fail it)',
      given: outbound('block'),
      says: closed('block'),
      watched: 'block',
    },
    {
      when: 'a preview type in other letters (azqr aks-012 compares with case)',
      given: outbound('BLOCK'),
      says: closed('BLOCK'),
      watched: 'block',
    },
    {
      when: 'a route of your own, and the profile is strict',
      given: outbound('userDefinedRouting', { name: 'strict' }),
      profile: 'strict',
      says: closed('userDefinedRouting'),
    },
  ],
  fail: [
    { when: 'never set', given: {}, says: UNSET, severity: 'low', watched: 'loadbalancer' },
    {
      when: 'never set, and the profile is strict',
      given: { cluster: { name: 'strict' } },
      profile: 'strict',
      says: UNSET,
      severity: 'medium',
      watched: 'loadbalancer',
    },
    {
      when: 'the load balancer',
      given: outbound('loadBalancer'),
      says: open('loadBalancer'),
      severity: 'low',
      watched: 'loadbalancer',
      remediation: `az aks update ${NAMES} --name c1 --outbound-type userDefinedRouting # first give the subnet a route table whose 0.0.0.0/0 leads to the firewall`,
    },
    {
      when: 'a managed NAT gateway',
      given: outbound('managedNATGateway'),
      says: open('managedNATGateway'),
      severity: 'low',
      watched: 'managednatgateway',
    },
    {
      when: 'a NAT gateway of your own',
      given: outbound('userAssignedNATGateway'),
      says: open('userAssignedNATGateway'),
      severity: 'low',
      watched: 'userassignednatgateway',
    },
    {
      when: 'a NAT gateway on AKS Automatic, which provisions its nodes and keeps its outbound type',
      given: outbound('managedNATGateway', { sku: { name: 'Automatic' }, nodeProvisioningProfile: { mode: 'Auto' } }),
      says: open('managedNATGateway'),
      severity: 'low',
      remediation: `az aks create ${NAMES} --name "<new cluster>" --vnet-subnet-id "<subnet with the route>" --outbound-type userDefinedRouting # c1 cannot be changed: move its workloads, then delete it`,
    },
    {
      when: 'the cluster is stopped, because that is configuration',
      given: outbound('loadBalancer', { powerState: { code: 'Stopped' } }),
      says: open('loadBalancer'),
      severity: 'low',
    },
    {
      when: 'the type is not known: it is none of those that are closed',
      given: outbound('managedNATGatewayV2'),
      says: open('managedNATGatewayV2'),
      severity: 'low',
      watched: 'managednatgatewayv2',
    },
  ],
});
