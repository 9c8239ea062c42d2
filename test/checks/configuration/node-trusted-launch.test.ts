import { nodeTrustedLaunch } from '../../../shared/checks/configuration/node-trusted-launch';
import { describeCheck } from '../../support/describe-check';
import type { Given } from '../../support/evidence';

const GEN2 = 'AKSUbuntu-2204gen2containerd-202611.02.0';
const TL = 'AKSUbuntu-2204gen2TLcontainerd-202611.02.0';

const launch = (enableVtpm: boolean, enableSecureBoot: boolean, nodeImageVersion = GEN2): Given => ({
  pool: { securityProfile: { enableVtpm, enableSecureBoot }, nodeImageVersion },
});
const image = (nodeImageVersion: string): Given => ({ pool: { nodeImageVersion } });

const on = 'The virtual TPM and secure boot are on.';
const bothOff = 'Off: the virtual TPM and secure boot.';
const names = '--subscription 11111111-1111-1111-1111-111111111111 --resource-group rg1 --cluster-name c1';

describeCheck(nodeTrustedLaunch, {
  pass: [
    { when: 'both are on', given: launch(true, true, TL), says: on, watched: null },
    {
      when: 'both are on and the image has no name',
      given: { pool: { securityProfile: { enableVtpm: true, enableSecureBoot: true } } },
      says: on,
    },
    {
      when: 'both are on in a stopped user pool',
      given: {
        pool: {
          mode: 'User',
          powerState: { code: 'Stopped' },
          securityProfile: { enableVtpm: true, enableSecureBoot: true },
        },
      },
      says: on,
    },
  ],
  fail: [
    {
      when: 'never set',
      given: image(GEN2),
      says: bothOff,
      remediation: `az aks nodepool add ${names} --name "<new pool>" --mode "<System or User>" --enable-vtpm --enable-secure-boot # then move the workloads, and: az aks nodepool delete ${names} --name pool1`,
    },
    { when: 'both are off', given: launch(false, false), says: bothOff },
    {
      when: 'secure boot alone is off, in a pool with the image for it',
      given: launch(true, false, TL),
      says: 'Off: secure boot.',
      remediation: `az aks nodepool update ${names} --name pool1 --enable-vtpm --enable-secure-boot`,
    },
    { when: 'the virtual TPM alone is off', given: launch(false, true, TL), says: 'Off: the virtual TPM.' },
    { when: 'the image is for arm64', given: image('AKSUbuntu-2204gen2arm64containerd-202506.16.0'), says: bothOff },
    {
      when: 'a gateway pool on AKS Automatic runs Azure Linux',
      given: {
        pool: { mode: 'Gateway', nodeImageVersion: 'AKSAzureLinux-V3gen2-202509.23.0' },
        cluster: { sku: { name: 'Automatic' } },
      },
      says: bothOff,
    },
  ],
  notApplicable: [
    {
      when: 'the machines are of generation 1',
      given: launch(false, false, 'AKSUbuntu-2204containerd-202611.02.0'),
      says: 'Machines of generation 1 cannot do it.',
    },
    {
      when: 'the machines are confidential',
      given: image('AKSUbuntu-2004gen2CVMcontainerd-202507.02.0'),
      says: 'Confidential machines start in a way of their own.',
    },
    {
      when: 'the nodes run Windows',
      given: { pool: { osType: 'Windows', nodeImageVersion: 'AKSWindows-2022-containerd-gen2-20348.4529.251212' } },
      says: 'Windows nodes cannot do it.',
    },
  ],
  unknown: [
    {
      when: 'the generation cannot be told, as the image has no name',
      given: {},
      reason: 'notVisible',
      says: 'properties.agentPoolProfiles[].nodeImageVersion is missing.',
    },
    {
      when: 'the generation cannot be told, as the name cannot be read',
      given: image('AKSUbuntu:1604:2020.03.11'),
      reason: 'invalid',
      says: 'nodeImageVersion holds no date: AKSUbuntu:1604:2020.03.11.',
    },
  ],
});
