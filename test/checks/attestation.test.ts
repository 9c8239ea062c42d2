import { CATALOGUE } from '../../shared/checks';
import { ATTESTABLE_ITEMS, attestationChecks } from '../../shared/checks/attestation';
import type { Attestation } from '../../shared/model/baseline';
import { CHECKLIST, type CatalogueEntry, type Verdict } from '../../shared/model/check';
import { defaultsOf } from '../../shared/model/params';
import type { Evidence } from '../../shared/model/snapshot';
import { itemAt } from '../support/cli';

const REVIEW: Attestation = { item: 'S1', reviewedOn: '2026-11-01', by: 'CISO', validForDays: 30 };

const only = (...attestations: readonly Attestation[]): CatalogueEntry => {
  const checks = attestationChecks(attestations);
  expect(checks).toHaveLength(1);
  return itemAt(checks, 0);
};

function verdictOf(check: CatalogueEntry, now: string): Verdict {
  const context = { params: defaultsOf(check.params), profile: 'standard', now: new Date(now) } as const;
  return check.evaluate({ history: null } as Evidence, context);
}

describe('a review', () => {
  const observed = { reviewedOn: '2026-11-01', by: 'CISO', validForDays: 30 };
  const held = 'The review of 2026-11-01 by CISO held to the end of 2026-12-01.';
  const holds = 'Reviewed on 2026-11-01 by CISO; holds to the end of 2026-12-01.';
  const ahead = 'The review is dated 2026-11-01, which has not come yet.';

  it.each<readonly [string, string, Partial<Verdict>]>([
    [
      'in the future',
      '2026-10-31T23:59:59.999Z',
      { outcome: 'fail', message: ahead, dueOn: '2026-11-01T00:00:00.000Z' },
    ],
    ['on its day', '2026-11-01T00:00:00.000Z', { outcome: 'pass', message: holds, dueOn: '2026-12-02T00:00:00.000Z' }],
    [
      'on its last day',
      '2026-12-01T23:59:59.999Z',
      { outcome: 'pass', message: holds, dueOn: '2026-12-02T00:00:00.000Z' },
    ],
    ['after its last day', '2026-12-02T00:00:00.000Z', { outcome: 'fail', message: held }],
  ])('%s', (_, now, expected) => {
    expect(verdictOf(only(REVIEW), now)).toEqual({ observed, watched: null, ...expected });
  });
});

describe('the check of an attested item', () => {
  it('is one for each item; of several reviews the newest counts', () => {
    const older = { ...REVIEW, reviewedOn: '2025-01-01', by: 'B' };
    const checks = attestationChecks([REVIEW, { ...REVIEW, item: 'S2' }, older]);

    expect(checks.map(({ id }) => id).sort()).toEqual(['attestation-s1', 'attestation-s2']);
    expect([only(REVIEW, older), only(older, REVIEW)].map(({ params }) => params.by?.default)).toEqual([
      'CISO',
      'CISO',
    ]);
  });

  it('is of the subscription, in the configuration scan, on, and needs nothing', () => {
    expect(only(REVIEW)).toMatchObject({
      ...{ id: 'attestation-s1', grain: 'subscription', scan: 'configuration', onByDefault: true, needs: [], uses: [] },
      ...{ title: `Attested: ${CHECKLIST.S1}`, checklistItem: 'S1', controls: {}, category: 'governance' },
      remediation: 'Review it again, then set reviewedOn of "S1" under "attestations" in the baseline file.',
    });
  });

  it('expects something else after another review, so that nobody in Azure is blamed', () => {
    const params = (review: Attestation): object => defaultsOf(only(review).params);

    expect(params(REVIEW)).toEqual({ reviewedOn: '2026-11-01', by: 'CISO', validForDays: 30 });
    expect(params({ ...REVIEW, validForDays: 31 })).not.toEqual(params(REVIEW));
  });

  it.each(ATTESTABLE_ITEMS)('%s has an id of its own, and none of a check', (item) => {
    const { id, title, controls, checklistItem } = only({ ...REVIEW, item });
    const [framework = '', requirement] = item.split(':');
    const others = ATTESTABLE_ITEMS.filter((other) => other !== item).map(
      (other) => only({ ...REVIEW, item: other }).id,
    );

    expect([...others, ...CATALOGUE.map((check) => check.id)]).not.toContain(id);
    expect(id).toMatch(/^attestation-[a-z0-9.-]+$/);
    expect(title).not.toBe(`Attested: ${item}`);
    expect([checklistItem, controls]).toEqual(
      requirement === undefined ? [item, {}] : [null, { [framework]: [requirement] }],
    );
  });
});
