import { tags as tagsType } from 'types.bicep'

@description('Required. Name of the workspace.')
param name string

@description('Optional. Region.')
param location string = resourceGroup().location

@description('Optional. Gigabytes a day after which nothing more is taken in until the next day; -1 for no cap.')
param dailyCapGb int = -1

@description('Optional. Whether rows and queries from public networks are refused.')
param networkIsolation bool = false

@description('Optional. Tags of every resource.')
param tags tagsType = {}

var publicNetworkAccess = networkIsolation ? 'Disabled' : 'Enabled'

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    // Of tables that name no other: the requests and traces of the app.
    retentionInDays: 30
    features: { disableLocalAuth: true, enableLogAccessUsingOnlyResourcePermissions: true }
    workspaceCapping: { dailyQuotaGb: dailyCapGb }
    publicNetworkAccessForIngestion: publicNetworkAccess
    publicNetworkAccessForQuery: publicNetworkAccess
  }
}

@description('Resource id of the workspace.')
output id string = workspace.id
