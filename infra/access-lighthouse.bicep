metadata name = 'Access from another tenant'
metadata description = 'Delegates one subscription to a monitor in another tenant with Azure Lighthouse, which knows built-in roles only. Deploy it at the subscription, in its own tenant. https://learn.microsoft.com/azure/lighthouse/how-to/onboard-customer'

targetScope = 'subscription'

import { builtInRoles } from 'modules/roles.bicep'

@description('Required. Tenant of the monitor.')
param managingTenantId string

@description('Required. Object id, in that tenant, of the monitor\'s service principal.')
param principalId string

@description('Optional. Name of the offer, as the owner of the subscription sees it.')
param offerName string = 'AKS Drift Monitor'

resource definition 'Microsoft.ManagedServices/registrationDefinitions@2022-10-01' = {
  name: guid(subscription().id, managingTenantId, principalId)
  properties: {
    registrationDefinitionName: offerName
    description: 'Reads the AKS clusters of this subscription and what judges them.'
    managedByTenantId: managingTenantId
    authorizations: [
      for role in [builtInRoles.reader, builtInRoles.securityReader]: {
        principalId: principalId
        principalIdDisplayName: 'AKS Drift Monitor'
        roleDefinitionId: role
      }
    ]
  }
}

resource assignment 'Microsoft.ManagedServices/registrationAssignments@2022-10-01' = {
  name: guid(definition.id)
  properties: { registrationDefinitionId: definition.id }
}
