// The workbook of the compliance review.

import { tags as tagsType } from 'types.bicep'

@description('Required. Region.')
param location string

@description('Required. Resource id of the workspace that it queries.')
param workspaceId string

@description('Optional. Tags of every resource.')
param tags tagsType = {}

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, 'aks-drift')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'AKS Drift'
    category: 'workbook'
    version: '1.0'
    sourceId: workspaceId
    // Loaded as JSON, because text may have no more than 131,072 characters.
    serializedData: replace(string(loadJsonContent('../workbook/workbook.json')), '__WORKSPACE_ID__', workspaceId)
  }
}

@description('Resource id of the workbook.')
output id string = workbook.id
