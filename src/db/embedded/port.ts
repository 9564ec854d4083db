import { createServer } from 'node:net';

// Below every system's range of ports for outgoing connections. A client that retries on a port of that range may get the
// same port as its own, and would then be connected to itself.
const LOWEST = 15_000;
const HIGHEST = 32_000;

/** Finds a TCP port of 127.0.0.1 on which no process listens. @throws Error when 200 random ports are taken */
export async function findFreePort(): Promise<number> {
  for (let tries = 0; tries < 200; tries += 1) {
    const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST));
    if (await isPortFree(port)) return port;
  }
  throw new Error(`No free TCP port between ${LOWEST} and ${HIGHEST} on 127.0.0.1 for the embedded PostgreSQL.`);
}

export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}
