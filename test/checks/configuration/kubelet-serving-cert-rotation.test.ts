import { kubeletServingCertRotation } from '../../../shared/checks/configuration/kubelet-serving-cert-rotation';
import type { Cluster, NodePool } from '../../../shared/model/cluster';
import { describeCheck } from '../../support/describe-check';
import type { Given } from '../../support/evidence';

const TAG = 'aks-disable-kubelet-serving-certificate-rotation';
const creationData = {
  sourceResourceId: '/subscriptions/s/resourceGroups/rg1/providers/Microsoft.ContainerService/snapshots/s1',
};

/** A pool of 1.33 in a cluster with Kubernetes RBAC. */
const given = (pool: Partial<NodePool> = {}, cluster: Partial<Cluster> = {}): Given => ({
  cluster: { enableRbac: true, ...cluster },
  pool: { currentOrchestratorVersion: '1.33.3', ...pool },
});
const pinned = (nodeImageVersion?: string): Given =>
  given({ creationData, ...(nodeImageVersion === undefined ? {} : { nodeImageVersion }) });

const rotates = (version = '1.33.3'): string =>
  `The kubelets of the pool rotate their serving certificates (Kubernetes ${version}).`;
const optedOut = `The tag ${TAG} switches the rotation off.`;
const noRbac = 'Kubernetes RBAC is off, and the rotation needs it.';
const pool = (verb: string, flags: string): string =>
  `az aks nodepool ${verb} --subscription 11111111-1111-1111-1111-111111111111 --resource-group rg1 --cluster-name c1 --name pool1 ${flags}`;
const upgrade = pool('upgrade', '--node-image-only');

describeCheck(kubeletServingCertRotation, {
  pass: [
    { when: 'the tag was never set', given: given(), says: rotates(), watched: null },
    {
      when: 'the first version that has it runs',
      given: given({ currentOrchestratorVersion: '1.27.0' }),
      says: rotates('1.27.0'),
    },
    {
      when: 'a version of long-term support runs in a stopped user pool of Windows nodes',
      given: given({
        currentOrchestratorVersion: '1.28.102-akslts',
        mode: 'User',
        osType: 'Windows',
        powerState: { code: 'Stopped' },
      }),
      says: rotates('1.28.102-akslts'),
    },
    {
      when: 'only the version that was asked for is told',
      given: { cluster: { enableRbac: true }, pool: { orchestratorVersion: '1.30' } },
      says: rotates('1.30'),
    },
    { when: 'the tag is false', given: given({ tags: { [TAG]: 'false' } }), says: rotates() },
    { when: 'only other tags are set', given: given({ tags: { owner: 'true' } }), says: rotates() },
    {
      when: 'it was made from a snapshot of the first image that has it',
      given: pinned('AKSUbuntu-2204gen2containerd-202501.12.0'),
      says: rotates(),
    },
    {
      when: 'AKS Automatic says nothing else',
      given: given({}, { sku: { name: 'Automatic' } }),
      says: rotates(),
    },
    {
      when: 'the tag is true, at which AKS looks no more',
      given: given({ tags: { [TAG]: 'true' } }),
      now: '2027-04-01T00:00:00.000Z',
      says: rotates(),
    },
  ],
  fail: [
    {
      when: 'the tag is true, the only one',
      given: given({ tags: { [TAG]: 'true' } }),
      says: optedOut,
      dueOn: '2027-04-01T00:00:00.000Z',
      remediation: `${pool('update', '--tags ""')} && ${upgrade}`,
    },
    {
      when: 'the tag is true in other letters, among others that the command must keep',
      given: given({ tags: { owner: "team o'neil", [TAG]: 'True', 'aks-managed-x': '1' } }),
      says: optedOut,
      dueOn: '2027-04-01T00:00:00.000Z',
      remediation: `${pool('update', String.raw`--tags 'owner=team o'\''neil'`)} && ${upgrade}`,
    },
    {
      when: 'the tag is true and the version is not told',
      given: { cluster: { enableRbac: true }, pool: { tags: { [TAG]: 'true' } } },
      says: optedOut,
      dueOn: '2027-04-01T00:00:00.000Z',
    },
    {
      when: 'the version is older, whatever the cluster runs',
      given: given({ currentOrchestratorVersion: '1.26.12' }, { currentKubernetesVersion: '1.28.0' }),
      says: 'The pool runs Kubernetes 1.26.12; the rotation came with 1.27.',
      remediation: pool('upgrade', '--kubernetes-version "<1.27 or newer>"'),
    },
    {
      when: 'the version runs that is being left',
      given: given({ currentOrchestratorVersion: '1.26.12', orchestratorVersion: '1.27.1' }),
      says: 'The pool runs Kubernetes 1.26.12; the rotation came with 1.27.',
    },
    {
      when: 'it was made from a snapshot of an older image',
      given: pinned('AKSUbuntu-2204gen2containerd-202501.11.9'),
      says: 'The pool is pinned to the image AKSUbuntu-2204gen2containerd-202501.11.9; in snapshots the rotation came with 202501.12.0.',
      remediation: upgrade,
    },
  ],
  notApplicable: [
    { when: 'Kubernetes RBAC was never set', given: { pool: { currentOrchestratorVersion: '1.33.3' } }, says: noRbac },
    {
      when: 'Kubernetes RBAC is off, whatever the tag',
      given: given({ tags: { [TAG]: 'true' } }, { enableRbac: false }),
      says: noRbac,
    },
  ],
  unknown: [
    {
      when: 'the version is not told',
      given: { cluster: { enableRbac: true, currentKubernetesVersion: '1.33.3' } },
      reason: 'notVisible',
      says: 'properties.agentPoolProfiles[].currentOrchestratorVersion is missing.',
    },
    {
      when: 'the version is none',
      given: given({ currentOrchestratorVersion: 'latest' }),
      reason: 'invalid',
      says: 'properties.agentPoolProfiles[].currentOrchestratorVersion is latest: no version.',
    },
    {
      when: 'it was made from a snapshot whose image is not told',
      given: pinned(),
      reason: 'notVisible',
      says: 'properties.agentPoolProfiles[].nodeImageVersion is missing.',
    },
    {
      when: 'it was made from a snapshot whose image cannot be read',
      given: pinned('next'),
      reason: 'invalid',
      says: 'nodeImageVersion holds no date: next.',
    },
  ],
});
