import { ingressVisible } from '../../../shared/checks/configuration/ingress-visible';
import type { Cluster } from '../../../shared/model/cluster';
import { describeCheck } from '../../support/describe-check';
import type { Given } from '../../support/evidence';

const GATEWAY =
  '/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg2/providers/Microsoft.Network/applicationGateways/Edge';
const HIDDEN = 'properties.ingressProfile, addonProfiles and serviceMeshProfile show no way in.';

const agic = (config?: Record<string, string>): Given => ({
  cluster: { addonProfiles: { ingressapplicationgateway: { enabled: true, ...(config && { config }) } } },
});
const ingress = (ingressProfile: Cluster['ingressProfile'] & object): Given => ({ cluster: { ingressProfile } });
const mesh = (mode: string, ...enabled: boolean[]): Given => ({
  cluster: {
    serviceMeshProfile: {
      mode,
      istio: { components: { ingressGateways: enabled.map((one) => ({ mode: 'External', enabled: one })) } },
    },
  },
});

describeCheck(ingressVisible, {
  pass: [
    {
      when: 'the add-on drives an application gateway',
      given: agic({ effectiveapplicationgatewayid: GATEWAY }),
      says: `Traffic comes in through: application gateway ${GATEWAY}.`,
      watched: [`application gateway ${GATEWAY.toLowerCase()}`],
    },
    {
      when: 'the add-on does not tell its gateway yet',
      given: agic({ subnetcidr: '10.2.0.0/16' }),
      says: 'Traffic comes in through: application gateway.',
      watched: ['application gateway'],
    },
    { when: 'the add-on has no settings', given: agic(), says: 'Traffic comes in through: application gateway.' },
    {
      when: 'application routing is on',
      given: ingress({ webAppRouting: { enabled: true } }),
      says: 'Traffic comes in through: application routing.',
      watched: ['application routing'],
    },
    {
      when: 'the Istio variant of application routing is on',
      given: ingress({ webAppRouting: { gatewayAPIImplementations: { appRoutingIstio: { mode: 'Enabled' } } } }),
      says: 'Traffic comes in through: application routing with Istio.',
    },
    {
      when: 'the Gateway API is installed',
      given: ingress({ gatewayAPI: { installation: 'Standard' } }),
      says: 'Traffic comes in through: Gateway API.',
    },
    {
      when: 'one of the ingress gateways of Istio is on',
      given: mesh('Istio', false, true),
      says: 'Traffic comes in through: Istio ingress gateways.',
    },
    {
      when: 'the old HTTP application routing is on',
      given: { cluster: { addonProfiles: { httpapplicationrouting: { enabled: true } } } },
      says: 'Traffic comes in through: HTTP application routing.',
    },
    {
      when: 'there are several ways, on a stopped AKS Automatic',
      given: {
        cluster: {
          sku: { name: 'Automatic' },
          powerState: { code: 'Stopped' },
          ingressProfile: { webAppRouting: { enabled: true }, gatewayAPI: { installation: 'Standard' } },
        },
      },
      says: 'Traffic comes in through: application routing; Gateway API.',
      watched: ['application routing', 'gateway api'],
    },
    {
      when: 'nothing shows, and the baseline declares a gateway',
      given: {},
      params: { gatewayIds: [GATEWAY] },
      says: `Traffic comes in through: ${GATEWAY}, which the baseline declares.`,
      watched: [],
    },
    {
      when: 'something shows, and the baseline declares a gateway before it',
      given: ingress({ webAppRouting: { enabled: true }, gatewayAPI: { installation: 'Disabled' } }),
      params: { gatewayIds: [GATEWAY] },
      says: `Traffic comes in through: application routing; ${GATEWAY}, which the baseline declares.`,
      watched: ['application routing'],
    },
  ],
  fail: [],
  unknown: [
    { when: 'never set', given: {}, says: HIDDEN, reason: 'notVisible' },
    {
      when: 'everything is off',
      given: {
        cluster: {
          addonProfiles: {
            ingressapplicationgateway: { enabled: false, config: { effectiveapplicationgatewayid: GATEWAY } },
            httpapplicationrouting: { enabled: false },
            kubedashboard: { enabled: true },
          },
          ingressProfile: {
            webAppRouting: { enabled: false, gatewayAPIImplementations: { appRoutingIstio: { mode: 'Disabled' } } },
            gatewayAPI: { installation: 'Disabled' },
          },
          serviceMeshProfile: { mode: 'Disabled' },
        },
      },
      says: HIDDEN,
      reason: 'notVisible',
    },
    { when: 'Istio has no ingress gateway', given: mesh('Istio'), says: HIDDEN, reason: 'notVisible' },
    { when: 'the ingress gateways of Istio are off', given: mesh('Istio', false), says: HIDDEN, reason: 'notVisible' },
    {
      when: 'the mesh that has gateways is off',
      given: mesh('Disabled', true),
      says: HIDDEN,
      reason: 'notVisible',
    },
    {
      when: 'the kind of mesh is not known',
      given: mesh('Linkerd', true),
      says: 'properties.serviceMeshProfile.mode is Linkerd: not known.',
      reason: 'invalid',
    },
    {
      when: 'the installation of the Gateway API is not known',
      given: ingress({ gatewayAPI: { installation: 'Experimental' } }),
      says: 'properties.ingressProfile.gatewayAPI.installation is Experimental: not known.',
      reason: 'invalid',
    },
    {
      when: 'the mode of the Istio variant is not known',
      given: ingress({ webAppRouting: { gatewayAPIImplementations: { appRoutingIstio: { mode: 'Auto' } } } }),
      says: 'properties.ingressProfile.webAppRouting.gatewayAPIImplementations.appRoutingIstio.mode is Auto: not known.',
      reason: 'invalid',
    },
  ],
});
