/** What is deployed by itself, outside of main.json: access to a management group, and to a subscription of another tenant. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT, type Body, type Deployment } from './arm-template';
import { all, deployedAccess, only, ROLE_NAMES } from './azure';

const ROLE = JSON.parse(readFileSync(join(ROOT, 'infra/role.json'), 'utf8')) as Record<string, string[]>;
const GROUP = '/providers/Microsoft.Management/managementGroups/mg-platform';
const DEFINITIONS = 'Microsoft.Authorization/roleDefinitions';
const READERS = ['Reader', 'Security Reader'].map((role) => ['the-principal', role]);

/** Who gets which built-in role. */
function given(roles: readonly Record<string, string>[]): (string | undefined)[][] {
  return roles.map(({ principalId, roleDefinitionId }) => [
    principalId,
    ROLE_NAMES[roleDefinitionId?.split('/').at(-1) ?? ''],
  ]);
}

describe('access to a management group', () => {
  const onGroup = (parameters: Body = {}): Deployment =>
    deployedAccess('access-management-group', { principalId: 'the-principal', ...parameters });
  const assigned = (deployment: Deployment): Record<string, string>[] =>
    all(deployment, 'Microsoft.Authorization/roleAssignments').map(
      ({ body }) => body.properties as Record<string, string>,
    );

  it.each([
    [false, ROLE.actions],
    [true, [...(ROLE.actions ?? []), ...(ROLE.optionalActions ?? [])]],
  ])('is the role of infra/role.json; readClusterCa: %s', (readClusterCa, actions) => {
    expect(only(onGroup({ readClusterCa }), DEFINITIONS)).toMatchObject({
      assignableScopes: [GROUP],
      permissions: [{ actions, notActions: [], dataActions: [], notDataActions: [] }],
    });
  });

  it('is given to the monitor and to nobody else', () => {
    const deployment = onGroup();
    const [definition] = all(deployment, DEFINITIONS);

    expect(assigned(deployment)).toEqual([
      {
        principalId: 'the-principal',
        principalType: 'ServicePrincipal',
        roleDefinitionId: `${GROUP}/providers/${DEFINITIONS}/${definition?.name ?? ''}`,
      },
    ]);
  });

  it('is Reader and Security Reader where custom roles are not wanted', () => {
    const deployment = onGroup({ variant: 'builtIn' });

    expect(all(deployment, DEFINITIONS)).toEqual([]);
    expect(given(assigned(deployment))).toEqual(READERS);
  });
});

describe('access from another tenant', () => {
  const REGISTRATION = 'Microsoft.ManagedServices/registrationDefinitions';
  const parameters = { managingTenantId: 'the-tenant', principalId: 'the-principal' };
  const deployment = deployedAccess('access-lighthouse', parameters);

  it('is Reader and Security Reader for the monitor, and nothing else', () => {
    const { managedByTenantId, authorizations, ...rest } = only(deployment, REGISTRATION) as unknown as {
      managedByTenantId: string;
      authorizations: Record<string, string>[];
    };

    expect(managedByTenantId).toBe('the-tenant');
    expect(given(authorizations)).toEqual(READERS);
    // No access that is activated later, and none that lets the monitor give roles away.
    expect(Object.keys(rest).sort()).toEqual(['description', 'registrationDefinitionName']);
    expect(JSON.stringify(authorizations)).not.toContain('delegatedRoleDefinitionIds');
  });

  it('is assigned', () => {
    const [definition] = all(deployment, REGISTRATION);

    expect(only(deployment, 'Microsoft.ManagedServices/registrationAssignments').registrationDefinitionId).toMatch(
      new RegExp(`/registrationDefinitions/${definition?.name ?? ''}$`),
    );
  });
});
