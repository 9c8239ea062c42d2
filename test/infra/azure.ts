import { deploy, mainTemplate, type Body, type Cloud, type Deployment, type Resource } from './arm-template';

/** What Azure makes up for a resource, and templates read back. */
const MADE_BY_AZURE: Readonly<Record<string, (name: string) => Body>> = {
  'Microsoft.ManagedIdentity/userAssignedIdentities': () => ({ principalId: 'the-principal', clientId: 'the-client' }),
  'Microsoft.Storage/storageAccounts': (name) => ({
    primaryEndpoints: {
      blob: `https://${name}.blob.example/`,
      queue: `https://${name}.queue.example/`,
      table: `https://${name}.table.example/`,
    },
  }),
  'Microsoft.Insights/components': () => ({ ConnectionString: 'InstrumentationKey=no-secret' }),
  'Microsoft.Insights/dataCollectionRules': () => ({
    immutableId: 'dcr-1',
    endpoints: { logsIngestion: 'https://rule.example' },
  }),
  'Microsoft.Insights/dataCollectionEndpoints': () => ({ logsIngestion: { endpoint: 'https://endpoint.example' } }),
  'Microsoft.Network/publicIPAddresses': () => ({ ipAddress: '192.0.2.1' }),
};

const REQUIRED = { environmentName: 'drift', location: 'westeurope' };

/** What main.json makes of these parameters. */
export function deployed(parameters: Body = {}, cloudName = 'AzureCloud'): Deployment {
  const cloud: Cloud = { name: cloudName, madeByAzure: (type, name) => MADE_BY_AZURE[type]?.(name) ?? {} };
  return deploy(mainTemplate(), { ...REQUIRED, ...parameters }, cloud);
}

/** Every resource of a type. */
export function all({ resources }: Deployment, type: string): readonly Resource[] {
  return resources.filter((resource) => resource.type === type);
}

/** The properties of the only resource of a type. @throws when there is another number of them. */
export function only(deployment: Deployment, type: string): Body {
  const found = all(deployment, type);
  const [resource] = found;
  if (resource === undefined || found.length > 1) {
    throw new Error(`${found.length} resources of the type ${type}`);
  }
  return (resource.body.properties ?? {}) as Body;
}

export const SUBNET = (name: string): string =>
  `/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/rg-net/providers/Microsoft.Network/virtualNetworks/hub/subnets/${name}`;

/** Parameters that turn everything on that is off by default. */
export const ISOLATED: Body = {
  networkIsolation: true,
  integrationSubnetId: SUBNET('app'),
  privateEndpointSubnetId: SUBNET('endpoints'),
};
