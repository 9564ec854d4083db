import { hash } from 'node:crypto';
import { Type } from '@sinclair/typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { preconditionFailed } from '../domain/errors.ts';

/** Weak entity tags (contract §1, Caching): the same tag means the same meaning, not the same bytes. */

/** @param version the company's list version, read before the rows so that it is never newer than they are */
export function listETag(route: string, params: unknown, query: unknown, version: string): string {
  return weakTag([route, JSON.stringify(params), JSON.stringify(query), version]);
}

/** Of one object as it is sent. */
export function objectETag(body: string): string {
  return weakTag([body]);
}

/**
 * Whether the client has this version already and 304 is the answer (RFC 9110 §13.2.2).
 * @throws preconditionFailed when `If-Match` names another version
 */
export function isUnchanged(
  headers: { 'if-match'?: string | undefined; 'if-none-match'?: string | undefined },
  etag: string,
): boolean {
  const { 'if-match': wanted, 'if-none-match': known } = headers;
  if (wanted !== undefined && !names(wanted, etag)) throw preconditionFailed();
  return known !== undefined && names(known, etag);
}

/** Whether the client holds an answer of ours with this tag, so that what it asks for is known to be sound. */
export function hasSeen(headers: { 'if-none-match'?: string | undefined }, etag: string): boolean {
  return tagsOf(headers['if-none-match'] ?? '').some((tag) => isSame(tag, etag));
}

/** Whether a list of tags names this one; `*` names every one. */
function names(header: string, etag: string): boolean {
  return tagsOf(header).some((tag) => tag === '*' || isSame(tag, etag));
}

function tagsOf(header: string): string[] {
  return header.split(',').map((tag) => tag.trim());
}

/** Proxies that compress a response mark its tag inside the quotes: nginx, Apache, Caddy, Cloudflare and others. */
const PROXY_MARK = /(-gzip|;gzip|-br|;br|-zstd|;zstd)"$/;

/** Our tags are weak, so `If-Match` compares weakly too. */
function isSame(tag: string, etag: string): boolean {
  return [tag, tag.replace(PROXY_MARK, '"')].some((given) => given === etag || `W/${given}` === etag);
}

function weakTag(parts: string[]): string {
  const digest = hash('sha256', `${parts.join('\n')}\n`, 'base64url');
  return `W/"${digest.slice(0, 22)}"`;
}

/**
 * Sends one object with the ETag of what is sent, or 304 when the client has it already.
 * @throws preconditionFailed
 */
export function sendDetail(request: FastifyRequest, reply: FastifyReply, detail: object): FastifyReply {
  const body = bodyOf(reply, detail);
  const etag = objectETag(body);
  reply.header('etag', etag);
  if (isUnchanged(request.headers, etag)) return reply.code(304).send();
  return reply.type('application/json; charset=utf-8').send(body);
}

/** Of what is changed. */
export const IfMatchHeaders = Type.Object({
  'If-Match': Type.Optional(
    Type.String({
      description: 'Change it only while its `ETag` is this one, else 412. Our tags are weak and compare so here too.',
      examples: ['W/"Yx0n4lqv0bPj1Cq0mX3m9A"'],
    }),
  ),
});

/**
 * What `If-Match` asks of an object. Call the function inside the transaction, with the object read under its lock:
 * only then has nobody changed it in between. Undefined when the client asks nothing.
 * @throws (the function) preconditionFailed
 */
export function preconditionOf(request: FastifyRequest, reply: FastifyReply): ((current: object) => void) | undefined {
  const expected = request.headers['if-match'];
  if (expected === undefined) return undefined;
  return (current) => void isUnchanged({ 'if-match': expected }, objectETag(bodyOf(reply, current)));
}

/** Answers a changed object with the ETag that its own address would give. */
export function sendChanged(reply: FastifyReply, object: object): FastifyReply {
  const body = bodyOf(reply, object);
  return reply.header('etag', objectETag(body)).type('application/json; charset=utf-8').send(body);
}

function bodyOf(reply: FastifyReply, object: object): string {
  return reply.serialize(object as Record<string, unknown>) as string;
}
