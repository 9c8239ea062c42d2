/** What is deployed before what: tables, data collection rule, app, alert rules, so that an upgrade loses no row. */
import { compiled, nestedIn, type Body, type Template } from './arm-template';

const MAIN = compiled('main');

function declared(template: Template, symbol: string): Body {
  return (template.resources as Readonly<Record<string, Body>>)[symbol] ?? {};
}

/** The template of a module, below main.json: `app/app`; main.json itself: an empty path. */
function templateAt(path: string): Template {
  return path === '' ? MAIN : path.split('/').reduce(nestedIn, MAIN);
}

it.each([
  ['tables', 'rule', 'tables'],
  ['', 'app', 'tables'],
  ['app', 'alerts', 'app'],
  // The app cannot start without its storage, nor take a package before its settings.
  ['app', 'app', 'storageEndpoints'],
  ['app/app', 'app::package', 'app::appSettings'],
  // A private address for a scope that holds nothing yet would cut the networks off.
  ['app', 'privateLinkMembers', 'privateLinkScope'],
  ['app', 'monitorEndpoint', 'privateLinkMembers'],
  ['app/storage', 'account::lifecycle', 'account::blobs'],
])('%s: %s comes after %s', (path, later, earlier) => {
  expect(declared(templateAt(path), later).dependsOn).toContain(earlier);
});

it.each([
  ['tables', 'tables'],
  ['app/privateLinkMembers', 'members'],
])('%s: %s are changed one after the other', (path, symbol) => {
  expect(declared(templateAt(path), symbol).copy).toMatchObject({ mode: 'serial', batchSize: 1 });
});
