import { clusterCheck, pass } from '../../model/check';
import { CALENDAR, judgeRetirement } from '../calendar';
import { clusterCommand, update } from '../commands';
import { shown } from '../facts';
import { unknownWord } from '../unknowns';

export const appRoutingNginxRetiring = clusterCheck({
  id: 'app-routing-nginx-retiring',
  title: 'Application routing does not run on its managed nginx',
  category: 'ingress',
  severity: 'low',
  checklistItem: 'S9',
  rationale:
    'The project ingress-nginx has ended, and Azure fixes its managed copy for a limited time only. What faces the internet must not be without fixes.',
  remediation: `${update('--enable-app-routing-istio')} # move the routes to the Gateway API, then: ${clusterCommand('approuting update', '--nginx None')}`,
  references: [CALENDAR.managedNginx.source, 'https://learn.microsoft.com/azure/aks/app-routing-gateway-api'],

  evaluate({ cluster }, { now }) {
    const { enabled, nginx } = cluster.ingressProfile?.webAppRouting ?? {};
    const type = nginx?.defaultIngressControllerType;
    const observed = shown({ enabled, defaultIngressControllerType: type });
    if (enabled !== true) {
      return pass('Application routing with its managed nginx is off.', { observed });
    }
    switch (type) {
      case 'None':
        return pass('Application routing is on, without its managed nginx.', { observed });
      case 'AnnotationControlled':
      case 'External':
      case 'Internal':
      case undefined:
        return judgeRetirement(CALENDAR.managedNginx, now, observed);
      default:
        return unknownWord('properties.ingressProfile.webAppRouting.nginx.defaultIngressControllerType', type, {
          observed,
        });
    }
  },
});
