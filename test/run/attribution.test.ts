import type { ArmBody } from '../../simulator';
import { clusterAt, HOUR, poolAt, type Row } from '../support/cli';
import { openScanner, type RunOptions, type Scanner } from './scanner';

const OPERATOR = 'Operator@example.com';
const APP = '6a1f0f3e-0000-4000-8000-00000000a001';

const NAMED: RunOptions = { environment: { AKS_DRIFT_CHANGED_BY: 'name' } };
const PSEUDONYMS: RunOptions = { environment: { AKS_DRIFT_CHANGED_BY: 'pseudonym' } };

interface Changed {
  readonly by?: string;
  readonly byType?: string;
  readonly type?: string;
}

let changes = 0;

/** Azure notes down, half an hour ago, that somebody changed properties of a resource. */
function noted(
  { world, now }: Scanner,
  { id }: Pick<ArmBody, 'id'>,
  paths: readonly string[],
  how: Changed = {},
): void {
  const { by = OPERATOR, byType = 'User', type = 'Update' } = how;
  changes += 1;
  const name = `change-${changes}`;
  world.resourceChanges.push({
    id: `${id}/providers/Microsoft.Resources/changes/${name}`,
    name,
    properties: {
      targetResourceId: id,
      targetResourceType: 'microsoft.containerservice/managedclusters',
      changeType: type,
      changeAttributes: {
        timestamp: new Date(Date.parse(now) - HOUR / 2).toISOString(),
        ...{ changedBy: by, changedByType: byType, clientType: 'Azure CLI', correlationId: 'corr' },
        operation: 'Microsoft.ContainerService/managedClusters/write',
        ...{ changesCount: paths.length, previousResourceSnapshotId: 'a', newResourceSnapshotId: 'b' },
      },
      changes: Object.fromEntries(paths.map((path) => [path, { previousValue: 'true', newValue: 'false' }])),
    },
  });
}

/** A cluster whose local accounts came back, as somebody did it. */
async function drifted(how: Changed = {}): Promise<Scanner> {
  const scanner = await openScanner();
  await scanner.firstRun();
  openAccounts(scanner, how);
  return scanner;
}

function openAccounts(scanner: Scanner, how: Changed = {}, index = 0): void {
  const cluster = clusterAt(scanner.world, index);
  cluster.properties.disableLocalAccounts = false;
  noted(scanner, cluster, ['properties.disableLocalAccounts'], how);
}

function who(rows: readonly Row[]): unknown[] {
  return rows.map(({ ChangedBy }) => ChangedBy);
}

function queries({ simulator }: Scanner): number {
  return simulator.requests.filter(({ path }) => path.includes('Microsoft.ResourceGraph')).length;
}

