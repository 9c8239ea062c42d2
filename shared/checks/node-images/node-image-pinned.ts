import { fail, nodePoolCheck, pass } from '../../model/check';
import { nodePoolCommand } from '../commands';
import { shown, stoppedVerdict } from '../facts';

export const nodeImagePinned = nodePoolCheck({
  id: 'node-image-pinned',
  title: 'Node pools are not pinned to a snapshot',
  category: 'nodes',
  severity: 'medium',
  checklistItem: 'S10',
  rationale:
    'Every node that a pinned pool adds runs the image of its snapshot, with all the vulnerabilities that were found since. A snapshot is for reproducing a fault or a release, and should leave with it.',
  remediation: nodePoolCommand(
    'upgrade',
    '--node-image-only # without --snapshot-id the pool moves to the newest image',
  ),
  references: ['https://learn.microsoft.com/azure/aks/node-pool-snapshot'],

  evaluate({ cluster, pool }) {
    const halted = stoppedVerdict(cluster, pool);
    if (halted !== null) {
      return halted;
    }
    const { sourceResourceId } = pool.creationData ?? {};
    const observed = shown({ sourceResourceId });
    return sourceResourceId === undefined
      ? pass('The pool is not pinned to a snapshot.', { observed })
      : fail(`The pool is pinned to the snapshot ${sourceResourceId}.`, { observed });
  },
});
