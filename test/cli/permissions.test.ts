import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import { openBench } from '../support/cli';

/** Version 1 of the contract: no key less and none more. */
const permissionsSchema = z.array(
  z.strictObject({
    action: z.string().regex(/^Microsoft\.\w+\/.+\/(read|action)$/),
    usedBy: z.array(z.string()).min(1),
    why: z.string().min(1),
    optional: z.boolean(),
  }),
);

const role = JSON.parse(readFileSync(join(__dirname, '../../infra/role.json'), 'utf8')) as {
  actions: string[];
  optionalActions: string[];
};

describe('permissions', () => {
  it('as JSON holds the actions of the role that the deployment makes', async () => {
    const bench = await openBench();
    const { code, stdout } = await bench.run(['permissions', '--json']);
    const listed = permissionsSchema.parse(JSON.parse(stdout));
    const actions = (optional: boolean): string[] =>
      listed.filter((permission) => permission.optional === optional).map(({ action }) => action);

    expect(code).toBe(0);
    expect({ actions: actions(false), optionalActions: actions(true) }).toEqual(role);
    expect(bench.simulator.requests).toEqual([]);
  });

  it('as Bicep defines a role at subscription scope, with the optional action apart', async () => {
    const bench = await openBench();
    const { code, stdout } = await bench.run(['permissions', '--bicep']);
    const listOf = (name: string): string[] =>
      [...(new RegExp(`var ${name} = \\[\\n(.*?)\\n\\]`, 's').exec(stdout)?.[1] ?? '').matchAll(/'(.+)'/g)].map(
        ([, action = '']) => action,
      );

    expect(code).toBe(0);
    expect(stdout).toMatch(/^targetScope = 'subscription'$/m);
    expect({ actions: listOf('actions'), optionalActions: listOf('optionalActions') }).toEqual(role);
  });

  it('as Bicep is the role that the infrastructure assigns, not another one', async () => {
    const bench = await openBench();
    const { stdout } = await bench.run(['permissions', '--bicep']);
    const access = readFileSync(join(__dirname, '../../infra/access.bicep'), 'utf8');
    const identity = /^ +(?:name: guid\(.*'aks-drift-monitor'\)|roleName: .*|description: .*)$/gm;
    const lines = [...stdout.matchAll(identity)].map(([line]) => line.trim());

    expect(lines).toHaveLength(3);
    expect(lines.filter((line) => !access.includes(line))).toEqual([]);
    expect(stdout).toMatch(/^param principalId string$/m);
  });

  it('as a table names every action with its reason', async () => {
    const bench = await openBench();
    const { code, stdout } = await bench.run(['permissions']);

    expect(code).toBe(0);
    expect([...role.actions, ...role.optionalActions].filter((action) => !stdout.includes(action))).toEqual([]);
    expect(stdout).toMatch(/managedClusters\/read +clusters +Lists the clusters/);
  });

  it('as a table tells what counts elsewhere: on management groups, for operators, and not by Reader', async () => {
    const bench = await openBench();
    const { stdout } = await bench.run(['permissions']);
    const [, onSubscriptions = '', onGroups = ''] = stdout.split(/^Needed on each .*$/m);

    expect([onSubscriptions, onGroups].map((part) => part.includes('managementGroups/descendants/read'))).toEqual([
      false,
      true,
    ]);
    expect(stdout).toMatch(/Neither holds queryResults\/action/);
    expect(stdout).toMatch(/Storage Queue Data Message Sender .* request$/m);
    expect(stdout).toMatch(/Monitoring Metrics Publisher .* drill and scan --publish$/m);
  });

  it('is one of the two at a time', async () => {
    const bench = await openBench();
    const { code, stdout } = await bench.run(['permissions', '--json', '--bicep']);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
});
