import type { Framework } from '../../sources';
import { choice, grid, group, parameters, selected, text } from '../items';
import type { Parts } from '../items';
import type { Page } from '../page';

/** The findings by the controls of a framework. */
export function frameworks(parts: Parts, known: readonly Framework[]): Page {
  const list = known.map(({ framework, title }) => ({ value: framework, label: title }));
  return {
    id: 'frameworks',
    title: 'Frameworks',
    items: [
      text(
        'frameworks-about',
        'Listed are only the controls that a check can answer or that people attest; a framework may have more.',
      ),
      parameters('frameworks-parameters', [
        choice(
          'Framework',
          'Framework',
          'mcsb',
          { list },
          'Whose controls are shown. A check may answer several of them.',
        ),
      ]),
      ...grid(
        'frameworks/controls',
        'Controls of {Framework}',
        {
          sort: 'Failed desc, Unknown desc, ControlId asc',
          select: { column: 'ControlId', parameter: 'FrameworkControl' },
        },
        parts,
      ),
      group('frameworks-selected', selected('FrameworkControl'), [
        ...grid(
          'frameworks/findings',
          'Findings that answer {FrameworkControl}',
          { sort: 'Position asc, Rank asc, CheckId asc, ClusterName asc, NodePool asc' },
          parts,
        ),
      ]),
    ],
  };
}
