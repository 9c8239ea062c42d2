metadata name = 'AKS Drift Monitor'
metadata description = 'Everything at once: identity, access, tables, app. Each part can be deployed by itself, by another team.'

targetScope = 'subscription'

import { namesIn } from 'modules/lists.bicep'
import { principal, roleVariant, schedules as schedulesType, tags as tagsType } from 'modules/types.bicep'
import { retentions } from 'tables.bicep'

@description('Required. Name of the environment; the resource group is called after it.')
@minLength(1)
@maxLength(64)
param environmentName string

@description('Required. Region.')
@metadata({ azd: { type: 'location' } })
param location string

@description('Optional. Subscriptions to scan: ids, separated by commas. Empty, and no management groups: this one.')
param subscriptionIds string = ''

@description('Optional. Management groups whose subscriptions are scanned: names, separated by commas. Access to them is deployed by itself, access-management-group.bicep.')
param managementGroupIds string = ''

@description('Optional. Subscriptions that are left out: ids, separated by commas.')
param excludeSubscriptionIds string = ''

@description('Optional. Whether access to the subscriptions is deployed too. false: somebody else deploys access.bicep.')
param deployAccess bool = true

@description('Optional. custom: a role with what the collectors ask for, and nothing else. builtIn: Reader and Security Reader. Allowed: custom, builtIn.')
param accessVariant roleVariant = 'custom'

@description('Optional. Scans: names, separated by commas. Empty: all that the cloud can answer. Without configuration, the only hourly one, the alert rule monitor-silent is off. Allowed: configuration, node-images, certificates, policy, defender.')
param scans string = ''

@description('Optional. Where the baseline file is: blob:NAME in the container aks-drift-state. Empty: the built-in defaults.')
param baseline string = ''

@description('Optional. When the scans run: NCRONTAB with six fields, UTC, at least once a day.')
param schedules schedulesType = {}

@description('Optional. Whether the certificates scan reads the CA of Entra clusters out of the user kubeconfig.')
param readClusterCa bool = false

@description('Optional. How a drift event names who made the change. Allowed: off, pseudonym, name.')
param changedBy 'off' | 'pseudonym' | 'name' = 'name'

@description('Optional. Object id of who operates the monitor: requests scans, sends drills, writes the baseline file. Empty: nobody but who has the roles otherwise.')
param operatorPrincipalId string = ''

@description('Optional. Kind of that principal. Allowed: User, Group, ServicePrincipal.')
param operatorPrincipalType 'User' | 'Group' | 'ServicePrincipal' = 'User'

@description('Optional. Resource id of an existing workspace, in any resource group or subscription. Empty: one is made.')
param workspaceId string = ''

@description('Optional. Gigabytes a day after which the new workspace takes nothing more in until the next day; -1 for no cap.')
param dailyCapGb int = -1

@description('Optional. How long the rows of every table are kept: interactiveDays and totalDays.')
param retention retentions?

@description('Optional. Mail address for alerts. Empty, and no action groups: alerts are raised and nobody is told.')
param alertEmail string = ''

@description('Optional. Resource ids of existing action groups, separated by commas.')
param actionGroupIds string = ''

@description('Optional. Whether the alert rules are evaluated.')
param alertsEnabled bool = true

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

@description('Optional. Resource ids of private DNS zones, separated by commas. Empty: something else writes the addresses, for example Azure Policy.')
param privateDnsZoneIds string = ''

@description('Optional. Resource id of an existing Azure Monitor private link scope. Empty, with network isolation: one is made.')
param privateLinkScopeId string = ''

@description('Optional. Address of a prebuilt package (a zip file) that Azure itself can read, for networks into which nobody can push one.')
@secure()
param packageUri string = ''

@description('Optional. Tags of every resource.')
param tags tagsType = {}

var nameSuffix = toLower(uniqueString(subscription().id, environmentName, location))
var allTags = union(tags, { 'azd-env-name': environmentName })
// Two ways to write one id are one subscription.
var named = namesIn(toLower(subscriptionIds))
var monitored = empty(named) && empty(namesIn(managementGroupIds)) ? [subscription().subscriptionId] : named
var operators principal[] = empty(operatorPrincipalId)
  ? []
  : [{ principalId: operatorPrincipalId, principalType: operatorPrincipalType }]
var workspaceResourceId = empty(workspaceId)
  ? resourceId(
      subscription().subscriptionId,
      group.name,
      'Microsoft.OperationalInsights/workspaces',
      'log-aks-drift-${nameSuffix}'
    )
  : workspaceId
var workspaceParts = split(workspaceResourceId, '/')

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: allTags
}

