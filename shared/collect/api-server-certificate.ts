import net from 'node:net';
import tls from 'node:tls';

import type { Cluster } from '../model/cluster';
import type { NeededAction } from '../model/permission';
import type { Certificate, Collected } from '../model/snapshot';
import { certificateOf } from './certificate';
import type { Azure } from './azure';
import { attempt, read, unreadSection } from './unread';

/** A handshake needs no permission, only a way to the API server. */
export const API_SERVER_CERTIFICATE_ACTIONS: readonly NeededAction[] = [];

const HANDSHAKE_TIMEOUT_MILLISECONDS = 5000;

/** The certificate that the API server shows: one TLS handshake, no credential sent. */
export function apiServerCertificate(azure: Azure): (cluster: Cluster) => Promise<Collected<Certificate>> {
  return async (cluster) => {
    const result = await attempt('apiServerCertificate', cluster.id, azure.signal, async () => {
      const noWay = structuralObstacle(cluster);
      return noWay === null ? handshake(addressOf(cluster), azure.signal) : { obstacle: noWay };
    });
    return result.ok ? sectionOf(cluster, result.value) : result;
  };
}

function sectionOf(cluster: Cluster, result: Handshake | { readonly obstacle: string }): Collected<Certificate> {
  if ('certificate' in result) {
    return read(result.certificate);
  }
  return 'obstacle' in result
    ? unreadSection('apiServerCertificate', cluster.id, 'disabled', result.obstacle)
    : unreadSection('apiServerCertificate', cluster.id, 'unreachable', `${addressOf(cluster)}: ${result.failure}`);
}

function addressOf({ fqdn }: Cluster): string {
  if (fqdn === undefined || fqdn === '') {
    throw new Error('The body lacks properties.fqdn.');
  }
  return fqdn;
}

type Handshake = { readonly certificate: Certificate } | { readonly failure: string };

/** Why no handshake can succeed from outside, whatever the network does today. */
function structuralObstacle(cluster: Cluster): string | null {
  if (cluster.apiServerAccessProfile?.enablePrivateCluster === true) {
    return 'The cluster is private; no route to its API server is declared.';
  }
  if (cluster.publicNetworkAccess === 'Disabled') {
    return 'Public network access to the cluster is disabled.';
  }
  return cluster.powerState?.code === 'Stopped' ? 'The cluster is stopped.' : null;
}

async function handshake(address: string, signal: AbortSignal): Promise<Handshake> {
  const { hostname, port } = new URL(`https://${address}`);
  const host = hostname.replace(/^\[|\]$/g, '');
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const socket = tls.connect({
      host,
      port: port === '' ? 443 : Number(port),
      ...(net.isIP(host) === 0 ? { servername: host } : {}),
      // The cluster's own CA signs it, which no machine trusts. Nothing is sent, so nothing can leak.
      rejectUnauthorized: false,
      minVersion: 'TLSv1.2',
      ALPNProtocols: ['http/1.1'],
    });
    const finish = (result: Handshake): void => {
      signal.removeEventListener('abort', abort);
      socket.destroy();
      resolve(result);
    };
    const abort = (): void => {
      socket.destroy();
      reject(new Error('aborted'));
    };
    signal.addEventListener('abort', abort, { once: true });
    socket.setTimeout(HANDSHAKE_TIMEOUT_MILLISECONDS, () => {
      finish({ failure: `no answer within ${HANDSHAKE_TIMEOUT_MILLISECONDS / 1000} seconds (ETIMEDOUT)` });
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      finish({ failure: failureOf(error) });
    });
    socket.once('secureConnect', () => {
      const certificate = socket.getPeerX509Certificate();
      finish(
        certificate === undefined
          ? { failure: 'no certificate was shown' }
          : { certificate: certificateOf(certificate) },
      );
    });
  });
}

/** OpenSSL's message holds a thread id and a line break; its reason is the same at every run. */
function failureOf({ message, code, reason }: NodeJS.ErrnoException & { readonly reason?: string }): string {
  const said = reason ?? message;
  return code === undefined ? said : `${said} (${code})`;
}
