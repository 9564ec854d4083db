import { hash } from 'node:crypto';
import { Type } from '@sinclair/typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { preconditionFailed } from '../domain/errors.ts';
import { doc } from './schema.ts';

/** Weak entity tags and preconditions (contract §1, Caching): equal tags mean equal content, not equal bytes. */

/** @param version the company's list version, read before the rows so that it is never newer than the rows */
export function listETag(route: string, params: unknown, query: unknown, version: string): string {
  return weakTag([route, JSON.stringify(params), JSON.stringify(query), version]);
}

/** @param body the object as it is serialised */
function objectETag(body: string): string {
  return weakTag([body]);
}

/**
 * Evaluates the preconditions of a request for a resource with this tag (RFC 9110 §13.2.2).
 * @returns whether `If-None-Match` matches, so that the response is 304
 * @throws preconditionFailed when `If-Match` doesn't match
 */
export function isNotModified(
  headers: { 'if-match'?: string | undefined; 'if-none-match'?: string | undefined },
  etag: string,
): boolean {
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = headers;
  if (ifMatch !== undefined && !matches(ifMatch, etag)) throw preconditionFailed();
  return ifNoneMatch !== undefined && matches(ifNoneMatch, etag);
}

/**
 * Whether `If-None-Match` contains this very tag, which the client can only have from a successful response; `*`
 * doesn't count.
 */
export function namesInIfNoneMatch(headers: { 'if-none-match'?: string | undefined }, etag: string): boolean {
  return tagsOf(headers['if-none-match'] ?? '').some((tag) => isSame(tag, etag));
}

/** Whether a list of tags contains this one; `*` matches every tag. */
function matches(header: string, etag: string): boolean {
  return tagsOf(header).some((tag) => tag === '*' || isSame(tag, etag));
}

function tagsOf(header: string): string[] {
  return header.split(',').map((tag) => tag.trim());
}

/**
 * The suffixes that proxies (nginx, Apache, Caddy, Cloudflare and others) add inside the quotes when they compress a
 * response.
 */
const PROXY_SUFFIX = /(-gzip|;gzip|-br|;br|-zstd|;zstd)"$/;

/** Weak comparison (RFC 9110 §8.8.3.2), for `If-Match` too, because all tags of this server are weak. */
function isSame(tag: string, etag: string): boolean {
  return [tag, tag.replace(PROXY_SUFFIX, '"')].some((given) => given === etag || `W/${given}` === etag);
}

function weakTag(parts: string[]): string {
  const digest = hash('sha256', `${parts.join('\n')}\n`, 'base64url');
  return `W/"${digest.slice(0, 22)}"`;
}

/**
 * Sends one object with its ETag, or 304 when `If-None-Match` matches.
 * @throws preconditionFailed
 */
export function sendDetail(request: FastifyRequest, reply: FastifyReply, detail: object): FastifyReply {
  const body = bodyOf(reply, detail);
  const etag = objectETag(body);
  reply.header('etag', etag);
  if (isNotModified(request.headers, etag)) return reply.code(304).send();
  return reply.type('application/json; charset=utf-8').send(body);
}

/** The headers of PATCH, PUT and DELETE. */
export const PreconditionHeaders = Type.Object({
  'If-Match': Type.Optional(
    Type.String(
      doc(
        'The request succeeds only while the `ETag` of the object is this one, else 412. Tags are weak and are compared weakly here too.',
        'W/"Yx0n4lqv0bPj1Cq0mX3m9A"',
      ),
    ),
  ),
  'If-None-Match': Type.Optional(
    Type.String({
      description:
        'The request succeeds only while the `ETag` of the object isn’t this one, and with `*` only if there is no object, else 412.',
      examples: ['*'],
    }),
  ),
});

/**
 * The check that `If-Match` and `If-None-Match` require of a write. Call the returned function inside the transaction
 * with the object read under its lock (undefined when there is none), so that no other transaction changes it before the
 * write; it throws preconditionFailed.
 * @returns undefined without either header
 */
export function preconditionOf(
  { headers }: FastifyRequest,
  reply: FastifyReply,
): ((current: object | undefined) => void) | undefined {
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = headers;
  if (ifMatch === undefined && ifNoneMatch === undefined) return undefined;
  return (current) => {
    const hasTagIn = (header: string) => current !== undefined && matches(header, objectETag(bodyOf(reply, current)));
    if (ifMatch !== undefined && !hasTagIn(ifMatch)) throw preconditionFailed();
    if (ifNoneMatch !== undefined && hasTagIn(ifNoneMatch)) throw preconditionFailed();
  };
}

/** Sends a changed object with the ETag that a GET of the object would have. */
export function sendChanged(reply: FastifyReply, object: object): FastifyReply {
  const body = bodyOf(reply, object);
  return reply.header('etag', objectETag(body)).type('application/json; charset=utf-8').send(body);
}

function bodyOf(reply: FastifyReply, object: object): string {
  return reply.serialize(object as Record<string, unknown>) as string;
}
