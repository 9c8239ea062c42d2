// A private address, in an existing subnet, for one service of one resource.

import { tags as tagsType } from 'types.bicep'

@description('Required. Name of the endpoint.')
param name string

@description('Required. Region of the subnet.')
param location string

@description('Required. Resource id of the subnet.')
param subnetId string

@description('Required. Resource id of what gets the address.')
param targetId string

@description('Required. The service of it, for example blob.')
param service string

@description('Required. Resource ids of the private DNS zones that shall know the address. None: something else writes them, for example Azure Policy.')
param privateDnsZoneIds string[]

@description('Optional. Tags of every resource.')
param tags tagsType = {}

resource endpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    subnet: { id: subnetId }
    privateLinkServiceConnections: [
      { name: name, properties: { privateLinkServiceId: targetId, groupIds: [service] } }
    ]
  }

  resource zones 'privateDnsZoneGroups' = if (!empty(privateDnsZoneIds)) {
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [
        for zoneId in privateDnsZoneIds: {
          name: replace(last(split(zoneId, '/')), '.', '-')
          properties: { privateDnsZoneId: zoneId }
        }
      ]
    }
  }
}
