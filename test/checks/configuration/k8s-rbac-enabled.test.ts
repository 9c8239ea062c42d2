import { k8sRbacEnabled } from '../../../shared/checks/configuration/k8s-rbac-enabled';
import { describeCheck } from '../../support/describe-check';

describeCheck(k8sRbacEnabled, {
  pass: [
    { when: 'enabled', given: { cluster: { enableRbac: true } }, says: 'Kubernetes RBAC is enabled.' },
    {
      when: 'enabled beside local accounts (APRL ca324d71 takes one for the other)',
      given: { cluster: { enableRbac: true, disableLocalAccounts: false } },
      says: 'Kubernetes RBAC is enabled.',
    },
  ],
  fail: [
    {
      when: 'disabled (azqr #472 drops the check)',
      given: { cluster: { enableRbac: false } },
      says: 'Kubernetes RBAC is disabled.',
    },
    { when: 'never set', given: {}, says: 'Kubernetes RBAC was never enabled.' },
    {
      when: 'only Azure RBAC is on (defsec #778)',
      given: { cluster: { enableRbac: false, aadProfile: { managed: true, enableAzureRbac: true } } },
      says: 'Kubernetes RBAC is disabled.',
    },
    {
      when: 'disabled in a stopped cluster',
      given: { cluster: { enableRbac: false, powerState: { code: 'Stopped' } } },
      says: 'Kubernetes RBAC is disabled.',
    },
  ],
});
