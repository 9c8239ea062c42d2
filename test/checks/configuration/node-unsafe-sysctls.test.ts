import { nodeUnsafeSysctls } from '../../../shared/checks/configuration/node-unsafe-sysctls';
import { describeCheck } from '../../support/describe-check';

const none = 'No unsafe sysctl is allowed.';

describeCheck(nodeUnsafeSysctls, {
  pass: [
    { when: 'never set', given: {}, says: none, watched: [] },
    {
      when: 'the kubelet has a configuration without any',
      given: { pool: { kubeletConfig: { podMaxPids: 100 } } },
      says: none,
    },
    {
      when: 'the list is empty',
      given: { pool: { kubeletConfig: { allowedUnsafeSysctls: [] } } },
      says: none,
      watched: [],
    },
    {
      when: 'AKS itself sets sysctls for the whole node, which gives pods no say',
      given: { pool: { linuxOSConfig: { sysctls: { vmMaxMapCount: 262144 } } } },
      says: none,
    },
  ],
  fail: [
    {
      when: 'some are allowed, in any order',
      given: {
        pool: { kubeletConfig: { allowedUnsafeSysctls: ['net.core.somaxconn', 'kernel.msg*', 'Kernel.Msg*'] } },
      },
      says: 'Pods may set unsafe sysctls: kernel.msg*, net.core.somaxconn.',
      watched: ['kernel.msg*', 'net.core.somaxconn'],
    },
    {
      when: 'a stopped user pool allows one',
      given: {
        pool: {
          mode: 'User',
          powerState: { code: 'Stopped' },
          kubeletConfig: { allowedUnsafeSysctls: ['net.ipv4.tcp_keepalive_time'] },
        },
      },
      says: 'Pods may set unsafe sysctls: net.ipv4.tcp_keepalive_time.',
      watched: ['net.ipv4.tcp_keepalive_time'],
    },
  ],
});
