import { loadBalancerStandard } from '../../../shared/checks/configuration/load-balancer-standard';
import type { Cluster } from '../../../shared/model/cluster';
import { describeCheck } from '../../support/describe-check';
import type { Given } from '../../support/evidence';

const network = (networkProfile: Cluster['networkProfile'] & object, more: Partial<Cluster> = {}): Given => ({
  cluster: { networkProfile, ...more },
});
const unneeded = (type: string): string => `The outbound type is ${type}, which needs no load balancer.`;
const MISSING = 'properties.networkProfile.loadBalancerSku is missing.';

describeCheck(loadBalancerStandard, {
  pass: [
    {
      when: 'Standard',
      given: network({ loadBalancerSku: 'standard', outboundType: 'loadBalancer' }),
      says: 'The load balancer is Standard.',
      watched: null,
    },
    {
      when: 'Standard on AKS Automatic',
      given: network({ loadBalancerSku: 'standard' }, { sku: { name: 'Automatic' } }),
      says: 'The load balancer is Standard.',
    },
    {
      when: 'never set, and traffic leaves by a route',
      given: network({ outboundType: 'userDefinedRouting' }),
      says: unneeded('userDefinedRouting'),
    },
    {
      when: 'never set, and traffic leaves by a managed NAT gateway',
      given: network({ outboundType: 'managedNATGateway' }),
      says: unneeded('managedNATGateway'),
    },
    {
      when: 'never set, and traffic leaves by a NAT gateway of your own',
      given: network({ outboundType: 'userAssignedNATGateway' }),
      says: unneeded('userAssignedNATGateway'),
    },
    { when: 'never set, and no traffic leaves', given: network({ outboundType: 'none' }), says: unneeded('none') },
    {
      when: 'never set, and all traffic out is blocked',
      given: network({ outboundType: 'Block' }),
      says: unneeded('Block'),
    },
    {
      when: 'Basic, long before its end',
      given: network({ loadBalancerSku: 'basic' }),
      now: '2025-04-02T23:59:59.999Z',
      says: 'The Basic load balancer will be retired on 2025-09-30, which is still far.',
      dueOn: '2025-04-03T00:00:00.000Z',
    },
  ],
  fail: [
    {
      when: 'Basic',
      given: network({ loadBalancerSku: 'basic' }),
      says: 'The Basic load balancer was retired on 2025-09-30.',
      watched: null,
    },
    {
      when: 'Basic, although traffic leaves by a route, on a stopped cluster',
      given: network(
        { loadBalancerSku: 'basic', outboundType: 'userDefinedRouting' },
        { powerState: { code: 'Stopped' } },
      ),
      says: 'The Basic load balancer was retired on 2025-09-30.',
    },
  ],
  unknown: [
    { when: 'never set', given: {}, says: MISSING, reason: 'notVisible' },
    {
      when: 'never set, and traffic leaves by a load balancer',
      given: network({ outboundType: 'loadBalancer' }),
      says: MISSING,
      reason: 'notVisible',
    },
    {
      when: 'never set, and the outbound type is not known',
      given: network({ outboundType: 'carrierPigeon' }),
      says: MISSING,
      reason: 'notVisible',
    },
    {
      when: 'the SKU is not known, whatever the outbound type',
      given: network({ loadBalancerSku: 'gateway', outboundType: 'none' }),
      says: 'properties.networkProfile.loadBalancerSku is gateway: not known.',
      reason: 'invalid',
    },
  ],
});
