import type { Permission } from '../shared/model/permission';

/**
 * A Bicep module that defines the custom role in a subscription: the one that infra/access.bicep also assigns.
 * https://learn.microsoft.com/azure/templates/microsoft.authorization/roledefinitions
 */
export function roleModule(permissions: readonly Permission[]): string {
  const listed = (optional: boolean): string[] =>
    permissions.filter((permission) => permission.optional === optional).map(({ action }) => `  '${action}'`);
  return [
    '// Defines the role and assigns it to nobody.',
    "targetScope = 'subscription'",
    '',
    "@description('Required. Object id of the monitor\\'s service principal, which tells its role from that of another monitor.')",
    'param principalId string',
    '',
    "@description('Optional. Also allow what has to be opted in: reading the user kubeconfig of Entra clusters for its CA.')",
    'param readClusterCa bool = false',
    '',
    'var actions = [',
    ...listed(false),
    ']',
    '',
    'var optionalActions = [',
    ...listed(true),
    ']',
    '',
    "resource role 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {",
    "  name: guid(subscription().id, principalId, 'aks-drift-monitor')",
    '  properties: {',
    "    roleName: 'AKS Drift Monitor ${take(principalId, 8)} (${subscription().subscriptionId})'",
    "    description: 'Reads what AKS Drift Monitor judges.'",
    "    type: 'CustomRole'",
    '    permissions: [',
    '      {',
    '        actions: readClusterCa ? concat(actions, optionalActions) : actions',
    '        notActions: []',
    '      }',
    '    ]',
    '    assignableScopes: [',
    '      subscription().id',
    '    ]',
    '  }',
    '}',
    '',
    "@description('Resource id of the role.')",
    'output roleDefinitionId string = role.id',
    '',
  ].join('\n');
}
