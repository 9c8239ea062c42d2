// The alert rules: one per query in infra/alerts, and one that watches the data collection rule.

import { alertRules } from 'alert-rules.bicep'
import { tags as tagsType } from 'types.bicep'

@description('Required. Resource id of the workspace.')
param workspaceId string

@description('Required. Region of the workspace.')
param location string

@description('Required. Resource id of the data collection rule.')
param dataCollectionRuleId string

@description('Required. Resource ids of the action groups that are told.')
param actionGroupIds string[]

@description('Required. Resource id of the workbook, where an alert sends whoever reads it.')
param workbookId string

@description('Required. Whether the rules are evaluated.')
param enabled bool

@description('Optional. Tags of every resource.')
param tags tagsType = {}

resource rules 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in alertRules: {
    name: 'aks-drift-${rule.name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: 'AKS Drift: ${rule.displayName}'
      description: rule.description
      severity: rule.severity
      enabled: enabled
      scopes: [workspaceId]
      evaluationFrequency: rule.evaluationFrequency
      windowSize: rule.windowSize
      overrideQueryTimeRange: rule.overrideQueryTimeRange
      autoMitigate: rule.autoMitigate
      muteActionsDuration: rule.muteActionsDuration
      // The tables may be minutes old, and their first rows still to come.
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: rule.query
            timeAggregation: 'Count'
            operator: rule.operator
            threshold: rule.threshold
            failingPeriods: rule.failingPeriods
            dimensions: map(rule.dimensions, name => { name: name, operator: 'Include', values: ['*'] })
          }
        ]
      }
      // An alert carries its dimensions; old and new value, actor and command stand in the rows and in the workbook.
      actions: { actionGroups: actionGroupIds, customProperties: { Rule: rule.name, Workbook: '${environment().portal}/#resource${workbookId}/workbook' } }
    }
  }
]

// Errors can be counted and not summed.
var ingestionMetrics = [
  { name: 'rows-dropped', metric: 'RowsDropped_Count', aggregation: 'Total', says: 'dropped rows' }
  { name: 'transformation-errors', metric: 'TransformationErrors_Count', aggregation: 'Count', says: 'could not transform rows' }
]

// What the data collection rule loses never becomes a row, so only its own metrics can tell.
// https://learn.microsoft.com/azure/azure-monitor/reference/supported-metrics/microsoft-insights-datacollectionrules-metrics
resource ingestion 'Microsoft.Insights/metricAlerts@2018-03-01' = [
  for item in ingestionMetrics: {
    name: 'aks-drift-ingestion-${item.name}'
    location: 'global'
    tags: tags
    properties: {
      description: 'AKS Drift: the data collection rule ${item.says}. Its columns and those of the app differ: deploy the tables before the app.'
      severity: 2
      enabled: enabled
      scopes: [dataCollectionRuleId]
      evaluationFrequency: 'PT15M'
      windowSize: 'PT1H'
      autoMitigate: true
      criteria: {
        'odata.type': 'Microsoft.Azure.Monitor.MultipleResourceMultipleMetricCriteria'
        allOf: [
          {
            criterionType: 'StaticThresholdCriterion'
            name: item.metric
            metricNamespace: 'Microsoft.Insights/dataCollectionRules'
            metricName: item.metric
            timeAggregation: item.aggregation
            operator: 'GreaterThan'
            threshold: 0
          }
        ]
      }
      actions: [for id in actionGroupIds: { actionGroupId: id }]
    }
  }
]
