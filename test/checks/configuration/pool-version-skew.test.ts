import { poolVersionSkew } from '../../../shared/checks/configuration/pool-version-skew';
import type { Cluster, NodePool } from '../../../shared/model/cluster';
import { describeCheck } from '../../support/describe-check';
import type { Given } from '../../support/evidence';

const versions = (
  currentKubernetesVersion: string,
  currentOrchestratorVersion: string,
  cluster: Partial<Cluster> = {},
  pool: Partial<NodePool> = {},
): Given => ({
  cluster: { currentKubernetesVersion, ...cluster },
  pool: { currentOrchestratorVersion, ...pool },
});
const same = (pool: string, control: string): string => `The node pool runs ${pool}, the control plane ${control}.`;
const behind = (pool: string, control: string, by: string): string =>
  `The node pool runs ${pool}, ${by} behind the control plane, which runs ${control}.`;
const NAMES = '--subscription 11111111-1111-1111-1111-111111111111 --resource-group rg1';

describeCheck(poolVersionSkew, {
  pass: [
    { when: 'the same version', given: versions('1.34.9', '1.34.9'), says: same('1.34.9', '1.34.9'), watched: null },
    {
      when: 'another patch of the same minor version (PSRule AZR-000016, cloudsploit aksAgentVersion)',
      given: versions('1.34.9', '1.34.2'),
      says: same('1.34.2', '1.34.9'),
    },
    {
      when: 'what was asked for is an alias, and another one',
      given: versions('1.31.9', '1.31.9', { kubernetesVersion: '1.31' }, { orchestratorVersion: '1.30' }),
      says: same('1.31.9', '1.31.9'),
    },
    {
      when: 'only the requested versions are known',
      given: { cluster: { kubernetesVersion: '1.17.13' }, pool: { orchestratorVersion: '1.17.9' } },
      says: same('1.17.9', '1.17.13'),
    },
    {
      when: 'only the control plane does not tell what runs',
      given: { cluster: { kubernetesVersion: '1.34' }, pool: { currentOrchestratorVersion: '1.34.2' } },
      says: same('1.34.2', '1.34'),
    },
    {
      when: 'only the pool does not tell what runs',
      given: { cluster: { currentKubernetesVersion: '1.34.2' }, pool: { orchestratorVersion: '1.34' } },
      says: same('1.34', '1.34.2'),
    },
    {
      when: 'long-term support writes another patch',
      given: versions('1.28.102-akslts', '1.28.15'),
      says: same('1.28.15', '1.28.102-akslts'),
    },
    {
      when: 'a Gateway pool of Windows on AKS Automatic, of the same version',
      given: versions('1.34.9', '1.34.9', { sku: { name: 'Automatic' } }, { mode: 'Gateway', osType: 'Windows' }),
      says: same('1.34.9', '1.34.9'),
    },
  ],
  fail: [
    {
      when: 'one minor version behind',
      given: versions('1.34.9', '1.33.3'),
      says: behind('1.33.3', '1.34.9', '1 minor version'),
      severity: 'low',
      remediation: `az aks nodepool upgrade ${NAMES} --cluster-name c1 --name pool1 --kubernetes-version 1.34.9`,
      watched: null,
    },
    {
      when: 'two minor versions behind',
      given: versions('1.34.9', '1.32.1'),
      says: behind('1.32.1', '1.34.9', '2 minor versions'),
      severity: 'medium',
    },
    {
      when: 'behind by number: 1.9 comes before 1.10',
      given: versions('1.10.1', '1.9.6'),
      says: behind('1.9.6', '1.10.1', '1 minor version'),
      severity: 'low',
    },
    {
      when: 'a Gateway pool is behind',
      given: versions('1.34.9', '1.31.1', {}, { mode: 'Gateway' }),
      says: behind('1.31.1', '1.34.9', '3 minor versions'),
      severity: 'medium',
    },
    {
      when: 'ahead of the control plane',
      given: versions('1.33.3', '1.34.9'),
      says: 'The node pool runs 1.34.9, ahead of the control plane, which runs 1.33.3.',
      severity: 'medium',
      remediation: `az aks upgrade ${NAMES} --name c1 --control-plane-only --kubernetes-version 1.34.9`,
    },
    {
      when: 'the running versions differ, although the requested ones agree',
      given: versions('1.34.9', '1.33.3', { kubernetesVersion: '1.34' }, { orchestratorVersion: '1.34' }),
      says: behind('1.33.3', '1.34.9', '1 minor version'),
      severity: 'low',
    },
  ],
  notApplicable: [
    {
      when: 'the cluster is stopped',
      given: versions('1.34.9', '1.30.1', { powerState: { code: 'Stopped' } }),
      says: 'The cluster is stopped.',
      reason: 'stopped',
    },
    {
      when: 'the pool is stopped',
      given: versions('1.34.9', '1.30.1', {}, { powerState: { code: 'Stopped' } }),
      says: 'The node pool is stopped.',
      reason: 'stopped',
    },
  ],
  unknown: [
    {
      when: 'never set',
      given: {},
      says: 'properties.currentKubernetesVersion is missing.',
      reason: 'notVisible',
    },
    {
      when: 'never set on the pool',
      given: { cluster: { currentKubernetesVersion: '1.34.9' } },
      says: 'properties.agentPoolProfiles[].currentOrchestratorVersion is missing.',
      reason: 'notVisible',
    },
    {
      when: 'the version of the control plane cannot be read',
      given: versions('newest', '1.34.9'),
      says: 'properties.currentKubernetesVersion is newest: no version.',
      reason: 'invalid',
    },
    {
      when: 'the version of the pool cannot be read',
      given: versions('1.34.9', '1.34.'),
      says: 'properties.agentPoolProfiles[].currentOrchestratorVersion is 1.34.: no version.',
      reason: 'invalid',
    },
  ],
});
