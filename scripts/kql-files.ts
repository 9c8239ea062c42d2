import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

import { ROOT } from './generated';

const INCLUDE = /\{\{([\w-]+)\}\}/g;

/** Heads that are no files, by name. */
export type GeneratedHeads = Readonly<Record<string, string>>;

/** The KQL files below a folder. What several share lies in its folder `heads`, and stands in their text as `{{name}}`. */
export class KqlFiles {
  private readonly files: ReadonlyMap<string, string>;
  private readonly used = new Set<string>();

  constructor(private readonly folder: string) {
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.kql'));
    this.files = new Map(names.sort().map((name) => [name, readFileSync(join(folder, name), 'utf8').trim()]));
  }

  /**
   * A file with its heads in place.
   * @param referrer what asks for it, for errors; itself when nobody does.
   * @throws Error that names the place: the file does not exist, or a head does not.
   */
  read(file: string, generated: GeneratedHeads, referrer = this.pathOf(file)): string {
    const text = this.files.get(file);
    if (text === undefined) {
      throw new Error(`${referrer}: there is no ${this.pathOf(file)}`);
    }
    this.used.add(file);
    return this.include(text, generated, this.pathOf(file));
  }

  /** Puts heads in place in a text; `place` names it in errors. */
  include(text: string, generated: GeneratedHeads, place: string): string {
    return text.replaceAll(INCLUDE, (_match, name: string) => {
      const written = generated[name];
      return written === undefined
        ? this.read(`heads/${name}.kql`, generated, place)
        : this.include(written, generated, place);
    });
  }

  /** The paths of the files that nothing has read yet. */
  unused(): string[] {
    return [...this.files.keys()].filter((file) => !this.used.has(file)).map((file) => this.pathOf(file));
  }

  /** As errors name it. */
  pathOf(file: string): string {
    return relative(ROOT, join(this.folder, file));
  }
}
