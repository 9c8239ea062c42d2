import { clusterCheck } from '../../model/check';
import { clusterCommand } from '../commands';
import { shown } from '../facts';
import { mustBeOff } from '../switches';

export const httpApplicationRoutingOff = clusterCheck({
  id: 'http-application-routing-off',
  title: 'The retired add-on HTTP application routing is off',
  category: 'ingress',
  severity: 'medium',
  checklistItem: 'S9',
  rationale:
    'The add-on was made for trials: it publishes services on the internet under a public name, without a firewall in front of them, and is retired. Its ingress controller gets no fixes any more.',
  remediation: clusterCommand('disable-addons', '--addons http_application_routing'),
  references: ['https://learn.microsoft.com/azure/aks/app-routing-migration'],

  evaluate({ cluster }) {
    const enabled = cluster.addonProfiles?.httpapplicationrouting?.enabled;
    return mustBeOff('HTTP application routing', enabled, shown({ enabled }));
  },
});
