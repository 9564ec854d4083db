import type { Hash, Hmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { ApiError, invalid, unavailable } from '../../domain/errors.ts';

declare module 'fastify' {
  interface FastifyInstance {
    bodyBudget: BodyBudget;
  }
  interface FastifyRequest {
    /** Updated with each chunk of the body as it arrives. */
    bodyHashes: (Hash | Hmac)[] | undefined;
    /** Returns the body's bytes to the budget; called when the response closes. */
    releaseBody: (() => void) | undefined;
  }
}

const MEBIBYTE = 1024 * 1024;
/** The limit on the request bodies that one process holds in memory, over all routes. */
const MAX_BYTES_IN_FLIGHT = 64 * MEBIBYTE;

/** Counts the bytes of request bodies in memory, from the first chunk of a body until its response closes. */
export class BodyBudget {
  readonly #limit: number;
  #bytes = 0;

  constructor(limit = MAX_BYTES_IN_FLIGHT) {
    this.#limit = limit;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** @returns false when the limit would be exceeded; then nothing is reserved */
  reserve(bytes: number): boolean {
    if (this.#bytes + bytes > this.#limit) return false;
    this.#bytes += bytes;
    return true;
  }

  release(bytes: number): void {
    this.#bytes -= bytes;
  }
}

/**
 * Reads a request's body. Bytes are reserved as they arrive and not by `Content-Length`, so that a client that announces
 * a large body and sends little of it reserves little.
 * @param limit in bytes
 * @throws ApiError payload_too_large above the limit, unavailable when the budget of the process is used up, and invalid
 *   when the length isn't the announced one
 */
export function readBody(request: FastifyRequest, payload: IncomingMessage, limit: number): Promise<Buffer> {
  const announced = Number(request.headers['content-length'] ?? Number.NaN);
  if (announced > limit) {
    payload.resume();
    return Promise.reject(tooLarge());
  }
  const { bodyBudget } = request.server;
  const chunks: Buffer[] = [];
  let bytes = 0;
  let reserved = 0;
  return new Promise<Buffer>((resolve, reject) => {
    const release = () => {
      bodyBudget.release(reserved);
      reserved = 0;
    };
    request.releaseBody = release;
    const stop = (error: Error) => {
      payload.off('data', addChunk).off('end', finish).off('error', stop);
      payload.resume();
      release();
      reject(error);
    };
    const addChunk = (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > limit) return stop(tooLarge());
      if (!bodyBudget.reserve(chunk.length)) return stop(tooBusy());
      reserved += chunk.length;
      for (const hash of request.bodyHashes ?? []) hash.update(chunk);
      chunks.push(chunk);
    };
    const finish = () => {
      if (announced >= 0 && announced !== bytes) return stop(invalid({ request: ['The request is malformed.'] }));
      resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, bytes));
    };
    payload.on('data', addChunk).once('end', finish).once('error', stop);
  });
}

/** Closes the connection, because the client may go on sending the rest of the body on it. */
const CLOSING = { headers: { connection: 'close' } };

function tooLarge(): ApiError {
  return new ApiError('payload_too_large', 'The body is larger than this address takes.', CLOSING);
}

function tooBusy(): ApiError {
  const { message } = unavailable();
  return new ApiError('unavailable', message, { headers: { ...CLOSING.headers, 'retry-after': '1' } });
}
