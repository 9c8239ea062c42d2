import type { Cluster } from '../model/cluster';

/** The application gateway that the add-on AGIC drives; null when the add-on is off or does not tell. */
export function gatewayIdOf({ addonProfiles }: Cluster): string | null {
  const { enabled, config } = addonProfiles?.ingressapplicationgateway ?? {};
  const id: unknown = config?.effectiveapplicationgatewayid;
  return enabled === true && typeof id === 'string' && id !== '' ? id : null;
}

/** What the object of a cluster shows of how traffic comes in; what is absent is off. */
const WAYS: Readonly<Record<string, (cluster: Cluster) => boolean | undefined>> = {
  'application gateway': ({ addonProfiles }) => addonProfiles?.ingressapplicationgateway?.enabled,
  'HTTP application routing': ({ addonProfiles }) => addonProfiles?.httpapplicationrouting?.enabled,
  'application routing': ({ ingressProfile }) => ingressProfile?.webAppRouting?.enabled,
  'application routing with Istio': (cluster) => routingIstioOf(cluster) === 'Enabled',
  'Gateway API': ({ ingressProfile }) => ingressProfile?.gatewayAPI?.installation === 'Standard',
  'Istio ingress gateways': ({ serviceMeshProfile }) =>
    serviceMeshProfile?.mode === 'Istio' &&
    serviceMeshProfile.istio?.components?.ingressGateways?.some(({ enabled }) => enabled),
};

export function waysIn(cluster: Cluster): string[] {
  const gatewayId = gatewayIdOf(cluster);
  return Object.keys(WAYS)
    .filter((name) => WAYS[name]?.(cluster) === true)
    .map((name) => (name === 'application gateway' && gatewayId !== null ? `${name} ${gatewayId}` : name));
}

/** A word where a way in would show, and that nobody knows: it may stand for one. */
export function strangeWord(cluster: Cluster): [property: string, word: string] | undefined {
  const { ingressProfile, serviceMeshProfile } = cluster;
  const routing = 'properties.ingressProfile.webAppRouting.gatewayAPIImplementations.appRoutingIstio.mode';
  const words: readonly (readonly [property: string, word: string | undefined, on: string])[] = [
    [routing, routingIstioOf(cluster), 'Enabled'],
    ['properties.ingressProfile.gatewayAPI.installation', ingressProfile?.gatewayAPI?.installation, 'Standard'],
    ['properties.serviceMeshProfile.mode', serviceMeshProfile?.mode, 'Istio'],
  ];
  return words.flatMap<[string, string]>(([property, word, on]) =>
    word === undefined || word === 'Disabled' || word === on ? [] : [[property, word]],
  )[0];
}

function routingIstioOf({ ingressProfile }: Cluster): string | undefined {
  return ingressProfile?.webAppRouting?.gatewayAPIImplementations?.appRoutingIstio?.mode;
}
