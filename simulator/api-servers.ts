import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import type { SecureContext } from 'node:tls';
import { TLSSocket, createSecureContext } from 'node:tls';
import type { Authority, Validity } from './certificates';
import { createAuthority, issueServerCertificate } from './certificates';
import type { ArmBody, World } from './world';

/** The API server of a cluster, as the world describes it. */
export interface ApiServer {
  /** Life of the serving certificate; a change shows in the next handshake. */
  certificate: Validity;
  /** Life of the cluster's certificate authority; a change rotates it. */
  authority: Validity;
  /** `silent` accepts connections and never answers; `refusing` has a closed port. */
  behaviour: 'serving' | 'silent' | 'refusing';
}

interface Listener {
  server: Server;
  port: number;
  listening: boolean;
}

const keyOf = ({ notBefore, notAfter }: Validity): string => `${notBefore.toISOString()} ${notAfter.toISOString()}`;

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

/**
 * TLS servers with the certificates that the world asks for. A server starts when its cluster is first read,
 * so that a fleet of thousands costs nothing until then.
 */
export class ApiServers {
  private readonly listeners = new Map<string, Promise<Listener>>();
  private readonly authorities = new Map<string, { key: string; made: Promise<Authority> }>();
  private readonly contexts = new Map<string, { key: string; made: Promise<SecureContext> }>();
  private readonly sockets = new Set<Socket>();

  constructor(private readonly world: World) {}

  /** The body of a cluster with its `fqdn` replaced by the address of its API server, if it has both. */
  async serve(cluster: ArmBody): Promise<ArmBody> {
    const id = cluster.id.toLowerCase();
    const apiServer = this.world.apiServers[id];
    if (!apiServer || typeof cluster.properties.fqdn !== 'string') {
      return cluster;
    }
    const listener = await this.listenerOf(id);
    await this.open(listener, apiServer.behaviour !== 'refusing');
    return { ...cluster, properties: { ...cluster.properties, fqdn: `localhost:${listener.port}` } };
  }

  /** The PEM of the certificate authority of a cluster, undefined when it has no API server. */
  async authorityOf(clusterId: string): Promise<string | undefined> {
    const apiServer = this.world.apiServers[clusterId.toLowerCase()];
    return apiServer && (await this.authority(clusterId.toLowerCase(), apiServer)).pem;
  }

  /** Closes every server and connection. */
  async stop(): Promise<void> {
    for (const socket of this.sockets) {
      socket.destroy();
    }
    const listeners = await Promise.all(this.listeners.values());
    await Promise.all(listeners.map((listener) => this.open(listener, false)));
  }

  private listenerOf(id: string): Promise<Listener> {
    const known = this.listeners.get(id);
    if (known) {
      return known;
    }
    const server = createServer((socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
      socket.on('error', () => socket.destroy());
      this.handshake(id, socket).catch(() => socket.destroy());
    });
    const started = listen(server, 0).then((port) => ({ server, port, listening: true }));
    this.listeners.set(id, started);
    return started;
  }

  /** Opens or closes the port; the number stays, because it is part of the cluster's address. */
  private async open(listener: Listener, wanted: boolean): Promise<void> {
    if (listener.listening === wanted) {
      return;
    }
    listener.listening = wanted;
    if (wanted) {
      await listen(listener.server, listener.port);
    } else {
      // The port closes at once; the connections that it has may go on.
      listener.server.close();
    }
  }

  private async handshake(id: string, socket: Socket): Promise<void> {
    const apiServer = this.world.apiServers[id];
    if (apiServer?.behaviour !== 'serving') {
      return;
    }
    const secureContext = await this.context(id, apiServer);
    // An API server asks for a client certificate and takes clients that have none.
    const secure = new TLSSocket(socket, {
      isServer: true,
      secureContext,
      requestCert: true,
      rejectUnauthorized: false,
    });
    secure.on('error', () => socket.destroy());
    secure.resume();
  }

  private authority(id: string, { authority }: ApiServer): Promise<Authority> {
    const key = keyOf(authority);
    const known = this.authorities.get(id);
    if (known?.key === key) {
      return known.made;
    }
    const made = createAuthority('ca', authority);
    this.authorities.set(id, { key, made });
    return made;
  }

  private context(id: string, apiServer: ApiServer): Promise<SecureContext> {
    const key = `${keyOf(apiServer.certificate)} ${keyOf(apiServer.authority)}`;
    const known = this.contexts.get(id);
    if (known?.key === key) {
      return known.made;
    }
    const made = this.authority(id, apiServer)
      .then((authority) => issueServerCertificate(authority, 'apiserver', apiServer.certificate))
      .then(createSecureContext);
    this.contexts.set(id, { key, made });
    return made;
  }
}
