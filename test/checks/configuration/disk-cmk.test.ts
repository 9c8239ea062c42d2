import { diskCmk } from '../../../shared/checks/configuration/disk-cmk';
import { describeCheck } from '../../support/describe-check';

const diskEncryptionSetID = '/subscriptions/s/resourceGroups/rg1/providers/Microsoft.Compute/diskEncryptionSets/des1';
const ON = 'Encryption of disks with a customer-managed key is on.';
const OFF = 'Encryption of disks with a customer-managed key is off.';

describeCheck(diskCmk, {
  pass: [
    { when: 'a disk encryption set is named', given: { cluster: { diskEncryptionSetID } }, says: ON },
    {
      when: 'a disk encryption set is named in a stopped cluster: configuration is judged all the same',
      given: { cluster: { diskEncryptionSetID, powerState: { code: 'Stopped' } } },
      says: ON,
    },
  ],
  fail: [
    {
      when: 'never set',
      given: {},
      says: OFF,
      remediation:
        'az aks create --subscription 11111111-1111-1111-1111-111111111111 --resource-group rg1 --name "<new cluster>" --node-osdisk-diskencryptionset-id "<disk encryption set id>" # c1 cannot be changed: move its workloads, then delete it',
    },
    { when: 'the id is empty', given: { cluster: { diskEncryptionSetID: ' ' } }, says: OFF },
    {
      when: 'only the hosts are encrypted, which is another layer',
      given: { pool: { enableEncryptionAtHost: true } },
      says: OFF,
    },
    {
      when: 'never set on AKS Automatic, which does not preset it',
      given: { cluster: { sku: { name: 'Automatic' } } },
      says: OFF,
    },
  ],
});
