import type { Hash, Hmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { ApiError, invalid, unavailable } from '../../domain/errors.ts';

declare module 'fastify' {
  interface FastifyInstance {
    bodyBudget: BodyBudget;
  }
  interface FastifyRequest {
    /** Updated with each chunk of the body as it comes. */
    bodyHashes: (Hash | Hmac)[] | undefined;
    /** Gives the body's bytes back to the budget; called when the request is over. */
    releaseBody: (() => void) | undefined;
  }
}

const MEBIBYTE = 1024 * 1024;
/** Of all bodies that a process holds at a time, of every route. */
const BYTES_IN_FLIGHT = 64 * MEBIBYTE;

/** How many bytes of bodies are in memory, from the first chunk until the response has left. */
export class BodyBudget {
  readonly #limit: number;
  #bytes = 0;

  constructor(limit = BYTES_IN_FLIGHT) {
    this.#limit = limit;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** @returns false when there is no room for so many more */
  take(bytes: number): boolean {
    if (this.#bytes + bytes > this.#limit) return false;
    this.#bytes += bytes;
    return true;
  }

  give(bytes: number): void {
    this.#bytes -= bytes;
  }
}

/**
 * Reads a request's body. Bytes count when they arrive, so that a client which announces much and sends little takes
 * little of the budget.
 * @throws payload_too_large over the limit, unavailable when the budget of all requests is used up
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
  let taken = 0;
  return new Promise<Buffer>((resolve, reject) => {
    const giveBack = () => {
      bodyBudget.give(taken);
      taken = 0;
    };
    request.releaseBody = giveBack;
    const stop = (error: Error) => {
      payload.off('data', take).off('end', finish).off('error', stop);
      payload.resume();
      giveBack();
      reject(error);
    };
    const take = (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > limit) return stop(tooLarge());
      if (!bodyBudget.take(chunk.length)) return stop(tooBusy());
      taken += chunk.length;
      for (const hash of request.bodyHashes ?? []) hash.update(chunk);
      chunks.push(chunk);
    };
    const finish = () => {
      if (announced >= 0 && announced !== bytes) return stop(invalid({ request: ['The request is malformed.'] }));
      resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, bytes));
    };
    payload.on('data', take).once('end', finish).once('error', stop);
  });
}

/** The client may go on sending: the connection is of no further use. */
const CLOSING = { headers: { connection: 'close' } };

function tooLarge(): ApiError {
  return new ApiError('payload_too_large', 'The body is larger than this address takes.', CLOSING);
}

function tooBusy(): ApiError {
  const { message } = unavailable();
  return new ApiError('unavailable', message, { headers: { ...CLOSING.headers, 'retry-after': '1' } });
}
