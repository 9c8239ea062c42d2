import { requiredTags } from '../../../shared/checks/configuration/required-tags';
import { describeCheck } from '../../support/describe-check';

const command = (tags: string): string =>
  `az tag update --resource-id /subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg1/providers/Microsoft.ContainerService/managedClusters/c1 --operation Merge --tags ${tags}`;

describeCheck(requiredTags, {
  pass: [
    {
      when: 'all that are required are there, beside others',
      given: { cluster: { tags: { owner: 'team-a', 'cost-center': '42', tier: 'production' } } },
      params: { tags: ['owner', 'cost-center'] },
      says: 'The required tags are there: owner, cost-center.',
      watched: null,
    },
    {
      when: 'the name has other letters: Azure tells no difference',
      given: { cluster: { tags: { Owner: 'team-a' } } },
      params: { tags: ['OWNER'] },
      says: 'The required tags are there: OWNER.',
    },
    {
      when: 'the tag has no value: the name is what is asked for',
      given: { cluster: { tags: { owner: '' } } },
      params: { tags: ['owner'] },
      says: 'The required tags are there: owner.',
    },
    {
      when: 'the cluster is stopped: tags are judged all the same',
      given: { cluster: { tags: { owner: 'team-a' }, powerState: { code: 'Stopped' } } },
      params: { tags: ['owner'] },
      says: 'The required tags are there: owner.',
    },
  ],
  fail: [
    {
      when: 'never set',
      given: {},
      params: { tags: ['owner', 'cost center'] },
      says: 'Required tags are missing: owner, cost center.',
      watched: null,
      remediation: command(`'owner=<value>' 'cost center=<value>'`),
    },
    {
      when: 'one is missing; the command adds it to those that are there, whose values it does not tell',
      given: { cluster: { tags: { archv2: '', tier: 'production' } } },
      params: { tags: ['tier', 'owner'] },
      says: 'Required tags are missing: owner.',
      remediation: command(`'owner=<value>'`),
    },
    {
      when: 'what is required would be a command: it stays a word',
      given: { cluster: { tags: { note: 'secret' } } },
      params: { tags: ['$(reboot)'] },
      says: 'Required tags are missing: $(reboot).',
      remediation: command(`'$(reboot)=<value>'`),
    },
    {
      when: 'only a pool has the tag',
      given: { pool: { tags: { owner: 'team-a' } } },
      params: { tags: ['owner'] },
      says: 'Required tags are missing: owner.',
    },
  ],
  notApplicable: [
    {
      when: 'none is required, which is the default',
      given: { cluster: { tags: { owner: 'team-a' } } },
      says: 'No tag is required: the parameter "tags" is empty.',
    },
  ],
});
