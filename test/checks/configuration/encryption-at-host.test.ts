import { encryptionAtHost } from '../../../shared/checks/configuration/encryption-at-host';
import { describeCheck } from '../../support/describe-check';

const ON = 'Encryption at host is on.';
const OFF = 'Encryption at host is off.';

describeCheck(encryptionAtHost, {
  pass: [
    { when: 'on', given: { pool: { enableEncryptionAtHost: true } }, says: ON },
    {
      when: 'on in a pool of Windows nodes',
      given: { pool: { osType: 'Windows', mode: 'User', enableEncryptionAtHost: true } },
      says: ON,
    },
    {
      when: 'on in a stopped pool: configuration is judged all the same',
      given: { pool: { powerState: { code: 'Stopped' }, enableEncryptionAtHost: true } },
      says: ON,
    },
  ],
  fail: [
    { when: 'never set', given: {}, says: OFF },
    {
      when: 'off in one pool (powerpipe is content with one that has it, checkov looks at the first)',
      given: { pool: { name: 'win', osType: 'Windows', mode: 'User', enableEncryptionAtHost: false } },
      says: OFF,
      remediation:
        'az aks nodepool add --subscription 11111111-1111-1111-1111-111111111111 --resource-group rg1 --cluster-name c1 --name "<new pool>" --mode "<System or User>" --enable-encryption-at-host # then move the workloads, and: az aks nodepool delete --subscription 11111111-1111-1111-1111-111111111111 --resource-group rg1 --cluster-name c1 --name win',
    },
    { when: 'never set in a gateway pool, which has nodes too', given: { pool: { mode: 'Gateway' } }, says: OFF },
    {
      when: 'never set on AKS Automatic, which does not preset it',
      given: { cluster: { sku: { name: 'Automatic' } } },
      says: OFF,
    },
    {
      when: 'only the disks have a key of the customer, which is another layer',
      given: { cluster: { diskEncryptionSetID: '/subscriptions/s/diskEncryptionSets/des1' } },
      says: OFF,
    },
  ],
});
