// The account of the app: its package, the state, the queues, and what the Functions host keeps for itself.

import { builtInRoles } from 'roles.bicep'
import { principal, tags as tagsType } from 'types.bicep'

@description('Required. Name of the account.')
@minLength(3)
@maxLength(24)
param name string

@description('Required. Region.')
param location string

@description('Required. Object id of the monitor\'s service principal.')
param principalId string

@description('Optional. Who may put scan requests on the queue and write the baseline file.')
param operators principal[] = []

@description('Required. Whether public networks are refused.')
param networkIsolation bool

@description('Optional. Tags of every resource.')
param tags tagsType = {}

var stateContainer = 'aks-drift-state'

var blobActions = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs'

// The blobs that the monitor itself writes into the state container: shared/state/store.ts, shared/run/wiring.ts, shared/run/known-subscriptions.ts.
// shared/config/settings.ts takes none of them for the baseline file.
var writableBlobs = ['*/*.jsonl.gz', 'baseline/last-good', 'subscriptions.json']

var writes = [
  'write'
  'add/action'
  'delete'
  'deleteBlobVersion/action'
  'permanentDelete/action'
  'move/action'
  'tags/write'
]
var isNoWrite = join(map(writes, action => '!(ActionMatches{\'${blobActions}/${action}\'})'), ' AND ')
var isElsewhere = '@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringNotEquals \'${stateContainer}\''
var isOwnBlob = join(map(writableBlobs, path => '@Resource[${blobActions}:path] StringLike \'${path}\''), ' OR ')

resource account 'Microsoft.Storage/storageAccounts@2025-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  properties: {
    accessTier: 'Hot'
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: networkIsolation ? 'Disabled' : 'Enabled'
    // The rule that deletes old versions is a trusted service, which a closed firewall would keep out.
    // https://learn.microsoft.com/azure/storage/blobs/lifecycle-management-overview
    networkAcls: { bypass: 'AzureServices', defaultAction: networkIsolation ? 'Deny' : 'Allow' }
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      isVersioningEnabled: true
      deleteRetentionPolicy: { enabled: true, days: 14 }
      containerDeleteRetentionPolicy: { enabled: true, days: 14 }
    }

    resource deployment 'containers' = { name: 'deployment' }

    resource state 'containers' = { name: stateContainer }
  }

  resource queues 'queueServices' = {
    name: 'default'

    resource scanRequests 'queues' = { name: 'scan-requests' }

    resource poison 'queues' = { name: 'scan-requests-poison' }
  }

  // Every save of a state leaves a version behind.
  resource lifecycle 'managementPolicies' = {
    name: 'default'
    properties: {
      policy: {
        rules: [
          {
            name: 'old-versions'
            type: 'Lifecycle'
            definition: {
              filters: { blobTypes: ['blockBlob'] }
              actions: { version: { delete: { daysAfterCreationGreaterThan: 14 } } }
            }
          }
        ]
      }
    }
    dependsOn: [blobs]
  }
}

resource blobRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: account
  name: guid(account.id, principalId, builtInRoles.storageBlobDataOwner)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      builtInRoles.storageBlobDataOwner
    )
    // The host needs its own containers, so the role is the account's; in the state container the monitor writes its own blobs and
    // no other. So it cannot write the baseline file that says what it expects.
    // https://learn.microsoft.com/azure/storage/blobs/storage-auth-abac-examples
    condition: '((${isNoWrite}) OR (${isElsewhere}) OR (${isOwnBlob}))'
    conditionVersion: '2.0'
  }
}

// The host's own bookkeeping: queues for triggers, tables for its diagnostic events.
// https://learn.microsoft.com/azure/azure-functions/functions-reference#connecting-to-host-storage-with-an-identity
resource hostRoles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in [builtInRoles.storageQueueDataContributor, builtInRoles.storageTableDataContributor]: {
    scope: account
    name: guid(account.id, principalId, role)
    properties: {
      principalId: principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
    }
  }
]

resource requestRoles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for operator in operators: {
    scope: account::queues::scanRequests
    name: guid(account::queues::scanRequests.id, operator.principalId, builtInRoles.storageQueueDataMessageSender)
    properties: {
      principalId: operator.principalId
      principalType: operator.principalType
      roleDefinitionId: subscriptionResourceId(
        'Microsoft.Authorization/roleDefinitions',
        builtInRoles.storageQueueDataMessageSender
      )
    }
  }
]

resource baselineRoles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for operator in operators: {
    scope: account::blobs::state
    name: guid(account::blobs::state.id, operator.principalId, builtInRoles.storageBlobDataContributor)
    properties: {
      principalId: operator.principalId
      principalType: operator.principalType
      roleDefinitionId: subscriptionResourceId(
        'Microsoft.Authorization/roleDefinitions',
        builtInRoles.storageBlobDataContributor
      )
    }
  }
]

@description('Resource id of the account.')
output id string = account.id

@description('Address of the container that holds the package of the app.')
output deploymentContainer string = '${account.properties.primaryEndpoints.blob}deployment'

@description('Address of the blob service.')
output blobEndpoint string = account.properties.primaryEndpoints.blob

@description('Address of the queue service.')
output queueEndpoint string = account.properties.primaryEndpoints.queue

@description('Address of the table service.')
output tableEndpoint string = account.properties.primaryEndpoints.table
