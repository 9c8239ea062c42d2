metadata name = 'Access to a subscription'
metadata description = 'Lets the monitor read one subscription. Deploy it at every monitored subscription.'

targetScope = 'subscription'

import { builtInRoles, monitorRole } from 'modules/roles.bicep'
import { roleVariant } from 'modules/types.bicep'

@description('Required. Object id of the monitor\'s service principal.')
param principalId string

@description('Optional. custom: a role with what the collectors ask for, and nothing else. builtIn: Reader and Security Reader, where custom roles are not wanted. Allowed: custom, builtIn.')
param variant roleVariant = 'custom'

@description('Optional. Whether the custom role also allows reading the user kubeconfig, for the CA of Entra clusters (AKS_DRIFT_READ_CLUSTER_CA). No built-in reader role allows it.')
param readClusterCa bool = false

resource customRole 'Microsoft.Authorization/roleDefinitions@2022-04-01' = if (variant == 'custom') {
  name: guid(subscription().id, principalId, 'aks-drift-monitor')
  properties: {
    // Role names are unique in a tenant. Every subscription has its own definition, and there every monitor: one may read what another may not.
    roleName: 'AKS Drift Monitor ${take(principalId, 8)} (${subscription().subscriptionId})'
    description: 'Reads what AKS Drift Monitor judges.'
    type: 'CustomRole'
    assignableScopes: [subscription().id]
    permissions: [
      {
        actions: concat(monitorRole.actions, readClusterCa ? monitorRole.optionalActions : [])
        notActions: []
        dataActions: []
        notDataActions: []
      }
    ]
  }
}

resource customAssignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (variant == 'custom') {
  name: guid(customRole.id, principalId)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: customRole.id
  }
}

resource builtInAssignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in (variant == 'builtIn' ? [builtInRoles.reader, builtInRoles.securityReader] : []): {
    name: guid(subscription().id, principalId, role)
    properties: {
      principalId: principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
    }
  }
]
