/** Access to a subscription, to a management group, and to a subscription of another tenant; the last two are deployed by themselves, outside of main.json. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT, type Body, type Deployment } from './arm-template';
import { all, deployedAccess, only, ROLE_NAMES } from './azure';

const ROLE = JSON.parse(readFileSync(join(ROOT, 'infra/role.json'), 'utf8')) as Record<string, string[]>;
const DEFINITIONS = 'Microsoft.Authorization/roleDefinitions';
const READERS = ['Reader', 'Security Reader'].map((role) => ['the-principal', role]);

/** Who gets which built-in role. */
function given(roles: readonly Record<string, string>[]): (string | undefined)[][] {
  return roles.map(({ principalId, roleDefinitionId }) => [
    principalId,
    ROLE_NAMES[roleDefinitionId?.split('/').at(-1) ?? ''],
  ]);
}

describe.each([
  ['a subscription', 'access', '/subscriptions/11111111-1111-1111-1111-111111111111'],
  ['a management group', 'access-management-group', '/providers/Microsoft.Management/managementGroups/mg-platform'],
] as const)('access to %s', (_, template, scope) => {
  const deployedWith = (parameters: Body = {}): Deployment =>
    deployedAccess(template, { principalId: 'the-principal', ...parameters });
  const assigned = (deployment: Deployment): Record<string, string>[] =>
    all(deployment, 'Microsoft.Authorization/roleAssignments').map(
      ({ body }) => body.properties as Record<string, string>,
    );

  it.each([
    [false, ROLE.actions],
    [true, [...(ROLE.actions ?? []), ...(ROLE.optionalActions ?? [])]],
  ])('is the role of infra/role.json; readClusterCa: %s', (readClusterCa, actions) => {
    expect(only(deployedWith({ readClusterCa }), DEFINITIONS)).toMatchObject({
      assignableScopes: [scope],
      permissions: [{ actions, notActions: [], dataActions: [], notDataActions: [] }],
    });
  });

  it('is given to the monitor and to nobody else', () => {
    const deployment = deployedWith();
    const [definition] = all(deployment, DEFINITIONS);

    expect(assigned(deployment)).toEqual([
      {
        principalId: 'the-principal',
        principalType: 'ServicePrincipal',
        roleDefinitionId: `${scope}/providers/${DEFINITIONS}/${definition?.name ?? ''}`,
      },
    ]);
  });

  it('is a role of its own for each monitor, which the other cannot change', () => {
    const rolesOf = (principalId: string): unknown[] =>
      all(deployedWith({ principalId }), DEFINITIONS).flatMap(({ name, body }) => [
        name,
        (body.properties as Body).roleName,
      ]);
    const [a, b] = [rolesOf('aaaaaaaa-0000'), rolesOf('bbbbbbbb-0000')];

    expect(a[0]).not.toBe(b[0]);
    expect([a[1], b[1]]).toEqual(
      ['aaaaaaaa', 'bbbbbbbb'].map((mark) => `AKS Drift Monitor ${mark} (${scope.split('/').at(-1) ?? ''})`),
    );
  });

  it('is Reader and Security Reader where custom roles are not wanted', () => {
    const deployment = deployedWith({ variant: 'builtIn' });

    expect(all(deployment, DEFINITIONS)).toEqual([]);
    expect(given(assigned(deployment))).toEqual(READERS);
    expect(assigned(deployment).map(({ principalType }) => principalType)).toEqual(
      READERS.map(() => 'ServicePrincipal'),
    );
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
