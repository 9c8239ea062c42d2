import { same } from './arm-id';
import { AzureError } from './azure-error';
import { PRINCIPAL_ID } from './tokens';
import type { World } from './world';

function covers(scope: string, id: string): boolean {
  const prefix = scope.toLowerCase().replace(/\/$/, '');
  const target = id.toLowerCase();
  return target === prefix || target.startsWith(`${prefix}/`);
}

/** Whether the caller holds an RBAC action at an ARM id: everything is allowed that the world does not deny. */
export function isAllowed(world: World, id: string, action: string): boolean {
  return !world.denied.some(
    (denial) => covers(denial.scope, id) && (denial.action === '*' || same(denial.action, action)),
  );
}

/** Throws ARM's 403 when the caller lacks the action. */
export function requirePermission(world: World, id: string, action: string): void {
  if (!isAllowed(world, id, action)) {
    throw new AzureError(
      403,
      'AuthorizationFailed',
      `The client '${PRINCIPAL_ID}' with object id '${PRINCIPAL_ID}' does not have authorization to perform action '${action}' over scope '${id}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
    );
  }
}
