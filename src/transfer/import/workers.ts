import { Worker } from 'node:worker_threads';
import type { EncryptionKey, KeyRing } from '../../crypto/key-ring.ts';
import { type EncodedPiece, encodePiece, type Plan } from './encode-messages.ts';
import type { Piece } from './source.ts';
import { type StagedPiece, stagePiece } from './stage-piece.ts';

/** Turns pieces of the file into rows: on this thread, or on worker threads so that this one only waits for PostgreSQL. */
export type Readers = {
  stage(piece: Piece): Promise<StagedPiece>;
  /** `plans` of the piece's messages, in their order. */
  encode(piece: Piece, plans: Plan[], importedAt: string): Promise<EncodedPiece>;
  /** What is made of each entry, in their order; some are being made ahead. */
  inOrder<Entry, Made>(entries: AsyncIterable<Entry>, make: (entry: Entry) => Promise<Made>): AsyncGenerator<Made>;
  close(): Promise<void>;
};

/** What a thread is asked. Pieces and rows change hands: they aren't copied. */
export type Task =
  | { nth: number; stage: Piece; encode?: never }
  | { nth: number; encode: { piece: Piece; plans: Plan[]; importedAt: string }; stage?: never };

export type Done = { nth: number; made: StagedPiece | EncodedPiece; error?: never } | { nth: number; error: unknown };

export type ReaderSettings = { keys: EncryptionKey[]; primaryId: number };

/** @param threads how many beside this one; none for what is read faster than a thread starts */
export function startReaders(ring: KeyRing, threads: number): Readers {
  return threads === 0 ? readHere(ring) : new ReaderThreads(ring, threads);
}

function readHere(ring: KeyRing): Readers {
  return {
    stage: async (piece) => stagePiece(piece, ring),
    encode: async (piece, plans, importedAt) => encodePiece(piece, plans, importedAt, ring),
    inOrder: (entries, make) => inOrder(entries, make, 1),
    close: async () => undefined,
  };
}

type Waiting = { resolve: (made: never) => void; reject: (error: unknown) => void };

class ReaderThreads implements Readers {
  readonly #threads: Worker[];
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;
  #failure: Error | undefined;

  constructor(ring: KeyRing, threads: number) {
    const keys = ring.ids.map((id) => ({ id, material: ring.material(id) }));
    const workerData: ReaderSettings = { keys, primaryId: ring.primaryId };
    this.#threads = Array.from({ length: threads }, () => this.#watched(startThread(workerData)));
  }

  stage(piece: Piece): Promise<StagedPiece> {
    return this.#ask({ nth: 0, stage: piece }, piece);
  }

  encode(piece: Piece, plans: Plan[], importedAt: string): Promise<EncodedPiece> {
    return this.#ask({ nth: 0, encode: { piece, plans, importedAt } }, piece);
  }

  inOrder<Entry, Made>(entries: AsyncIterable<Entry>, make: (entry: Entry) => Promise<Made>): AsyncGenerator<Made> {
    return inOrder(entries, make, 2 * this.#threads.length);
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.terminate()));
  }

  #ask<Made>(task: Task, piece: Piece): Promise<Made> {
    if (this.#failure) return Promise.reject(this.#failure);
    const nth = this.#asked;
    this.#asked += 1;
    return new Promise((resolve, reject) => {
      this.#waiting.set(nth, { resolve: resolve as Waiting['resolve'], reject });
      this.#threads[nth % this.#threads.length]?.postMessage({ ...task, nth }, [piece.bytes.buffer]);
    });
  }

  #watched(thread: Worker): Worker {
    thread.on('message', (done: Done) => {
      const waiting = this.#waiting.get(done.nth);
      this.#waiting.delete(done.nth);
      if ('made' in done) waiting?.resolve(done.made as never);
      else waiting?.reject(done.error);
    });
    thread.on('error', (error) => this.#fail(error as Error));
    thread.on('exit', () => this.#fail(new Error('A thread of the import ended.')));
    return thread;
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    for (const { reject } of this.#waiting.values()) reject(this.#failure);
    this.#waiting.clear();
  }
}

function startThread(workerData: ReaderSettings): Worker {
  const file = new URL('./worker-thread.js', import.meta.url);
  if (import.meta.url.endsWith('.js')) return new Worker(file, { workerData });
  // From source. What loads TypeScript in this thread doesn't reach the first file of another, in Node 20.
  const [loader, source] = [import.meta.resolve('tsx/esm/api'), file.href.replace(/js$/, 'ts')].map((url) =>
    JSON.stringify(url),
  );
  const script = `import(${loader}).then(({ register }) => { register(); return import(${source}); })`;
  return new Worker(script, { eval: true, workerData });
}

async function* inOrder<Entry, Made>(
  entries: AsyncIterable<Entry>,
  make: (entry: Entry) => Promise<Made>,
  ahead: number,
): AsyncGenerator<Made> {
  const coming: Promise<Made>[] = [];
  for await (const entry of entries) {
    const made = make(entry);
    // Who waits for an earlier one hears of a later failure in its turn.
    made.catch(() => undefined);
    coming.push(made);
    const first = coming.length > ahead ? coming.shift() : undefined;
    if (first) yield await first;
  }
  for (const made of coming) yield await made;
}
