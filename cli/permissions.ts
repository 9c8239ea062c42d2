import { PERMISSIONS } from '../shared/run/permissions';
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
  return [
    ...section(
      'Needed on each subscription',
      ['Action', 'For', 'Why'],
      PERMISSIONS.map(({ action, usedBy, why, optional }) => [
        optional ? `${action} (optional)` : action,
        usedBy.join(', '),
        why,
      ]),
    ),
    'The built-in roles Reader and Security Reader together hold every read of this list.',
    '',
  ].join('\n');
}
