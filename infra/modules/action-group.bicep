// Who is told.

import { tags as tagsType } from 'types.bicep'

@description('Required. Name of the group.')
param name string

@description('Required. Mail address.')
param email string

@description('Optional. Tags of every resource.')
param tags tagsType = {}

resource group 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: name
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'aks-drift'
    emailReceivers: [{ name: 'email', emailAddress: email, useCommonAlertSchema: true }]
  }
}

@description('Resource id of the group.')
output id string = group.id
