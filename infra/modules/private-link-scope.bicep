// An Azure Monitor private link scope. Networks that share DNS share one, so an organisation often has one already.
// https://learn.microsoft.com/azure/azure-monitor/logs/private-link-design

import { tags as tagsType } from 'types.bicep'

@description('Required. Name of the scope.')
param name string

@description('Optional. Tags of every resource.')
param tags tagsType = {}

resource scope 'microsoft.insights/privateLinkScopes@2021-07-01-preview' = {
  name: name
  location: 'global'
  tags: tags
  properties: {
    // Open: other workspaces that these networks use stay reachable. The monitor's own refuse public networks themselves.
    accessModeSettings: { ingestionAccessMode: 'Open', queryAccessMode: 'Open' }
  }
}

@description('Resource id of the scope.')
output id string = scope.id
