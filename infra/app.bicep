metadata name = 'App'
metadata description = 'The function app with its storage and network, and what reads the tables: alert rules and workbook. Deploy it in a resource group of its own, after tables.bicep.'

import { namesIn } from 'modules/lists.bicep'
import { identity as identityType, principal, schedules as schedulesType, tags as tagsType } from 'modules/types.bicep'

@description('Optional. Region of the app.')
param location string = resourceGroup().location

@description('Optional. Ending of the names, so that they are unique in Azure: lower-case letters and digits.')
@maxLength(14)
param nameSuffix string = uniqueString(resourceGroup().id)

@description('Required. The identity that the app runs as: id, principalId and clientId.')
param identity identityType

@description('Required. Resource id of the workspace that holds the tables.')
param workspaceId string

@description('Optional. Region of the workspace, where its alert rules live.')
param workspaceLocation string = location

@description('Required. Resource id of the data collection rule.')
param dataCollectionRuleId string

@description('Required. Immutable id of the data collection rule.')
param dataCollectionRuleImmutableId string

@description('Required. Address that takes the rows.')
param logsEndpoint string

@description('Optional. Subscriptions to scan: ids, separated by commas. Empty: every subscription that the identity can read.')
param subscriptionIds string = ''

@description('Optional. Management groups whose subscriptions are scanned: names, separated by commas.')
param managementGroupIds string = ''

@description('Optional. Subscriptions that are left out: ids, separated by commas.')
param excludeSubscriptionIds string = ''

@description('Optional. Scans: names, separated by commas. Empty: all that the cloud can answer. Without configuration, the only hourly one, the alert rule monitor-silent is off. Allowed: configuration, node-images, certificates, policy, defender.')
param scans string = ''

@description('Optional. Where the baseline file is: blob:NAME in the container aks-drift-state. Empty: the built-in defaults.')
param baseline string = ''

@description('Optional. When the scans run: NCRONTAB with six fields, UTC, at least once a day.')
param schedules schedulesType = {}

@description('Optional. Whether the certificates scan reads the CA of Entra clusters out of the user kubeconfig; access must allow it too.')
param readClusterCa bool = false

@description('Optional. How a drift event names who made the change. Allowed: off, pseudonym, name.')
param changedBy 'off' | 'pseudonym' | 'name' = 'name'

@description('Optional. Who may request scans and write the baseline file.')
param operators principal[] = []

@description('Optional. Megabytes of an instance. Allowed: 512, 2048, 4096.')
param instanceMemoryMB 512 | 2048 | 4096 = 512

@description('Optional. Instances at most. Allowed: 40 to 1000.')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Optional. Whether the app gets a network of its own with a NAT gateway, so that API servers can allow one address. Not together with integrationSubnetId.')
param stableOutboundIp bool = false

@description('Optional. Address range of that network; 32 addresses or more.')
param networkAddressPrefix string = '10.90.0.0/26'

@description('Optional. Resource id of an existing subnet that the app sends from, for example one that reaches private clusters. Required with network isolation, and not together with stableOutboundIp.')
param integrationSubnetId string = ''

@description('Optional. Whether public networks are refused everywhere: private endpoints, a private link scope, a prebuilt package.')
param networkIsolation bool = false

@description('Optional. Resource id of the existing subnet for private endpoints. Required with network isolation.')
param privateEndpointSubnetId string = ''

@description('Optional. Resource ids of the private DNS zones (privatelink.blob…, queue, table, monitor, oms, ods, agentsvc). None: something else writes the addresses, for example Azure Policy.')
param privateDnsZoneIds string[] = []

@description('Optional. Resource id of an existing Azure Monitor private link scope. Empty, with network isolation: one is made.')
param privateLinkScopeId string = ''

@description('Optional. Resource id of the data collection endpoint that tables.bicep made. Required with network isolation.')
param dataCollectionEndpointId string = ''

@description('Optional. Address of a prebuilt package (a zip file) that Azure itself can read, for networks into which nobody can push one.')
@secure()
param packageUri string = ''

