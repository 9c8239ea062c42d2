import { clusterCheck, pass } from '../../model/check';
import { CALENDAR, judgeRetirement } from '../calendar';
import { update } from '../commands';
import { shown } from '../facts';
import { CLOSED_OUTBOUND_TYPES } from '../network';
import { unknownWord } from '../unknowns';

const WITHOUT_BALANCER = [
  ...CLOSED_OUTBOUND_TYPES,
  'managednatgateway',
  'managednatgatewayv2',
  'userassignednatgateway',
];

export const loadBalancerStandard = clusterCheck({
  id: 'load-balancer-standard',
  title: 'The load balancer is of the Standard SKU',
  category: 'network',
  severity: 'medium',
  checklistItem: null,
  rationale:
    'The Basic load balancer is retired: it has no service level, is open by default, and knows neither zones nor authorized IP ranges.',
  remediation: update('--load-balancer-sku standard'),
  references: [CALENDAR.basicLoadBalancer.source],

  evaluate({ cluster }, { now }) {
    const { loadBalancerSku, outboundType } = cluster.networkProfile ?? {};
    const observed = shown({ loadBalancerSku, outboundType });
    if (loadBalancerSku === 'standard') {
      return pass('The load balancer is Standard.', { observed });
    }
    if (loadBalancerSku === 'basic') {
      return judgeRetirement(CALENDAR.basicLoadBalancer, now, observed);
    }
    return loadBalancerSku === undefined && WITHOUT_BALANCER.includes(outboundType?.toLowerCase() ?? '')
      ? pass(`The outbound type is ${outboundType}, which needs no load balancer.`, { observed })
      : unknownWord('properties.networkProfile.loadBalancerSku', loadBalancerSku, { observed });
  },
});
