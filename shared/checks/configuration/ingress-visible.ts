import { clusterCheck, pass, unknown } from '../../model/check';
import { list } from '../../model/params';
import { gatewayIdOf, strangeWord, waysIn } from '../ingress';
import { canonical } from '../lists';
import { unknownWord } from '../unknowns';

export const ingressVisible = clusterCheck({
  id: 'ingress-visible',
  title: 'It is known how traffic comes in',
  category: 'ingress',
  severity: 'info',
  checklistItem: 'S9',
  rationale:
    'Only a way in that is known can be asked for its web application firewall. Controllers that were installed by Helm, Front Door and appliances do not show on the cluster; the baseline file can name their gateways.',
  remediation:
    'az network application-gateway list --subscription {subscriptionId} --output table # name the one in front of the cluster in the baseline file',
  references: ['https://learn.microsoft.com/azure/aks/concepts-network-ingress'],
  params: {
    gatewayIds: list([], 'Application gateways in front of the cluster that its object does not name', {
      items: 'applicationGateway',
      stricter: 'shorter',
    }),
  },

  evaluate({ cluster }, { params: { gatewayIds } }) {
    const seen = waysIn(cluster);
    const observed = { waysIn: seen, gatewayId: gatewayIdOf(cluster), declared: gatewayIds };
    const all = [...seen, ...gatewayIds.map((id) => `${id}, which the baseline declares`)];
    if (all.length > 0) {
      const watched = canonical(seen);
      return pass(`Traffic comes in through: ${all.join('; ')}.`, { observed, watched });
    }
    const message = 'properties.ingressProfile, addonProfiles and serviceMeshProfile show no way in.';
    const strange = strangeWord(cluster);
    return strange === undefined ? unknown('notVisible', message, { observed }) : unknownWord(...strange, { observed });
  },
});