describe('who made a change', () => {
  it('stands in the event with when, how and by what, and in the last change of the finding', async () => {
    const scanner = await drifted();
    await scanner.run(NAMED);
    const changedAt = new Date(Date.parse(scanner.now) - HOUR / 2).toISOString();
    const rows = scanner.newRows('AksCompliance_CL').filter(({ LastChange }) => LastChange !== null);

    expect(scanner.newRows('AksDrift_CL')).toMatchObject([
      {
        ...{ CheckId: 'local-accounts-disabled', ChangedBy: OPERATOR, ChangedByType: 'User' },
        ...{ ChangeClient: 'Azure CLI', ChangeOperation: 'Microsoft.ContainerService/managedClusters/write' },
        ...{ CorrelationId: 'corr', ChangedAt: changedAt.replace('.000Z', 'Z') },
      },
    ]);
    expect(rows).toMatchObject([{ LastChange: { transition: 'regressed', changedBy: OPERATOR } }]);
  });

  it('is asked for once, whatever drifted', async () => {
    const scanner = await drifted();
    openAccounts(scanner, { by: APP, byType: 'Application' }, 1);
    const pool = poolAt(clusterAt(scanner.world, 1), 0);
    pool.enableNodePublicIP = true;
    noted(scanner, { id: `${clusterAt(scanner.world, 1).id}/agentPools/${String(pool.name)}` }, [
      'properties.enableNodePublicIP',
    ]);
    await scanner.run(NAMED);

    expect(who(scanner.newRows('AksDrift_CL')).sort()).toEqual([APP, OPERATOR, OPERATOR]);
    expect(queries(scanner)).toBe(1);
  });

  it('is not asked for when nothing drifted, or nobody wants to know', async () => {
    const scanner = await openScanner();
    await scanner.firstRun(NAMED);
    await scanner.run(NAMED);
    openAccounts(scanner);
    scanner.pass(HOUR);
    await scanner.run();

    expect(who(scanner.newRows('AksDrift_CL'))).toEqual([null]);
    expect(queries(scanner)).toBe(0);
  });

  it('is known of clusters and pools that come and go', async () => {
    const scanner = await openScanner();
    const gone = clusterAt(scanner.world, 1);
    await scanner.firstRun();
    scanner.world.clusters.splice(scanner.world.clusters.indexOf(gone), 1);
    noted(scanner, gone, [], { type: 'Delete' });
    const cluster = clusterAt(scanner.world, 0);
    (cluster.properties.agentPoolProfiles as unknown[]).pop();
    noted(scanner, cluster, ['properties.agentPoolProfiles[1].name'], { by: APP, byType: 'Application' });
    await scanner.run(NAMED);
    const told = scanner.newRows('AksDrift_CL').map(({ Transition, ChangedBy }) => [Transition, ChangedBy].join(' '));

    expect(told.sort()).toEqual([`clusterRemoved ${OPERATOR}`, `nodePoolRemoved ${APP}`]);
  });

  it('is nobody when another property was changed, or what drifted is no property', async () => {
    const scanner = await openScanner();
    await scanner.firstRun();
    await scanner.run({ scan: 'policy' });
    scanner.skip();
    const cluster = clusterAt(scanner.world, 0);
    cluster.properties.disableLocalAccounts = false;
    noted(scanner, cluster, ['properties.networkProfile.outboundType']);
    for (const state of scanner.world.policyStates) {
      state.complianceState = 'NonCompliant';
    }
    scanner.pass(HOUR);
    await scanner.run(NAMED);
    await scanner.run({ ...NAMED, scan: 'policy' });
    const rows = scanner.newRows('AksDrift_CL');

    expect(new Set(rows.map(({ Scan }) => Scan))).toEqual(new Set(['configuration', 'policy']));
    expect(new Set(who(rows))).toEqual(new Set([null]));
  });

  it('is found for a change that was held while the cluster was in motion', async () => {
    const scanner = await drifted();
    clusterAt(scanner.world, 0).properties.provisioningState = 'Updating';
    for (let hours = 0; hours < 3; hours += 1) {
      await scanner.run(NAMED);
      scanner.pass(HOUR);
    }
    clusterAt(scanner.world, 0).properties.provisioningState = 'Succeeded';
    await scanner.run(NAMED);

    expect(who(scanner.newRows('AksDrift_CL'))).toEqual([OPERATOR]);
  });

  it.each([
    ['is refused', { status: 403 }, /^Who made the changes could not be read: /],
    ['is never answered', { hang: true as const }, /^Who made the changes could not be read: /],
  ])(
    'is nobody when the query %s; the event is told all the same, and the run row says why',
    async (_, fault, message) => {
      const scanner = await drifted();
      scanner.simulator.faults.push({ match: /Microsoft\.ResourceGraph/, ...fault });
      const { status } = await scanner.run(NAMED);

      expect(status).toBe('completed');
      expect(who(scanner.newRows('AksDrift_CL'))).toEqual([null]);
      expect(scanner.newRows('AksMonitorRun_CL')).toMatchObject([
        { Status: 'completed', Events: 1, Message: expect.stringMatching(message) as string },
      ]);
    },
    30_000,
  );
});

describe('pseudonyms', () => {
  it('are the same for the same person, and hold no name', async () => {
    const scanner = await drifted();
    openAccounts(scanner, { by: OPERATOR.toUpperCase() }, 1);
    await scanner.run(PSEUDONYMS);
    const events = scanner.newRows('AksDrift_CL');
    const [first, second] = who(events);

    expect(first).toMatch(/^person-[0-9a-f]{16}$/);
    expect(second).toBe(first);
    expect(JSON.stringify([events, scanner.newRows('AksCompliance_CL'), await scanner.state()])).not.toMatch(
      /operator@/i,
    );
  });

  it.each([
    ['an application', { by: APP, byType: 'Application' }, APP],
    ['the platform', { by: 'System', byType: 'System' }, 'System'],
    ['nobody', { by: '', byType: '' }, null],
  ])('are not for %s', async (_, how, expected) => {
    const scanner = await drifted(how);
    await scanner.run(PSEUDONYMS);

    expect(who(scanner.newRows('AksDrift_CL'))).toEqual([expected]);
  });

  it.each([
    ['a person by id', { by: APP, byType: 'User' }],
    ['an address without a type', { by: OPERATOR, byType: '' }],
    ['a name of no known kind', { by: 'Contoso Bot', byType: 'ServicePrincipal' }],
  ])('are for %s', async (_, how) => {
    const scanner = await drifted(how);
    await scanner.run(PSEUDONYMS);

    expect(who(scanner.newRows('AksDrift_CL'))).toEqual([expect.stringMatching(/^person-[0-9a-f]{16}$/)]);
  });
});
