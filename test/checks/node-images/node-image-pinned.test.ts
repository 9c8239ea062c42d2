import { nodeImagePinned } from '../../../shared/checks/node-images/node-image-pinned';
import { describeCheck } from '../../support/describe-check';

const sourceResourceId =
  '/subscriptions/s/resourceGroups/rg1/providers/Microsoft.ContainerService/snapshots/before-upgrade';

describeCheck(nodeImagePinned, {
  pass: [
    { when: 'never set', given: {}, says: 'The pool is not pinned to a snapshot.', watched: null },
    {
      when: 'it was made from nothing',
      given: { pool: { creationData: {} } },
      says: 'The pool is not pinned to a snapshot.',
    },
  ],
  fail: [
    {
      when: 'it was made from a snapshot',
      given: { pool: { creationData: { sourceResourceId } } },
      says: `The pool is pinned to the snapshot ${sourceResourceId}.`,
    },
    {
      when: 'a Windows user pool was',
      given: { pool: { name: 'win', mode: 'User', osType: 'Windows', creationData: { sourceResourceId } } },
      says: `The pool is pinned to the snapshot ${sourceResourceId}.`,
      remediation:
        'az aks nodepool upgrade --subscription 11111111-1111-1111-1111-111111111111 --resource-group rg1 --cluster-name c1 --name win --node-image-only # without --snapshot-id the pool moves to the newest image',
    },
  ],
  notApplicable: [
    {
      when: 'the cluster is stopped',
      given: { pool: { creationData: { sourceResourceId } }, cluster: { powerState: { code: 'Stopped' } } },
      reason: 'stopped',
      says: 'The cluster is stopped.',
    },
    {
      when: 'the pool is stopped',
      given: { pool: { creationData: { sourceResourceId }, powerState: { code: 'Stopped' } } },
      reason: 'stopped',
      says: 'The node pool is stopped.',
    },
  ],
});
