import type { Permission } from '../shared/model/permission';
import { OPERATOR_ROLES, PERMISSIONS } from '../shared/run/permissions';
import { roleModule } from './role-module';
import { section } from './table';

export interface PermissionsOptions {
  readonly json?: true;
  readonly bicep?: true;
}

/** Prints the role that the monitor needs on what it scans, and why. */
export function permissions({ json, bicep }: PermissionsOptions): void {
  if (json === true) {
    const listed = PERMISSIONS.map(({ action, usedBy, why, optional }) => ({ action, usedBy, why, optional }));
    process.stdout.write(`${JSON.stringify(listed, null, 2)}\n`);
    return;
  }
  process.stdout.write(bicep === true ? roleModule(PERMISSIONS) : rendered());
}

function rendered(): string {
  const isOfGroup = ({ action }: Permission): boolean => action.startsWith('Microsoft.Management/');
  return [
    ...listed(
      'Needed on each subscription',
      PERMISSIONS.filter((permission) => !isOfGroup(permission)),
    ),
    ...listed('Needed on each management group that the settings name', PERMISSIONS.filter(isOfGroup)),
    'The built-in roles Reader and Security Reader together hold every read of this list. Neither holds queryResults/action:',
    'where Azure asks for it, the policy scan says "forbidden".',
    '',
    'Who operates a deployment needs two roles more:',
    ...OPERATOR_ROLES.map(({ role, on, commands }) => `  ${role} on ${on}, for ${commands.join(' and ')}`),
    '',
  ].join('\n');
}

function listed(title: string, permissions: readonly Permission[]): string[] {
  return section(
    title,
    ['Action', 'For', 'Why'],
    permissions.map(({ action, usedBy, why, optional }) => [
      optional ? `${action} (optional)` : action,
      usedBy.join(', '),
      why,
    ]),
  );
}
