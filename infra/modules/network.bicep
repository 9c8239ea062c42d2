// A network of the app's own, whose only way out is a NAT gateway: one address that API servers can allow.

import { tags as tagsType } from 'types.bicep'

@description('Required. Name of the network.')
param name string

@description('Required. Region.')
param location string

@description('Required. Address range of the network; the app takes all of it. At least 32 addresses.')
param addressPrefix string

@description('Required. Who takes the subnet. Allowed: Microsoft.App/environments, Microsoft.Web/serverFarms.')
param delegation 'Microsoft.App/environments' | 'Microsoft.Web/serverFarms'

@description('Optional. Tags of every resource.')
param tags tagsType = {}

resource address 'Microsoft.Network/publicIPAddresses@2024-05-01' = {
  name: name
  location: location
  tags: tags
  sku: { name: 'Standard' }
  properties: { publicIPAllocationMethod: 'Static' }
}

resource gateway 'Microsoft.Network/natGateways@2024-05-01' = {
  name: name
  location: location
  tags: tags
  sku: { name: 'Standard' }
  properties: { publicIpAddresses: [{ id: address.id }] }
}

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: [addressPrefix] }
  }

  resource subnet 'subnets' = {
    name: 'app'
    properties: {
      addressPrefix: addressPrefix
      natGateway: { id: gateway.id }
      delegations: [{ name: 'app', properties: { serviceName: delegation } }]
    }
  }
}

@description('Resource id of the subnet for the app.')
output subnetId string = network::subnet.id

@description('The address that the app calls from.')
output outboundIp string = address.properties.ipAddress
