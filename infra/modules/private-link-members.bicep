// Puts resources of Azure Monitor into a private link scope.

@description('Required. Name of the scope.')
param scopeName string

@description('Required. Resource ids of workspaces, Application Insights and data collection endpoints.')
param resourceIds string[]

resource scope 'microsoft.insights/privateLinkScopes@2021-07-01-preview' existing = {
  name: scopeName
}

// One after the other: the scope takes one change at a time.
@batchSize(1)
resource members 'microsoft.insights/privateLinkScopes/scopedResources@2021-07-01-preview' = [
  for id in resourceIds: {
    parent: scope
    name: uniqueString(id)
    properties: { linkedResourceId: id }
  }
]
