import { imageCleaner } from '../../../shared/checks/configuration/image-cleaner';
import { describeCheck } from '../../support/describe-check';

const cleaner = (enabled: boolean): object => ({ securityProfile: { imageCleaner: { enabled, intervalHours: 24 } } });
const automatic = { sku: { name: 'Automatic' } };

describeCheck(imageCleaner, {
  pass: [
    { when: 'on', given: { cluster: cleaner(true) }, says: 'Image Cleaner is on.' },
    {
      when: 'on in a stopped cluster: configuration is judged all the same',
      given: { cluster: { ...cleaner(true), powerState: { code: 'Stopped' } } },
      says: 'Image Cleaner is on.',
    },
    { when: 'never set on AKS Automatic', given: { cluster: automatic }, says: 'AKS Automatic enforces it.' },
    {
      when: 'on with AKS Automatic',
      given: { cluster: { ...automatic, ...cleaner(true) } },
      says: 'Image Cleaner is on; AKS Automatic enforces it.',
    },
  ],
  fail: [
    {
      when: 'never set',
      given: {},
      says: 'Image Cleaner is off.',
      remediation:
        'az aks update --subscription 11111111-1111-1111-1111-111111111111 --resource-group rg1 --name c1 --enable-image-cleaner --image-cleaner-interval-hours 48',
    },
    { when: 'off', given: { cluster: cleaner(false) }, says: 'Image Cleaner is off.' },
    {
      when: 'only its interval is told',
      given: { cluster: { securityProfile: { imageCleaner: { intervalHours: 48 } } } },
      says: 'Image Cleaner is off.',
    },
    {
      when: 'off with AKS Automatic',
      given: { cluster: { ...automatic, ...cleaner(false) } },
      says: 'Image Cleaner is off.',
    },
  ],
});
