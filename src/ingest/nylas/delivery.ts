import { Piscina } from 'piscina';
import { type NylasDelivery, type NylasEvent, readNylasEvent } from './event.ts';
import { isGzip } from './unpack.ts';

/**
 * Reads a verified delivery as {@link readNylasEvent} does. A large one is read in a thread of its own, because parsing 5
 * MiB of JSON or a mail of 1 MiB blocks the event loop for tens of milliseconds. So is a compressed one, which may be
 * large.
 */
export async function readNylasDelivery(delivery: NylasDelivery): Promise<NylasEvent> {
  const { bytes, contentEncoding, receivedAt = new Date() } = delivery;
  if (bytes.length <= LARGE_BYTES && !isGzip(bytes)) return readNylasEvent(delivery);
  thread ??= openThread();
  return thread.run({ bytes, contentEncoding, receivedAt });
}

/** Below it, sending a delivery to a thread and back costs about as much as reading it. */
const LARGE_BYTES = 64 * 1024;
const IDLE_MS = 30_000;

/** One for each process, started by the first large delivery, and ended when there was none for a while. */
let thread: Piscina<NylasDelivery, NylasEvent> | undefined;

function openThread(): Piscina<NylasDelivery, NylasEvent> {
  // `reading-thread.ts` under a loader, `reading-thread.js` in a build.
  const filename = import.meta.url.replace(/delivery\.([jt]s)$/, 'reading-thread.$1');
  return new Piscina({
    filename,
    ...(filename.endsWith('.ts') ? { execArgv: ['--import', import.meta.resolve('tsx')] } : {}),
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: IDLE_MS,
    // Requests come first when all processors are busy.
    niceIncrement: 5,
  });
}
