import type { CatalogueEntry } from '../shared/model/check';
import type { Permission } from '../shared/model/permission';
import { OPERATOR_ROLES, PERMISSIONS } from '../shared/run/permissions';
import { checkLink } from './check-words';
import { GENERATED_MARKDOWN } from './generated';
import { blocks, bullets, code, codeBlock, heading, link, prose, table } from './markdown';
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
    'What the identity of the monitor needs on each subscription that it scans (`Microsoft.Management/…` on the management groups that the settings name). All of it reads; nothing writes. ' +
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
    `The module defines the role and assigns it to nobody, which the last command does; ${code('<mark>')} is the first 8 characters of the principal id. ${link(code('infra/access.bicep'), '../infra/access.bicep')} does both at once.`,
    'In a clone of the repository, after `npm ci && npm run build`. (`--no-install` because outside of one npx asks the registry for a package of that name, which is not this one.)',
    heading(2, 'Built-in roles in its place'),
    'The roles Reader and Security Reader together hold every read of this list, and much else. Neither holds the `queryResults/action` of Azure Policy: ' +
      'where Azure asks for it, the policy scan says `forbidden`. ' +
      'Azure Lighthouse takes built-in roles only, so they are also the way to scan the subscriptions of another tenant.',
    heading(2, 'Who operates a deployment'),
    'Two built-in roles, which the deployment gives to the operators that it is told:',
    bullets(OPERATOR_ROLES.map(({ role, on, commands }) => `${role} on ${on}: ${commands.map(code).join(', ')}`)),
  );
}

const ROLE_COMMANDS = [
  'npx --no-install aks-drift permissions --bicep > role.bicep',
  'az deployment sub create --location <region> --template-file role.bicep --parameters principalId=<principalId>',
  'az role assignment create --assignee <principalId> --role "AKS Drift Monitor <mark> (<id>)" --scope /subscriptions/<id>',
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
