import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { KeyRing } from '../../crypto/key-ring.ts';
import { encodePiece } from './encode-messages.ts';
import { stagePiece } from './stage-piece.ts';
import type { Done, ReaderSettings, Task } from './workers.ts';

/** A thread that reads pieces of an import file (`readers.ts`). */

const { keys, primaryId } = workerData as ReaderSettings;
const ring = new KeyRing(keys, primaryId);

// Where cores are few PostgreSQL goes first, since all wait for it. On Linux this is of the thread, elsewhere of the process.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

parentPort?.on('message', (task: Task) => {
  const { done, lent } = answer(task);
  parentPort?.postMessage(done, lent);
});

function answer({ nth, stage, encode }: Task): { done: Done; lent: ArrayBuffer[] } {
  try {
    if (stage) {
      const made = stagePiece(stage, ring);
      return { done: { nth, made }, lent: made.rows.map(({ rows }) => rows.buffer) };
    }
    const made = encodePiece(encode.piece, encode.plans, encode.importedAt, ring);
    const rows = [made.created, made.createdByDay, made.replacements, made.links, made.attachments];
    return { done: { nth, made }, lent: rows.flatMap((some) => (some ? [some.buffer] : [])) };
  } catch (error) {
    return { done: { nth, error }, lent: [] };
  }
}
