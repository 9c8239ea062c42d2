import { appRoutingNginxRetiring } from '../../../shared/checks/configuration/app-routing-nginx-retiring';
import type { Cluster } from '../../../shared/model/cluster';
import { describeCheck } from '../../support/describe-check';
import type { Given } from '../../support/evidence';

type Routing = NonNullable<NonNullable<Cluster['ingressProfile']>['webAppRouting']>;

const routing = (webAppRouting: Routing, more: Partial<Cluster> = {}): Given => ({
  cluster: { ingressProfile: { webAppRouting }, ...more },
});
const nginx = (defaultIngressControllerType: string): Given =>
  routing({ enabled: true, nginx: { defaultIngressControllerType } });
const istio = { appRoutingIstio: { mode: 'Enabled' } };

const OFF = 'Application routing with its managed nginx is off.';
const ENDS = 'The managed ingress-nginx of application routing will be retired on 2026-11-30';
const DUE = '2026-11-30T00:00:00.000Z';

describeCheck(appRoutingNginxRetiring, {
  pass: [
    { when: 'never set', given: {}, says: OFF, watched: null },
    { when: 'off', given: routing({ enabled: false }), says: OFF },
    {
      when: 'the Gateway API is installed without application routing',
      given: { cluster: { ingressProfile: { gatewayAPI: { installation: 'Standard' } } } },
      says: OFF,
    },
    {
      when: 'only its Istio variant is on',
      given: routing({ enabled: false, gatewayAPIImplementations: istio }),
      says: OFF,
    },
    {
      when: 'on, without nginx',
      given: routing({
        enabled: true,
        nginx: { defaultIngressControllerType: 'None' },
        gatewayAPIImplementations: istio,
      }),
      says: 'Application routing is on, without its managed nginx.',
    },
    {
      when: 'on, a millisecond before the half year of notice',
      given: routing({ enabled: true }),
      now: '2026-06-02T23:59:59.999Z',
      says: `${ENDS}, which is still far.`,
      dueOn: '2026-06-03T00:00:00.000Z',
    },
  ],
  fail: [
    {
      when: 'on, and its kind of nginx was never set',
      given: routing({ enabled: true }),
      says: `${ENDS}.`,
      dueOn: DUE,
      watched: null,
    },
    {
      when: 'on, with an empty nginx block',
      given: routing({ enabled: true, nginx: {} }),
      says: `${ENDS}.`,
      dueOn: DUE,
    },
    {
      when: 'nginx is public or private by annotation',
      given: nginx('AnnotationControlled'),
      says: `${ENDS}.`,
      dueOn: DUE,
    },
    { when: 'nginx is public', given: nginx('External'), says: `${ENDS}.`, dueOn: DUE },
    { when: 'nginx is private', given: nginx('Internal'), says: `${ENDS}.`, dueOn: DUE },
    {
      when: 'nginx is still there beside the Istio variant',
      given: routing({ enabled: true, gatewayAPIImplementations: istio }),
      says: `${ENDS}.`,
      dueOn: DUE,
    },
    {
      when: 'on under AKS Automatic',
      given: routing({ enabled: true }, { sku: { name: 'Automatic' } }),
      says: `${ENDS}.`,
      dueOn: DUE,
    },
    {
      when: 'on, on the day of its end, on a stopped cluster',
      given: routing({ enabled: true }, { powerState: { code: 'Stopped' } }),
      now: DUE,
      says: 'The managed ingress-nginx of application routing was retired on 2026-11-30.',
    },
  ],
  unknown: [
    {
      when: 'on, with a kind of nginx that is not known',
      given: nginx('Sidecar'),
      says: 'properties.ingressProfile.webAppRouting.nginx.defaultIngressControllerType is Sidecar: not known.',
      reason: 'invalid',
    },
  ],
});
