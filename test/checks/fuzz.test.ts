import fc from 'fast-check';

import { CATALOGUE } from '../../shared/checks';
import { normaliseCluster } from '../../shared/collect/normalise';
import { PROFILES, type Check, type Profile } from '../../shared/model/check';
import type { Cluster } from '../../shared/model/cluster';
import type { Finding } from '../../shared/model/finding';
import type { ArmBody } from '../../simulator';
import { at } from '../simulator/local-azure';
import { mutationsAt, pathsIn, transplanted, type Mutation } from '../support/mutations';
import { mayRead, traced } from '../support/reads';
import { judgeCluster, specimens, type Specimen } from '../support/specimens';
import { EXCEPTIONS, type Exception } from './fuzz-exceptions';

/** Another seed tries other clusters: `FUZZ_SEED=7 npx jest test/checks/fuzz`. */
const SEED = Number(process.env.FUZZ_SEED ?? 20261124);
const ROUNDS = 20_000;
/** Changes that are tried, one by one, of the same cluster. */
const CHANGES = 5;

/** Every finding, by `check|pool`. */
type Findings = ReadonlyMap<string, Finding>;

/** As of which run: with which profile, and what the run before remembered. */
interface Run {
  readonly profile: Profile;
  readonly before: Findings | null;
}

function judge(checks: readonly Check[], around: Specimen, cluster: Cluster, { profile, before }: Run): Findings {
  const found = judgeCluster(checks, around, cluster, {
    profile,
    history: (checkId, nodePool) => before?.get(keyOf({ checkId, nodePool }))?.remember ?? null,
  });
  return new Map(found.map((finding) => [keyOf(finding), finding]));
}

function keyOf({ checkId, nodePool }: Pick<Finding, 'checkId' | 'nodePool'>): string {
  return `${checkId}|${nodePool ?? ''}`;
}

/** What a change did that no change may do. */
interface Fault {
  readonly check: string;
  readonly mutation: Mutation;
  /** As it was before. */
  readonly cluster: Cluster;
  readonly told: string;
}

/** A cluster, and what some checks say of it. */
interface Judged {
  readonly cluster: Cluster;
  readonly findings: Findings;
}

function faultsOf(mutation: Mutation, before: Judged, after: Judged): Fault[] {
  const { cluster } = before;
  const faults: Fault[] = [];
  for (const [key, then] of before.findings) {
    const now = after.findings.get(key);
    if (isFault(mutation, then, now) && !isForGonePool(mutation, then, now, cluster, after.cluster)) {
      faults.push({ check: then.checkId, mutation, cluster, told: `${toldOf(then)} became ${toldOf(now)}` });
    }
  }
  const errors = [...after.findings.values()].filter(({ outcome }) => outcome === 'error');
  return [...faults, ...errors.map(({ checkId, message }) => ({ check: checkId, mutation, cluster, told: message }))];
}

/**
 * A pool that is no longer listed, or whose mode is another (decision 2), is nobody's to judge: it has no findings, and what is
 * said of all pools is said of the others. Of pools that cannot be read there are no findings; the state keeps what is to be kept.
 */
function isForGonePool(
  { kind }: Mutation,
  then: Finding,
  now: Finding | undefined,
  before: Cluster,
  { nodePools }: Cluster,
): boolean {
  if (kind === 'letter case') {
    return false;
  }
  const known = before.nodePools ?? [];
  const isListed = (pool: string): boolean => nodePools?.some(({ name }) => name === pool) === true;
  const isOneGone =
    nodePools !== undefined && (nodePools.length < known.length || !known.every(({ name }) => isListed(name)));
  return now === undefined ? then.nodePool !== null && !isListed(then.nodePool) : isOneGone;
}

function isFault({ kind, isDeclared }: Mutation, then: Finding, now: Finding | undefined): boolean {
  if (now === undefined) {
    return true;
  }
  if (kind === 'letter case') {
    return signatureOf(then) !== signatureOf(now);
  }
  if (isDeclared && kind === 'mistyped' && now.outcome === 'fail') {
    return then.outcome !== 'fail';
  }
  // What a check cannot read or does not know is no reason to let go of a failure in any way.
  const ways = kind === 'dropped' || kind === 'null' ? ['pass'] : ['pass', 'notApplicable'];
  return ['fail', 'unknown'].includes(then.outcome) && ways.includes(now.outcome);
}

/** What does not depend on the letter case in which Azure writes. */
function signatureOf({ outcome, reason, severity, dueOn, watched }: Finding): string {
  return JSON.stringify([outcome, reason, severity, dueOn, watched]);
}

function toldOf(finding: Finding | undefined): string {
  return [finding?.outcome ?? 'nothing', finding?.reason ?? ''].join(' ').trim();
}

/** The exceptions without which a cluster of the repository would show a fault. */
const needed = new Set<string>();

