import { workloadIdentity } from '../../../shared/checks/configuration/workload-identity';
import type { Cluster } from '../../../shared/model/cluster';
import { describeCheck } from '../../support/describe-check';
import type { Given } from '../../support/evidence';

const given = (issuer: boolean | undefined, identity: boolean | undefined, rest: Partial<Cluster> = {}): Given => ({
  cluster: {
    ...rest,
    ...(issuer !== undefined && { oidcIssuerProfile: { enabled: issuer } }),
    ...(identity !== undefined && { securityProfile: { workloadIdentity: { enabled: identity } } }),
  },
});
const automatic = { sku: { name: 'Automatic' } };
const ON = 'The OIDC issuer and Workload Identity are on';

describeCheck(workloadIdentity, {
  pass: [
    { when: 'both are on', given: given(true, true), says: `${ON}.` },
    {
      when: 'both are on in a stopped cluster: configuration is judged all the same',
      given: given(true, true, { powerState: { code: 'Stopped' } }),
      says: `${ON}.`,
    },
    {
      when: 'never set on AKS Automatic',
      given: given(undefined, undefined, automatic),
      says: `${ON}; AKS Automatic enforces it.`,
    },
    {
      when: 'both are on with AKS Automatic',
      given: given(true, true, automatic),
      says: `${ON}; AKS Automatic enforces it.`,
    },
    {
      when: 'only one is told on AKS Automatic',
      given: given(true, undefined, automatic),
      says: `${ON}; AKS Automatic enforces it.`,
    },
  ],
  fail: [
    {
      when: 'never set',
      given: {},
      says: 'The OIDC issuer and Workload Identity are off.',
      remediation:
        'az aks update --subscription 11111111-1111-1111-1111-111111111111 --resource-group rg1 --name c1 --enable-oidc-issuer --enable-workload-identity',
    },
    { when: 'both are off', given: given(false, false), says: 'The OIDC issuer and Workload Identity are off.' },
    {
      when: 'the issuer is off and the other was never set',
      given: given(false, undefined),
      says: 'The OIDC issuer and Workload Identity are off.',
    },
    { when: 'only the issuer is on', given: given(true, false), says: 'Workload Identity is off.' },
    {
      when: 'the issuer is on and the other was never set',
      given: given(true, undefined),
      says: 'Workload Identity is off.',
    },
    { when: 'the issuer was never set', given: given(undefined, true), says: 'The OIDC issuer is off.' },
    {
      when: 'one was switched off with AKS Automatic',
      given: given(undefined, false, automatic),
      says: 'Workload Identity is off.',
    },
    {
      when: 'the issuer was switched off with AKS Automatic',
      given: given(false, true, automatic),
      says: 'The OIDC issuer is off.',
    },
    {
      when: 'only a URL of an issuer is told',
      given: { cluster: { oidcIssuerProfile: { issuerURL: 'https://westeurope.oic.prod-aks.azure.com/t/i/' } } },
      says: 'The OIDC issuer and Workload Identity are off.',
    },
  ],
});
