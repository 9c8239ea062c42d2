/** Lints lines as if each stood alone in a file of its layer. In a process of its own, because ESLint loads its configuration as ES modules. */
import { ESLint } from 'eslint';

export interface Line {
  /** An existing file, whose place the line takes. */
  readonly file: string;
  readonly line: string;
}

async function main(): Promise<void> {
  const lines = JSON.parse(process.argv[2] ?? '[]') as Line[];
  const eslint = new ESLint();
  const refusals: string[][] = [];
  for (const { file, line } of lines) {
    const [result] = await eslint.lintText(`${line}\n`, { filePath: file });
    const layers = (result?.messages ?? []).filter(({ ruleId }) => ruleId?.includes('no-restricted') === true);
    refusals.push(layers.map(({ message }) => message));
  }
  process.stdout.write(JSON.stringify(refusals));
}

void main();
