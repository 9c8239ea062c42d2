import { CHECKLIST, type CatalogueEntry } from '../../../shared/model/check';
import { ITEMS } from '../../check-words';
import { choice, equals, gridOf, group, parameters, selected, text, type Parts } from '../items';
import type { Item } from '../format';
import type { Page } from '../page';

const OTHER = { value: 'other', label: 'Checks that are on no list' };

/** A matrix of cluster by check for each item of the checklist, and all findings of one cluster. */
export function clusters(parts: Parts, checks: readonly CatalogueEntry[]): Page {
  const items = ITEMS.filter((item) => checks.some(({ checklistItem }) => checklistItem === item));
  const list = [...items.map((item) => ({ value: item, label: `${item}: ${CHECKLIST[item]}` })), OTHER];
  return {
    id: 'clusters',
    title: 'Clusters',
    items: [
      text(
        'clusters-about',
        'One matrix for each item of the checklist: the clusters with the most failures first, and of a check over several node pools the worst standing. An empty cell: nothing was told. Click a cluster for all of its findings.',
      ),
      parameters('clusters-parameters', [
        choice('MatrixItem', 'Checklist item', 'S7', { list }, 'Which checks are the columns.'),
      ]),
      ...list.map(({ value, label }) => matrix(value, label, checks, parts)),
    ],
  };
}

function matrix(item: string, label: string, checks: readonly CatalogueEntry[], parts: Parts): Item {
  const ids = checks.filter(({ checklistItem }) => (checklistItem ?? OTHER.value) === item).map(({ id }) => id);
  const query = parts.queries.compose(
    [
      '{{matrix}}',
      'standings',
      `| where ChecklistItem == '${item === OTHER.value ? '' : item}'`,
      "| summarize Failed = countif(Standing == 'fail'), Unknown = countif(Standing == 'unknown'), arg_max(ObservedAt, ClusterName, SubscriptionName),",
      `    ${ids.map((id, index) => `C${index} = max(iff(CheckId == '${id}', Worst, 0))`).join(', ')} by ClusterId`,
      `| project ClusterName, SubscriptionName, Failed, Unknown, ${ids.map((id, index) => `['${id}'] = tostring(words[C${index}])`).join(', ')}, ClusterId`,
    ].join('\n'),
    `the matrix of ${item}`,
  );
  const select = { column: 'ClusterId', parameter: 'MatrixCluster' };
  // What a grid exports is seen in its own group and below, so the cluster's findings stand beside the matrix.
  return group(`clusters-matrix-${item}`, equals('MatrixItem', item), [
    ...gridOf(`clusters-${item}`, label, query, { sort: 'Failed desc, Unknown desc, ClusterId asc', select }, parts),
    group(
      `clusters-selected-${item}`,
      selected('MatrixCluster'),
      gridOf(
        `clusters-findings-${item}`,
        'Findings of the selected cluster',
        parts.queries.read('clusters/findings'),
        { sort: 'Position asc, Rank asc, CheckId asc, NodePool asc' },
        parts,
      ),
    ),
  ]);
}
