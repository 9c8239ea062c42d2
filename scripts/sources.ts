import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import type { CatalogueEntry, Check } from '../shared/model/check';
import { SCANS, type Scan } from '../shared/model/scan';
import { ROOT } from './generated';

/** A framework of requirements, and which of our checks answer which of them: a file of shared/controls. */
export interface Framework {
  readonly framework: string;
  readonly title: string;
  readonly source: string;
  readonly note?: string;
  /** One without checks is manual: a person attests it. */
  readonly requirements: readonly {
    readonly id: string;
    readonly title: string;
    readonly checks: readonly string[];
  }[];
}

/** Another tool, and the ids under which it has our checks; an empty list where it names none. */
export interface Peer {
  readonly title: string;
  readonly source: string;
  readonly checks: Readonly<Record<string, readonly string[]>>;
}

/** All that the catalogue and its documentation are made of. */
export interface Sources {
  readonly checks: readonly CatalogueEntry[];
  readonly frameworks: readonly Framework[];
  /** By short name. */
  readonly peers: Readonly<Record<string, Peer>>;
}

export interface CheckFile {
  readonly scan: Scan;
  readonly id: string;
}

/** The checks that lie in the folders of the scans. */
export function checkFiles(root: string): CheckFile[] {
  return SCANS.flatMap((scan) =>
    readdirSync(join(root, 'shared/checks', scan))
      .map((file) => ({ scan, id: file.replace(/\.ts$/, '') }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
  );
}

/** The name under which a check is exported. */
export function camelCase(id: string): string {
  return id.replaceAll(/-(\w)/g, (_match, letter: string) => letter.toUpperCase());
}

/**
 * Reads the checks from their own files: the generated list of them may be out of date.
 * @throws Error when a data file names a check that does not exist.
 */
export async function readSources(): Promise<Sources> {
  const files = checkFiles(ROOT);
  const known = new Set(files.map(({ id }) => id));
  const frameworks = readdirSync(join(ROOT, 'shared/controls')).map((file) =>
    knownFramework(`shared/controls/${file}`, readJson(`shared/controls/${file}`) as Framework, known),
  );
  const peers = Object.entries(readJson('docs/peers.json') as Record<string, Peer>).map(
    ([name, peer]) => [name, knownPeer(`docs/peers.json: ${name}`, peer, known)] as const,
  );
  const checks = await Promise.all(
    files.map(async ({ scan, id }) => ({ scan, controls: controlsOf(id, frameworks), ...(await loadCheck(scan, id)) })),
  );
  return { checks, frameworks, peers: Object.fromEntries(peers) };
}

export function controlsOf(checkId: string, frameworks: readonly Framework[]): CatalogueEntry['controls'] {
  return Object.fromEntries(
    frameworks
      .map(
        ({ framework, requirements }) =>
          [framework, requirements.filter(({ checks }) => checks.includes(checkId)).map(({ id }) => id)] as const,
      )
      .filter(([, ids]) => ids.length > 0),
  );
}

/** Titles of the requirements that no check answers, by `<framework>:<id>`. */
export function manualRequirements(frameworks: readonly Framework[]): Record<string, string> {
  return Object.fromEntries(
    frameworks.flatMap(({ framework, requirements }) =>
      requirements.filter(({ checks }) => checks.length === 0).map(({ id, title }) => [`${framework}:${id}`, title]),
    ),
  );
}

function knownFramework(place: string, framework: Framework, known: ReadonlySet<string>): Framework {
  return {
    ...framework,
    requirements: framework.requirements.map((requirement) => ({
      ...requirement,
      checks: existing(place, requirement.checks, known),
    })),
  };
}

function knownPeer(place: string, peer: Peer, known: ReadonlySet<string>): Peer {
  const ids = existing(place, Object.keys(peer.checks), known);
  return { ...peer, checks: Object.fromEntries(ids.map((id) => [id, peer.checks[id] ?? []])) };
}

/** @throws Error when an id is no check's: a mistyped one would otherwise silently document nothing. */
export function existing(place: string, ids: readonly string[], known: ReadonlySet<string>): readonly string[] {
  const strangers = ids.filter((id) => !known.has(id));
  if (strangers.length > 0) {
    throw new Error(`${place}: there is no check ${[...new Set(strangers)].join(', ')}`);
  }
  return ids;
}

async function loadCheck(scan: Scan, id: string): Promise<Check> {
  const path = `shared/checks/${scan}/${id}.ts`;
  const exported = (await import(pathToFileURL(join(ROOT, path)).href)) as Record<string, Check | undefined>;
  const check = exported[camelCase(id)];
  if (check === undefined) {
    throw new Error(`${path} does not export ${camelCase(id)}`);
  }
  return check;
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(join(ROOT, file), 'utf8'));
}