function withoutExceptions(faults: readonly Fault[], isOurs: boolean): Fault[] {
  return faults.filter(({ check, mutation, cluster }) => {
    const exception = EXCEPTIONS.find(
      (each) => each.check === check && isAbout(each, mutation) && each.only?.(cluster) !== false,
    );
    if (exception !== undefined && isOurs) {
      needed.add(nameOf(exception, mutation.kind));
    }
    return exception === undefined;
  });
}

/** Who drops an object drops all that it holds. */
function isAbout({ place, mutations }: Exception, { kind, place: changed }: Mutation): boolean {
  const isLost = kind === 'dropped' || kind === 'null';
  return mutations.includes(kind) && (isSame(place, changed) || (isLost && /^[.[]/.test(restOf(place, changed))));
}

/** The names of add-ons have any letter case. */
function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function restOf(place: string, start: string): string {
  return isSame(place.slice(0, start.length), start) ? place.slice(start.length) : '';
}

function nameOf({ check, place }: Exception, kind: string): string {
  return `${check} ${place} ${kind}`;
}

function lineOf({ check, mutation: { place, becomes, kind }, told }: Fault): string {
  return `${check}: ${told} (${kind}: ${place} ${becomes})`;
}

let all: readonly Specimen[] = [];

beforeAll(async () => {
  all = await specimens();
});

describe('every property of every cluster, changed by itself', () => {
  /** What a check says of a cluster under one profile, and what it read for that. */
  interface Understood {
    readonly check: Check;
    readonly profile: Profile;
    readonly findings: Findings;
    readonly reads: ReadonlySet<string>;
  }

  function understand(specimen: Specimen, original: Cluster): Understood[] {
    return PROFILES.flatMap((profile) =>
      CATALOGUE.filter(({ strict }) => profile === 'standard' || strict !== null).map((check) => {
        const { cluster, reads } = traced(original);
        return { check, profile, findings: judge([check], specimen, cluster, { profile, before: null }), reads };
      }),
    );
  }

  /** Only the checks that read what is changed are asked again. */
  function faultsIn(specimen: Specimen): Fault[] {
    const { cluster } = normaliseCluster(specimen.body);
    const known = understand(specimen, cluster);
    return pathsIn(specimen.body).flatMap((path) => {
      const concerned = known.filter(({ reads }) => mayRead(reads, path));
      return mutationsAt(specimen.body, path).flatMap((mutation) => {
        const { cluster: changed } = normaliseCluster(mutation.apply(specimen.body));
        return concerned.flatMap(({ check, profile, findings }) => {
          const after = judge([check], specimen, changed, { profile, before: findings });
          return faultsOf(mutation, { cluster, findings }, { cluster: changed, findings: after });
        });
      });
    });
  }

  it('makes no check throw, and none pass by a loss', () => {
    const lines = new Map(
      all.flatMap((specimen) =>
        withoutExceptions(faultsIn(specimen), specimen.isOurs).map((fault) => [lineOf(fault), specimen.name]),
      ),
    );

    expect([...lines].map(([line, name]) => `${line} in: ${name}`).sort()).toEqual([]);
  });

  it('needs every exception that is named', () => {
    const named = EXCEPTIONS.flatMap((exception) => exception.mutations.map((kind) => nameOf(exception, kind)));

    expect(named.filter((name) => !needed.has(name))).toEqual([]);
    expect(new Set(named).size).toBe(named.length);
  });
});

describe('clusters that are put together from others', () => {
  const index = fc.nat(2 ** 30);

  /** The item that a number picks. */
  function pick<T>(items: readonly T[], number: number): T {
    return at(items, number % items.length);
  }

  function putTogether(body: ArmBody, parts: readonly (readonly [number, number])[]): ArmBody {
    return parts.reduce((made, [which, where]) => {
      const { body: donor } = pick(all, which);
      return transplanted(made, donor, pick(pathsIn(donor), where));
    }, body);
  }

  it('lose nothing by which a check passes either', () => {
    const round = fc.record({
      which: index,
      parts: fc.array(fc.tuple(index, index), { maxLength: 6 }),
      changes: fc.array(fc.tuple(index, index), { minLength: CHANGES, maxLength: CHANGES }),
      profile: fc.constantFrom(...PROFILES),
    });
    fc.assert(
      fc.property(round, ({ which, parts, changes, profile }) => {
        const specimen = pick(all, which);
        const body = putTogether(specimen.body, parts);
        const { cluster } = normaliseCluster(body);
        // A part of a pool may have become a pool without a name; who takes that away makes the others readable.
        fc.pre(cluster.nodePools !== undefined);
        const findings = judge(CATALOGUE, specimen, cluster, { profile, before: null });
        const faults = changes.flatMap(([where, how]) => {
          const mutation = pick(mutationsAt(body, pick(pathsIn(body), where)), how);
          const { cluster: changed } = normaliseCluster(mutation.apply(body));
          const after = judge(CATALOGUE, specimen, changed, { profile, before: findings });
          return faultsOf(mutation, { cluster, findings }, { cluster: changed, findings: after });
        });

        expect(withoutExceptions(faults, false).map(lineOf)).toEqual([]);
      }),
      { numRuns: ROUNDS / CHANGES, seed: SEED },
    );
  });
});
