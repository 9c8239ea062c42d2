metadata name = 'Tables'
metadata description = 'The three tables and the data collection rule that fills them. Deploy it in the resource group of the workspace, which may be in any subscription.'

import { builtInRoles } from 'modules/roles.bicep'
import { principal, tags as tagsType } from 'modules/types.bicep'

@description('How long the rows of a table are kept. https://learn.microsoft.com/azure/azure-monitor/logs/data-retention-configure')
type tableRetention = {
  @description('Required. Days in which queries, alerts and workbook see a row.')
  @minValue(4)
  @maxValue(730)
  interactiveDays: int

  @description('Required. Days after which a row is gone; up to then a search job finds it. Above 730 whole years only: 1095, 1460, 1826, 2191, 2556, 2922, 3288, 3653, 4018, 4383.')
  @minValue(4)
  @maxValue(4383)
  totalDays: int
}

@export()
@description('Both retention values of every table.')
type retentions = {
  @description('Required. Drift events.')
  AksDrift_CL: tableRetention

  @description('Required. The state of every check on every subject.')
  AksCompliance_CL: tableRetention

  @description('Required. Runs of the monitor.')
  AksMonitorRun_CL: tableRetention
}

@description('Required. Name of the workspace.')
param workspaceName string

@description('Required. Region of the workspace; the rule must be in the same.')
param location string

@description('Optional. How long rows are kept. Thirteen months of drift and compliance let a yearly review look back to the one before.')
param retention retentions = {
  AksDrift_CL: { interactiveDays: 400, totalDays: 400 }
  AksCompliance_CL: { interactiveDays: 400, totalDays: 400 }
  AksMonitorRun_CL: { interactiveDays: 90, totalDays: 90 }
}

@description('Required. Name of the data collection rule.')
param ruleName string

@description('Optional. Who may send rows: the monitor\'s service principal, and the operators who use `aks-drift drill` or `scan --publish`.')
param publishers principal[] = []

@description('Optional. Whether rows from public networks are refused. They then go through a data collection endpoint that a private link scope opens; else to the rule\'s own address.')
param networkIsolation bool = false

@description('Optional. Tags of every resource.')
param tags tagsType = {}

var schemas = [
  loadJsonContent('schema/AksDrift_CL.json')
  loadJsonContent('schema/AksCompliance_CL.json')
  loadJsonContent('schema/AksMonitorRun_CL.json')
]

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' existing = {
  name: workspaceName
}

// One after the other: a workspace takes one change of its tables at a time.
@batchSize(1)
resource tables 'Microsoft.OperationalInsights/workspaces/tables@2025-07-01' = [
  for schema in schemas: {
    parent: workspace
    name: schema.name
    properties: {
      plan: 'Analytics'
      retentionInDays: retention[schema.name].interactiveDays
      totalRetentionInDays: retention[schema.name].totalDays
      schema: {
        name: schema.name
        description: schema.description
        columns: [
          for column in schema.columns: {
            name: column.name
            // Tables write the type of a moment with another letter case than streams do.
            type: column.type == 'datetime' ? 'dateTime' : column.type
          }
        ]
      }
    }
  }
]

resource endpoint 'Microsoft.Insights/dataCollectionEndpoints@2023-03-11' = if (networkIsolation) {
  name: ruleName
  location: location
  tags: tags
  properties: { networkAcls: { publicNetworkAccess: 'Disabled' } }
}

resource rule 'Microsoft.Insights/dataCollectionRules@2024-03-11' = {
  name: ruleName
  location: location
  tags: tags
  // A rule of this kind has a public address of its own, which isolation must not leave open.
  kind: networkIsolation ? null : 'Direct'
  properties: {
    dataCollectionEndpointId: networkIsolation ? endpoint.id : null
    streamDeclarations: toObject(schemas, schema => 'Custom-${schema.name}', schema => { columns: schema.columns })
    destinations: {
      logAnalytics: [{ name: 'workspace', workspaceResourceId: workspace.id }]
    }
    dataFlows: [
      for schema in schemas: {
        streams: ['Custom-${schema.name}']
        destinations: ['workspace']
        transformKql: 'source'
        outputStream: 'Custom-${schema.name}'
      }
    ]
  }
  dependsOn: [tables]
}

resource publisherRoles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for publisher in publishers: {
    scope: rule
    name: guid(rule.id, publisher.principalId, builtInRoles.monitoringMetricsPublisher)
    properties: {
      principalId: publisher.principalId
      principalType: publisher.principalType
      roleDefinitionId: subscriptionResourceId(
        'Microsoft.Authorization/roleDefinitions',
        builtInRoles.monitoringMetricsPublisher
      )
    }
  }
]

@description('Resource id of the data collection rule.')
output ruleId string = rule.id

@description('Immutable id of the rule, AKS_DRIFT_DCR_ID.')
output ruleImmutableId string = rule.properties.immutableId

@description('Address that takes the rows, AKS_DRIFT_LOGS_ENDPOINT.')
output logsEndpoint string = networkIsolation
  ? endpoint!.properties.logsIngestion.endpoint
  : rule.properties.endpoints.logsIngestion

@description('Resource id of the data collection endpoint; empty without network isolation.')
output endpointId string = networkIsolation ? endpoint.id : ''