@description('Optional. Mail address for alerts. Empty, and no action groups: alerts are raised and nobody is told.')
param alertEmail string = ''

@description('Optional. Resource ids of existing action groups.')
param actionGroupIds string[] = []

@description('Optional. Whether the alert rules are evaluated.')
param alertsEnabled bool = true

@description('Optional. Tags of every resource.')
param tags tagsType = {}

// What differs between clouds and can be data. API versions cannot: Bicep fixes them when it compiles.
var cloud = loadJsonContent('clouds.json')[environment().name]

// They are minutes apart, so that they do not ask Azure all at once.
var defaultSchedules = {
  configuration: '0 0 * * * *'
  nodeImages: '0 10 */6 * * *'
  certificates: '0 40 3 * * *'
  policy: '0 20 */6 * * *'
  defender: '0 30 */6 * * *'
}
var chosenSchedules = union(defaultSchedules, schedules)

var namedScans = namesIn(scans)
var lacking = filter(namedScans, scan => !contains(cloud.scans, scan))
var chosenScans = empty(lacking)
  ? (empty(namedScans) ? cloud.scans : namedScans)
  : fail('scans: ${environment().name} has no ${join(lacking, ', ')}. It has ${join(cloud.scans, ', ')}.')

var isolation = networkIsolation && (empty(integrationSubnetId) || empty(privateEndpointSubnetId) || empty(dataCollectionEndpointId))
  ? fail('networkIsolation needs integrationSubnetId, privateEndpointSubnetId and dataCollectionEndpointId.')
  : networkIsolation

var appName = 'func-aks-drift-${nameSuffix}'
var ownNetwork = stableOutboundIp && !empty(integrationSubnetId)
  ? fail('stableOutboundIp and integrationSubnetId exclude each other: in an existing subnet its own gateway gives the address.')
  : stableOutboundIp
var ownScope = isolation && empty(privateLinkScopeId)
var scopeName = 'pls-aks-drift-${nameSuffix}'
var scopeId = empty(privateLinkScopeId)
  ? resourceId('microsoft.insights/privateLinkScopes', scopeName)
  : privateLinkScopeId

module storage 'modules/storage.bicep' = {
  name: 'aks-drift-storage'
  params: {
    name: 'staksdrift${nameSuffix}'
    location: location
    principalId: identity.principalId
    operators: operators
    networkIsolation: isolation
    tags: tags
  }
}

module network 'modules/network.bicep' = if (ownNetwork) {
  name: 'aks-drift-network'
  params: {
    name: 'vnet-aks-drift-${nameSuffix}'
    location: location
    addressPrefix: networkAddressPrefix
    delegation: cloud.hostingPlan == 'FlexConsumption' ? 'Microsoft.App/environments' : 'Microsoft.Web/serverFarms'
    tags: tags
  }
}

module storageEndpoints 'modules/private-endpoint.bicep' = [
  for service in isolation ? ['blob', 'queue', 'table'] : []: {
    name: 'aks-drift-private-${service}'
    params: {
      name: 'pe-aks-drift-${service}-${nameSuffix}'
      location: location
      subnetId: privateEndpointSubnetId
      targetId: storage.outputs.id
      service: service
      privateDnsZoneIds: filter(privateDnsZoneIds, id => contains(id, 'privatelink.${service}.'))
      tags: tags
    }
  }
]

