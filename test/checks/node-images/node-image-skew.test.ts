import { nodeImageSkew } from '../../../shared/checks/node-images/node-image-skew';
import type { NodePool } from '../../../shared/model/cluster';
import { describeCheck } from '../../support/describe-check';
import { pool, type Given } from '../../support/evidence';

const linux = (version: string): string => `AKSUbuntu-2204gen2containerd-${version}`;
const OLD = linux('202610.01.0');
const NEW = linux('202610.15.0');

/** The pool that is judged, with this image, and others beside it. */
const beside = (nodeImageVersion: string, ...others: Partial<NodePool>[]): Given => ({
  cluster: {
    nodePools: [
      pool({ nodeImageVersion }),
      ...others.map((other, index) => pool({ name: `user${index + 1}`, mode: 'User', ...other })),
    ],
  },
});

const newest = (name: string): string => `No pool of the cluster runs a newer image of the family than ${name}.`;
const unreadable = (pools: string): string =>
  `nodeImageVersion is missing or holds no date in ${pools}, so that it cannot be compared.`;

describeCheck(nodeImageSkew, {
  pass: [
    { when: 'it is the only pool', given: { pool: { nodeImageVersion: OLD } }, says: newest(OLD), watched: null },
    { when: 'all pools run the same image', given: beside(OLD, { nodeImageVersion: OLD }), says: newest(OLD) },
    {
      when: 'all run an image of the same day',
      given: beside(OLD, { nodeImageVersion: linux('202610.01.7').toUpperCase() }),
      says: newest(OLD),
    },
    { when: 'the others run older images', given: beside(NEW, { nodeImageVersion: OLD }), says: newest(NEW) },
    {
      when: 'another is newer by less than the grace',
      given: beside(OLD, { nodeImageVersion: linux('202610.14.0') }),
      says: `The image ${OLD} is 13 days older than the newest of its family in the cluster, and it fails from 14 days on.`,
    },
    {
      when: 'more grace is given',
      given: beside(OLD, { nodeImageVersion: NEW }),
      params: { graceDays: 15 },
      says: `The image ${OLD} is 14 days older than the newest of its family in the cluster, and it fails from 15 days on.`,
    },
    {
      when: 'a newer image is of another family',
      given: beside(
        OLD,
        { nodeImageVersion: 'AKSAzureLinux-V3gen2-202611.16.0' },
        { nodeImageVersion: 'AKSWindows-2022-containerd-gen2-20348.4529.261112', osType: 'Windows' },
        { nodeImageVersion: 'AKSUbuntu-2404gen2containerd-202611.16.0' },
      ),
      says: newest(OLD),
    },
  ],
  fail: [
    {
      when: 'another is newer by the grace',
      given: beside(OLD, { nodeImageVersion: NEW }),
      says: `The image ${OLD} is 14 days older than ${NEW} in the pool user1; it fails from 14 days on.`,
      watched: null,
    },
    {
      when: 'the newest of several counts, that of a stopped or of a gateway pool too',
      given: beside(
        OLD,
        { nodeImageVersion: NEW },
        { nodeImageVersion: linux('202611.16.0'), powerState: { code: 'Stopped' }, mode: 'Gateway' },
      ),
      says: `The image ${OLD} is 46 days older than ${linux('202611.16.0')} in the pool user2; it fails from 14 days on.`,
    },
    {
      when: 'another is newer, and what a third one runs cannot be read',
      given: beside(OLD, { nodeImageVersion: NEW }, {}),
      says: `The image ${OLD} is 14 days older than ${NEW} in the pool user1; it fails from 14 days on.`,
    },
    {
      when: 'no grace is given but that of a day',
      given: beside(OLD, { nodeImageVersion: linux('202610.02.0') }),
      params: { graceDays: 1 },
      says: `The image ${OLD} is 1 days older than ${linux('202610.02.0')} in the pool user1; it fails from 1 days on.`,
    },
  ],
  notApplicable: [
    {
      when: 'the cluster is stopped',
      given: { pool: { nodeImageVersion: OLD }, cluster: { powerState: { code: 'Stopped' } } },
      reason: 'stopped',
      says: 'The cluster is stopped.',
    },
    {
      when: 'the pool is stopped',
      given: { pool: { nodeImageVersion: OLD, powerState: { code: 'Stopped' } } },
      reason: 'stopped',
      says: 'The node pool is stopped.',
    },
  ],
  unknown: [
    {
      when: 'never set',
      given: {},
      reason: 'notVisible',
      says: 'properties.agentPoolProfiles[].nodeImageVersion is missing.',
    },
    {
      when: 'its image cannot be read',
      given: beside('AKSUbuntu:1604:2020.03.11', { nodeImageVersion: NEW }),
      reason: 'invalid',
      says: 'nodeImageVersion holds no date: AKSUbuntu:1604:2020.03.11.',
    },
    {
      when: 'the images of others cannot be read, one of which may be newer',
      given: beside(OLD, {}, { nodeImageVersion: 'next' }),
      reason: 'notVisible',
      says: unreadable('user1, user2'),
    },
  ],
});
