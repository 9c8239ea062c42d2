metadata name = 'Identity'
metadata description = 'The user-assigned identity of the monitor. It is deployed first: access and tables name its principal, app runs as it.'

import { identity as identityType, tags as tagsType } from 'modules/types.bicep'

@description('Required. Name of the identity.')
param name string

@description('Optional. Region.')
param location string = resourceGroup().location

@description('Optional. Tags of every resource.')
param tags tagsType = {}

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
  tags: tags
}

@description('What access, tables and app ask for.')
output identity identityType = {
  id: identity.id
  principalId: identity.properties.principalId
  clientId: identity.properties.clientId
}
