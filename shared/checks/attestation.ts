import { byReview, type Attestation } from '../model/baseline';
import { CHECKLIST, fail, pass, subscriptionCheck, type CatalogueEntry, type ChecklistItem } from '../model/check';
import { choice, days } from '../model/params';
import { DAY, dayOf, isoAfter } from './facts';
import { MANUAL_REQUIREMENTS } from './index';

/** What people can attest, with its title: items of the checklist, and requirements that no check answers. */
const ATTESTABLE: Readonly<Record<string, string>> = { ...CHECKLIST, ...MANUAL_REQUIREMENTS };

export const ATTESTABLE_ITEMS: readonly string[] = Object.keys(ATTESTABLE);

/** One check of the subscription for each item that the baseline file attests: it passes until the review is too old. */
export function attestationChecks(attestations: readonly Attestation[]): CatalogueEntry[] {
  // Of several reviews of one item the newest counts.
  const newest = new Map(attestations.toSorted(byReview).map((each) => [each.item, each]));
  return [...newest.values()].map(attestationCheck);
}

function attestationCheck({ item, reviewedOn, by, validForDays }: Attestation): CatalogueEntry {
  const [framework = '', requirement] = item.split(':');
  const title = ATTESTABLE[item] ?? item;
  const reviewed = new Date(`${reviewedOn}T00:00:00.000Z`);
  // It holds to the end of its last day.
  const ends = isoAfter(reviewed, (validForDays + 1) * DAY);
  const check = subscriptionCheck({
    id: `attestation-${item.toLowerCase().replaceAll(/[^a-z0-9.]+/g, '-')}`,
    title: `Attested: ${title}`,
    category: 'governance',
    severity: 'medium',
    checklistItem: item in CHECKLIST ? (item as ChecklistItem) : null,
    rationale: 'No check can answer this: people look at it, and look again when their review is too old.',
    remediation: `Review it again, then set reviewedOn of "${item}" under "attestations" in the baseline file.`,
    references: ['https://learn.microsoft.com/azure/aks/concepts-security'],
    // As parameters, so that another review is a change of what is expected, and nobody in Azure is blamed for it.
    params: {
      reviewedOn: choice(reviewedOn, 'The day of the review', []),
      by: choice(by, 'Who reviewed it', []),
      validForDays: days(validForDays, 'for which it holds'),
    },

    evaluate: (_, { now }) => {
      const observed = { reviewedOn, by, validForDays };
      if (now < reviewed) {
        // The day on which it turns by itself, so that time is the cause and nobody in Azure.
        const dueOn = reviewed.toISOString();
        return fail(`The review is dated ${reviewedOn}, which has not come yet.`, { observed, dueOn });
      }
      const lastDay = dayOf(new Date(Date.parse(ends) - 1));
      return now.toISOString() < ends
        ? pass(`Reviewed on ${reviewedOn} by ${by}; holds to the end of ${lastDay}.`, { observed, dueOn: ends })
        : fail(`The review of ${reviewedOn} by ${by} held to the end of ${lastDay}.`, { observed });
    },
  });
  return {
    ...check,
    scan: 'configuration',
    controls: requirement === undefined ? {} : { [framework]: [requirement] },
  };
}
