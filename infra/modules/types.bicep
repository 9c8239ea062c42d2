// Types that several templates use.

@export()
@description('Tags of a resource.')
type tags = { *: string }

@export()
@description('Somebody who gets a role.')
type principal = {
  @description('Required. Object id in Microsoft Entra ID.')
  principalId: string

  @description('Required. Kind of principal.')
  principalType: 'User' | 'Group' | 'ServicePrincipal'
}

@export()
@description('How the monitor may read: with a custom role that allows what the collectors ask for, or with Reader and Security Reader.')
type roleVariant = 'custom' | 'builtIn'

@export()
@description('A user-assigned identity, as `az identity create` prints it.')
type identity = {
  @description('Required. Resource id.')
  id: string

  @description('Required. Object id of its service principal.')
  principalId: string

  @description('Required. Client id.')
  clientId: string
}

@export()
@description('When the scans run: NCRONTAB with six fields, UTC, at least once a day.')
type schedules = {
  @description('Optional. The configuration scan; its timer also tells which scans are overdue.')
  configuration: string?

  @description('Optional. The node-images scan.')
  nodeImages: string?

  @description('Optional. The certificates scan.')
  certificates: string?

  @description('Optional. The policy scan.')
  policy: string?

  @description('Optional. The defender scan.')
  defender: string?
}
