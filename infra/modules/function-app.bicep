// The function app: plan, site, settings, telemetry.

import { builtInRoles } from 'roles.bicep'
import { identity as identityType, tags as tagsType } from 'types.bicep'

@description('Required. Name of the app.')
param name string

@description('Required. Region.')
param location string

@description('Required. The user-assigned identity that the app runs as.')
param identity identityType

@description('Required. Resource id of the workspace that takes the app\'s own telemetry.')
param workspaceId string

@description('Required. FlexConsumption, or Dedicated where a cloud has no Flex Consumption. Allowed: FlexConsumption, Dedicated.')
param hostingPlan 'FlexConsumption' | 'Dedicated'

@description('Required. Major version of Node.js.')
param nodeVersion string

@description('Required. Megabytes of an instance of Flex Consumption. Allowed: 512, 2048, 4096.')
param instanceMemoryMB 512 | 2048 | 4096

@description('Required. Instances at most, so that the load on Azure\'s own limits is bounded. Flex Consumption takes no bound below 40.')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int

@description('Required. Address of the container that holds the package.')
param deploymentContainer string

@description('Required. App settings that the monitor reads; the host\'s own are added here.')
param settings { *: string }

@description('Optional. Resource id of the subnet that the app sends from; delegated to Microsoft.App/environments (FlexConsumption) or Microsoft.Web/serverFarms (Dedicated).')
param integrationSubnetId string = ''

@description('Required. Whether public networks are refused.')
param networkIsolation bool

@description('Optional. Address of a prebuilt package (a zip file) that Azure itself can read; for networks into which nobody can push one.')
@secure()
param packageUri string = ''

@description('Optional. Tags of every resource.')
param tags tagsType = {}

var isFlex = hostingPlan == 'FlexConsumption'
var publicNetworkAccess = networkIsolation ? 'Disabled' : 'Enabled'

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: name
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspaceId
    DisableLocalAuth: true
    publicNetworkAccessForIngestion: publicNetworkAccess
    publicNetworkAccessForQuery: publicNetworkAccess
  }
}

resource telemetryRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: insights
  name: guid(insights.id, identity.principalId, builtInRoles.monitoringMetricsPublisher)
  properties: {
    principalId: identity.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      builtInRoles.monitoringMetricsPublisher
    )
  }
}

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: name
  location: location
  tags: tags
  kind: isFlex ? 'functionapp' : 'linux'
  sku: isFlex ? { name: 'FC1', tier: 'FlexConsumption' } : { name: 'B1', tier: 'Basic', capacity: 1 }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  // azd finds the app of a service by this tag.
  tags: union(tags, { 'azd-service-name': 'monitor' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    publicNetworkAccess: publicNetworkAccess
    clientAffinityEnabled: false
    virtualNetworkSubnetId: empty(integrationSubnetId) ? null : integrationSubnetId
    // Flex Consumption sends everything that way, and has no switch for it.
    outboundVnetRouting: isFlex || empty(integrationSubnetId) ? null : { allTraffic: true }
    siteConfig: union(
      { minTlsVersion: '1.2', scmMinTlsVersion: '1.2', http20Enabled: true },
      // Flex Consumption refuses these: it has no FTP, and its runtime stands in functionAppConfig.
      // https://learn.microsoft.com/azure/azure-functions/functions-app-settings#flex-consumption-plan-deprecations
      // Without alwaysOn a timer of a plan that never scales to zero would fall asleep with the app.
      isFlex ? {} : { ftpsState: 'Disabled', alwaysOn: true, linuxFxVersion: 'Node|${nodeVersion}' }
    )
    functionAppConfig: isFlex
      ? {
          deployment: {
            storage: {
              type: 'blobContainer'
              value: deploymentContainer
              authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identity.id }
            }
          }
          scaleAndConcurrency: { instanceMemoryMB: instanceMemoryMB, maximumInstanceCount: maximumInstanceCount }
          runtime: { name: 'node', version: nodeVersion }
        }
      : null
  }

  resource appSettings 'config' = {
    name: 'appsettings'
    properties: union(
      settings,
      {
        AZURE_CLIENT_ID: identity.clientId
        AzureWebJobsStorage__credential: 'managedidentity'
        AzureWebJobsStorage__clientId: identity.clientId
        APPLICATIONINSIGHTS_CONNECTION_STRING: insights.properties.ConnectionString
        APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identity.clientId};Authorization=AAD'
      },
      // Flex Consumption has these in functionAppConfig, and refuses them here.
      isFlex
        ? {}
        : { FUNCTIONS_EXTENSION_VERSION: '~4', FUNCTIONS_WORKER_RUNTIME: 'node', WEBSITE_RUN_FROM_PACKAGE: '1' }
    )
  }

  // Passwords for deployment are off; what deploys signs in with Microsoft Entra ID.
  resource ftpPassword 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource scmPassword 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }

  // https://learn.microsoft.com/azure/azure-functions/functions-infrastructure-as-code#deployment-package
  resource package 'extensions' = if (!empty(packageUri)) {
    name: 'onedeploy'
    #disable-next-line BCP187 // The type of this resource does not list its properties.
    properties: isFlex ? { packageUri: packageUri, remoteBuild: false } : { packageUri: packageUri, type: 'zip' }
    dependsOn: [appSettings]
  }
}

@description('Name of the app.')
output name string = app.name

@description('Resource id of the app.')
output id string = app.id

@description('Resource id of its Application Insights.')
output insightsId string = insights.id
