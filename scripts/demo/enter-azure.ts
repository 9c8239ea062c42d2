import tls from 'node:tls';

import type { Simulator } from '../../simulator';

/** This process becomes a function app in the simulated Azure: it trusts its certificates and has its identity. @returns what undoes it. */
export function enterAzure({ caPem, environment }: Simulator): () => void {
  const { IDENTITY_ENDPOINT = '', IDENTITY_HEADER = '' } = environment;
  const leaveTrust = trust(caPem);
  // Everything is on this machine: a company's proxy must not be asked for it.
  const leaveIdentity = setEnvironment({ IDENTITY_ENDPOINT, IDENTITY_HEADER, NO_PROXY: 'localhost,127.0.0.1' });
  return () => {
    leaveIdentity();
    leaveTrust();
  };
}

function trust(authority: string): () => void {
  const before = tls.getCACertificates('default');
  tls.setDefaultCACertificates([...before, authority]);
  return () => {
    tls.setDefaultCACertificates(before);
  };
}

/** App Service hands these to a function app, and the SDKs look for them nowhere else. */
function setEnvironment(values: Readonly<Record<string, string>>): () => void {
  const before = Object.keys(values).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, values);
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) {
        // Assigning undefined would leave the word "undefined".
        Reflect.deleteProperty(process.env, name);
      } else {
        process.env[name] = value;
      }
    }
  };
}