resource existingWorkspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' existing = if (!empty(workspaceId)) {
  scope: resourceGroup(workspaceParts[2], workspaceParts[4])
  name: last(workspaceParts)
}

module identity 'identity.bicep' = {
  scope: group
  name: 'aks-drift-identity'
  params: { name: 'id-aks-drift-${nameSuffix}', location: location, tags: allTags }
}

module access 'access.bicep' = [
  for id in deployAccess ? monitored : []: {
    scope: subscription(id)
    name: 'aks-drift-access-${nameSuffix}'
    params: {
      principalId: identity.outputs.identity.principalId
      variant: accessVariant
      readClusterCa: readClusterCa
    }
  }
]

module workspace 'modules/workspace.bicep' = if (empty(workspaceId)) {
  scope: group
  name: 'aks-drift-workspace'
  params: {
    name: last(workspaceParts)
    location: location
    dailyCapGb: dailyCapGb
    networkIsolation: networkIsolation
    tags: allTags
  }
}

module tables 'tables.bicep' = {
  scope: resourceGroup(workspaceParts[2], workspaceParts[4])
  name: 'aks-drift-tables-${nameSuffix}'
  params: {
    workspaceName: last(workspaceParts)
    location: empty(workspaceId) ? location : existingWorkspace!.location
    ruleName: 'dcr-aks-drift-${nameSuffix}'
    publishers: concat(
      [{ principalId: identity.outputs.identity.principalId, principalType: 'ServicePrincipal' }],
      operators
    )
    retention: retention
    networkIsolation: networkIsolation
    tags: allTags
  }
  dependsOn: [workspace]
}

module app 'app.bicep' = {
  scope: group
  name: 'aks-drift'
  params: {
    location: location
    nameSuffix: nameSuffix
    identity: identity.outputs.identity
    workspaceId: workspaceResourceId
    workspaceLocation: empty(workspaceId) ? location : existingWorkspace!.location
    dataCollectionRuleId: tables.outputs.ruleId
    dataCollectionRuleImmutableId: tables.outputs.ruleImmutableId
    dataCollectionEndpointId: tables.outputs.endpointId
    logsEndpoint: tables.outputs.logsEndpoint
    subscriptionIds: join(monitored, ',')
    managementGroupIds: join(namesIn(managementGroupIds), ',')
    excludeSubscriptionIds: join(namesIn(excludeSubscriptionIds), ',')
    scans: scans
    baseline: baseline
    schedules: schedules
    readClusterCa: readClusterCa
    changedBy: changedBy
    operators: operators
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    stableOutboundIp: stableOutboundIp
    networkAddressPrefix: networkAddressPrefix
    integrationSubnetId: integrationSubnetId
    networkIsolation: networkIsolation
    privateEndpointSubnetId: privateEndpointSubnetId
    privateDnsZoneIds: namesIn(privateDnsZoneIds)
    privateLinkScopeId: privateLinkScopeId
    packageUri: packageUri
    alertEmail: alertEmail
    actionGroupIds: namesIn(actionGroupIds)
    alertsEnabled: alertsEnabled
    tags: allTags
  }
}

@description('Region.')
output AZURE_LOCATION string = location

@description('Tenant.')
output AZURE_TENANT_ID string = tenant().tenantId

@description('Resource group.')
output AZURE_RESOURCE_GROUP string = group.name

@description('Name of the function app.')
output AZURE_FUNCTION_NAME string = app.outputs.appName

@description('Object id of the monitor\'s service principal, for access.bicep.')
output MONITOR_PRINCIPAL_ID string = identity.outputs.identity.principalId

@description('Object id of who operates it; empty when nobody was named. The hook that waits for roles goes by it.')
output MONITOR_OPERATOR_PRINCIPAL_ID string = operatorPrincipalId

@description('Address that takes the rows, for `aks-drift scan --publish` and `aks-drift drill`.')
output AKS_DRIFT_LOGS_ENDPOINT string = tables.outputs.logsEndpoint

@description('Immutable id of the data collection rule.')
output AKS_DRIFT_DCR_ID string = tables.outputs.ruleImmutableId

@description('Address of the queue service, for `aks-drift request`.')
output MONITOR_QUEUE_ENDPOINT string = app.outputs.queueEndpoint

@description('Address of the blob service, for the baseline file.')
output MONITOR_BLOB_ENDPOINT string = app.outputs.blobEndpoint

@description('Resource id of the workbook.')
output MONITOR_WORKBOOK_ID string = app.outputs.workbookId

@description('The address that the app calls from; empty without a network of its own.')
output MONITOR_OUTBOUND_IP string = app.outputs.outboundIp
