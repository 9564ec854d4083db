import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:net';
import type { Cluster } from './cluster.ts';

/**
 * Does the work unless another process of ours does such work on this cluster right now. The lock is a name that a
 * process listens on and Linux frees when that process dies, however it dies; a file would be left behind.
 *
 * @returns false when another process has the lock
 */
export async function withStartLock(cluster: Cluster, work: () => Promise<void>): Promise<boolean> {
  const { pgdata, credentials } = cluster;
  // The name contains a secret, so that no other user of the machine can take it first.
  const name = `comms-${createHash('sha256').update(`${pgdata} ${credentials.superuser}`).digest('hex').slice(0, 40)}`;
  const lock = await take(name);
  if (lock === 'taken') return false;
  try {
    await work();
    return true;
  } finally {
    await new Promise((resolve) => lock?.close(resolve) ?? resolve(undefined));
  }
}

function take(name: string): Promise<Server | 'taken' | undefined> {
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'EADDRINUSE' ? 'taken' : undefined));
    server.listen({ path: `\0${name}`, exclusive: true }, () => resolve(server)); // not shared in a cluster of workers
  });
}
