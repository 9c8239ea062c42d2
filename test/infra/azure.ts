import {
  compiled,
  deploy,
  nestedIn,
  type Body,
  type Cloud,
  type CompiledTemplate,
  type Deployment,
  type Resource,
  type Template,
} from './arm-template';

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

/** What a template makes of these parameters. */
function deployedFrom(template: Template, parameters: Body, cloudName: string): Deployment {
  const cloud: Cloud = { name: cloudName, madeByAzure: (type, name) => MADE_BY_AZURE[type]?.(name) ?? {} };
  return deploy(template, parameters, cloud);
}

/** What main.json makes of these parameters. */
export function deployed(parameters: Body = {}, cloudName = 'AzureCloud'): Deployment {
  return deployedFrom(compiled('main'), { ...REQUIRED, ...parameters }, cloudName);
}

/** What access to a subscription (which main.json holds), to a management group, or from another tenant makes of these parameters. */
export function deployedAccess(template: 'access' | Exclude<CompiledTemplate, 'main'>, parameters: Body): Deployment {
  const chosen = template === 'access' ? nestedIn(compiled('main'), template) : compiled(template);
  return deployedFrom(chosen, parameters, 'AzureCloud');
}

/** https://learn.microsoft.com/azure/role-based-access-control/built-in-roles */
export const ROLE_NAMES: Readonly<Record<string, string>> = {
  'acdd72a7-3385-48ef-bd42-f606fba81ae7': 'Reader',
  '39bc4728-0917-49c7-9d2c-d95423bc2eb4': 'Security Reader',
  '3913510d-42f4-4e42-8a64-420c390055eb': 'Monitoring Metrics Publisher',
  'b7e6dc6d-f1e8-4753-8033-0f276bb0955b': 'Storage Blob Data Owner',
  'ba92f5b4-2d11-453d-a403-e96b0029c9fe': 'Storage Blob Data Contributor',
  '974c5e8b-45b9-4653-ba55-5f855dd0fb88': 'Storage Queue Data Contributor',
  'c6a89b2d-59bc-44d0-9896-0f6e12d7b80a': 'Storage Queue Data Message Sender',
  '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3': 'Storage Table Data Contributor',
};

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