module app 'modules/function-app.bicep' = {
  name: 'aks-drift-app'
  params: {
    name: appName
    location: location
    identity: identity
    workspaceId: workspaceId
    hostingPlan: cloud.hostingPlan
    nodeVersion: cloud.nodeVersion
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    deploymentContainer: storage.outputs.deploymentContainer
    integrationSubnetId: ownNetwork ? network!.outputs.subnetId : integrationSubnetId
    networkIsolation: isolation
    packageUri: packageUri
    settings: {
      AKS_DRIFT_CLOUD: cloud.setting
      AKS_DRIFT_SUBSCRIPTION_IDS: subscriptionIds
      AKS_DRIFT_MANAGEMENT_GROUP_IDS: managementGroupIds
      AKS_DRIFT_EXCLUDE_SUBSCRIPTION_IDS: excludeSubscriptionIds
      AKS_DRIFT_SCANS: join(chosenScans, ',')
      AKS_DRIFT_BASELINE: baseline
      AKS_DRIFT_READ_CLUSTER_CA: readClusterCa ? 'true' : 'false'
      AKS_DRIFT_CHANGED_BY: changedBy
      AKS_DRIFT_SCHEDULE_CONFIGURATION: chosenSchedules.configuration
      AKS_DRIFT_SCHEDULE_NODE_IMAGES: chosenSchedules.nodeImages
      AKS_DRIFT_SCHEDULE_CERTIFICATES: chosenSchedules.certificates
      AKS_DRIFT_SCHEDULE_POLICY: chosenSchedules.policy
      AKS_DRIFT_SCHEDULE_DEFENDER: chosenSchedules.defender
      AKS_DRIFT_LOGS_ENDPOINT: logsEndpoint
      AKS_DRIFT_DCR_ID: dataCollectionRuleImmutableId
      AzureWebJobsStorage__blobServiceUri: storage.outputs.blobEndpoint
      AzureWebJobsStorage__queueServiceUri: storage.outputs.queueEndpoint
      AzureWebJobsStorage__tableServiceUri: storage.outputs.tableEndpoint
    }
    tags: tags
  }
  dependsOn: [storageEndpoints]
}

module privateLinkScope 'modules/private-link-scope.bicep' = if (ownScope) {
  name: 'aks-drift-private-link-scope'
  params: { name: scopeName, tags: tags }
}

module privateLinkMembers 'modules/private-link-members.bicep' = if (isolation) {
  name: 'aks-drift-private-link-members-${nameSuffix}'
  scope: resourceGroup(split(scopeId, '/')[2], split(scopeId, '/')[4])
  params: {
    scopeName: last(split(scopeId, '/'))
    resourceIds: [workspaceId, dataCollectionEndpointId, app.outputs.insightsId]
  }
  dependsOn: [privateLinkScope]
}

module monitorEndpoint 'modules/private-endpoint.bicep' = if (ownScope) {
  name: 'aks-drift-private-monitor'
  params: {
    name: 'pe-aks-drift-monitor-${nameSuffix}'
    location: location
    subnetId: privateEndpointSubnetId
    targetId: scopeId
    service: 'azuremonitor'
    privateDnsZoneIds: filter(
      privateDnsZoneIds,
      id => !contains(id, 'privatelink.queue.') && !contains(id, 'privatelink.table.')
    )
    tags: tags
  }
  dependsOn: [privateLinkMembers]
}

module actionGroup 'modules/action-group.bicep' = if (!empty(alertEmail)) {
  name: 'aks-drift-action-group'
  params: { name: 'ag-aks-drift-${nameSuffix}', email: alertEmail, tags: tags }
}

module alerts 'modules/alerts.bicep' = {
  name: 'aks-drift-alerts'
  params: {
    workspaceId: workspaceId
    location: workspaceLocation
    dataCollectionRuleId: dataCollectionRuleId
    workbookId: workbook.outputs.id
    actionGroupIds: concat(actionGroupIds, empty(alertEmail) ? [] : [actionGroup!.outputs.id])
    enabled: alertsEnabled
    hourlyScan: contains(chosenScans, 'configuration')
    tags: tags
  }
  // Rules come last: they read what the new app writes.
  dependsOn: [app]
}

module workbook 'modules/workbook.bicep' = {
  name: 'aks-drift-workbook'
  params: { location: location, workspaceId: workspaceId, tags: tags }
}

@description('Name of the function app.')
output appName string = app.outputs.name

@description('Address of the queue service, for `aks-drift request`.')
output queueEndpoint string = storage.outputs.queueEndpoint

@description('Address of the blob service, for the baseline file.')
output blobEndpoint string = storage.outputs.blobEndpoint

@description('Resource id of the workbook.')
output workbookId string = workbook.outputs.id

@description('The address that the app calls from; empty without a network of its own.')
output outboundIp string = ownNetwork ? network!.outputs.outboundIp : ''
