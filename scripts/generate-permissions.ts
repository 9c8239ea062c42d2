import type { CatalogueEntry } from '../shared/model/check';
import type { Permission } from '../shared/model/permission';
import { PERMISSIONS } from '../shared/run/permissions';
import { checkLink } from './check-words';
import { GENERATED_MARKDOWN } from './generated';
import { blocks, code, codeBlock, heading, prose, table } from './markdown';
import type { Sources } from './sources';

/** The role that the Bicep creates, and the page that explains it. */
export function generatePermissions({ checks }: Pick<Sources, 'checks'>): Map<string, string> {
  return new Map([
    ['infra/role.json', JSON.stringify(role(PERMISSIONS))],
    ['docs/permissions.md', page(PERMISSIONS, checks)],
  ]);
}

function role(permissions: readonly Permission[]): { actions: string[]; optionalActions: string[] } {
  const listed = (optional: boolean): string[] =>
    permissions.filter((permission) => permission.optional === optional).map(({ action }) => action);
  return { actions: listed(false), optionalActions: listed(true) };
}

function page(permissions: readonly Permission[], checks: readonly CatalogueEntry[]): string {
  return blocks(
    GENERATED_MARKDOWN,
    heading(1, 'Permissions'),
    'What the identity of the monitor needs on each subscription that it scans. All of it reads; nothing writes. ' +
      'The collectors declare it, and a test holds the declarations against the requests that they make.',
    table(
      ['Action', 'For', 'Why', 'Without it'],
      permissions.map((permission) => [
        code(permission.action) + (permission.optional ? ' (optional)' : ''),
        permission.usedBy.map(code).join(', '),
        prose(permission.why),
        lostWithout(permission, checks),
      ]),
    ),
    'What is `unknown` for want of a permission passes no check, fails none and resolves none. The run row names the section, the subscription and the reason `forbidden`.',
    'An optional action is left out of the role unless somebody asks for it.',
    heading(2, 'The role'),
    `${code('infra/role.json')} holds these actions; the deployment makes a custom role of them. On its own:`,
    codeBlock('sh', ROLE_COMMANDS),
    heading(2, 'Built-in roles in its place'),
    'The roles Reader and Security Reader together hold every read of this list, and much else. Neither holds the `queryResults/action` of Azure Policy: ' +
      'where Azure asks for it, the policy scan says `forbidden`. ' +
      'Azure Lighthouse takes built-in roles only, so they are also the way to scan the subscriptions of another tenant.',
  );
}

const ROLE_COMMANDS = [
  'npx aks-drift permissions --bicep > role.bicep',
  'az deployment sub create --location <region> --template-file role.bicep',
].join('\n');

/** Unread, what needs a section is unknown, and what uses it decides with less. */
function lostWithout({ usedBy, without }: Permission, checks: readonly CatalogueEntry[]): string {
  const links = (of: (check: CatalogueEntry) => readonly string[]): string =>
    checks
      .filter((check) => usedBy.some((name) => of(check).includes(name)))
      .map(({ id }) => checkLink(id, 'checks/'))
      .join(', ');
  const unknown = links(({ needs }) => needs);
  const poorer = links(({ uses }) => uses);
  return [
    ...(without === null ? [] : [prose(without)]),
    ...(unknown === '' ? [] : [`Unknown: ${unknown}.`]),
    ...(poorer === '' ? [] : [`Judged with less: ${poorer}.`]),
  ].join(' ');
}
