import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { attachmentDisposition, safeContentType } from '../../../src/api/emails/content-disposition.ts';
import { newId } from '../../../src/domain/ids.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { until } from '../../support/event-stream.ts';
import { createMessage, createTenant } from '../../support/factories.ts';
import { connectMailbox } from '../../support/ingest.ts';

const API_KEY = 'nyk_test_key';

/** A local server that speaks the documented download address of Nylas. */
let nylas: Server;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let asked: { url: string | undefined; authorization: string | undefined }[];
let t: TestApp;
let keyless: TestApp;
let tenant: Awaited<ReturnType<typeof createTenant>>;

beforeAll(async () => {
  nylas = createServer((request, response) => {
    asked.push({ url: request.url, authorization: request.headers.authorization });
    answer(request, response);
  });
  await new Promise<void>((resolve) => nylas.listen(0, '127.0.0.1', resolve));
  const { port } = nylas.address() as AddressInfo;
  t = await startTestApp({ nylasApiKey: API_KEY, nylasApiUrl: `http://127.0.0.1:${port}` });
  keyless = await startTestApp();
  tenant = await createTenant(t.db);
  await connectMailbox(t.db, tenant, { grantId: 'grant-1' });
});
afterAll(async () => {
  await t.close();
  await keyless.close();
  nylas.closeAllConnections();
  nylas.close();
});
beforeEach(() => {
  asked = [];
  answer = (_request, response) => response.end('bytes');
});

/** An email with an attachment; an id with characters that mean something in an address. */
async function createAttachment(
  { db, ring }: TestApp,
  companyId: string,
  { filename = 'INV-1001.pdf', contentType = 'application/pdf', providerId = 'v0:a/b?c=' as string | null } = {},
) {
  const message = await createMessage(db, ring, companyId, {
    hasAttachments: true,
    provider: { grantId: 'grant-1', messageId: `message-${newId()}` },
  });
  const attachmentId = newId();
  await db.query({
    text: `INSERT INTO attachments (company_id, id, thread_id, position, filename, content_type, size_bytes, provider_id)
           VALUES ($1, $2, $3, 0, $4, $5, 5, $6)`,
    values: [companyId, attachmentId, message.id, filename, contentType, providerId],
  });
  return { message, attachmentId, url: addressOf(companyId, message.id, attachmentId) };
}

function addressOf(companyId: string, threadId: string, attachmentId: string): string {
  return `/api/companies/${companyId}/communications/emails/${threadId}/attachments/${attachmentId}`;
}

const get = (url: string, token = tenant.token) => t.app.inject({ url, headers: { authorization: `Token ${token}` } });

describe('GET …/emails/{thread_id}/attachments/{attachment_id}', () => {
  it('200: passes the bytes on, to be saved under the name that the mail gives', async () => {
    const bytes = Buffer.from(Array.from({ length: 200_000 }, (_, n) => n % 256));
    answer = (_request, response) => response.writeHead(200, { 'content-length': bytes.length }).end(bytes);
    const { message, url } = await createAttachment(t, tenant.companyId);

    const response = await get(url);

    expect(response.statusCode).toBe(200);
    expect(response.rawPayload.equals(bytes)).toBe(true);
    expect(response.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': '200000',
      'content-disposition': 'attachment; filename="INV-1001.pdf"',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    const messageId = message.provider?.messageId;
    expect(asked).toEqual([
      {
        url: `/v3/grants/grant-1/attachments/v0%3Aa%2Fb%3Fc%3D/download?message_id=${messageId}`,
        authorization: `Bearer ${API_KEY}`,
      },
    ]);
  });

  it('takes any email of the conversation in the address', async () => {
    const { message, attachmentId } = await createAttachment(t, tenant.companyId);
    const reply = await createMessage(t.db, t.ring, tenant.companyId, { threadGroupId: message.threadGroupId });
    expect((await get(addressOf(tenant.companyId, reply.id, attachmentId))).body).toBe('bytes');
  });

  it('hands a page over as bytes, whatever the mail calls it', async () => {
    for (const contentType of ['text/html', 'image/svg+xml', 'application/xhtml+xml; charset=utf-8', 'nonsense']) {
      const { url } = await createAttachment(t, tenant.companyId, { contentType, filename: 'page.html' });
      expect((await get(url)).headers['content-type']).toBe('application/octet-stream');
    }
  });

  it('is 404 for a conversation, an attachment or a company that it is not of, without a word to Nylas', async () => {
    const { message, attachmentId } = await createAttachment(t, tenant.companyId);
    const other = await createAttachment(t, tenant.companyId);
    const stranger = await createTenant(t.db);
    const theirs = await createAttachment(t, stranger.companyId);
    const imported = await createAttachment(t, tenant.companyId, { providerId: null });

    for (const url of [
      addressOf(tenant.companyId, other.message.id, attachmentId),
      addressOf(tenant.companyId, message.id, newId()),
      addressOf(tenant.companyId, theirs.message.id, theirs.attachmentId),
      addressOf(tenant.companyId, message.id, 'x'),
      imported.url,
    ])
      expect((await get(url)).statusCode).toBe(404);
    expect((await get(theirs.url)).statusCode).toBe(403);
    expect((await t.app.inject({ url: theirs.url })).statusCode).toBe(401);
    expect(asked).toEqual([]);
  });

  it('is 404 for a mailbox of another company, though a stored mail names it, without a word to Nylas', async () => {
    const stranger = await createTenant(t.db);
    const theirs = await createAttachment(t, stranger.companyId);
    expect((await get(theirs.url, stranger.token)).statusCode).toBe(404);
    await connectMailbox(t.db, stranger, { grantId: 'grant-2' });
    expect((await get(theirs.url, stranger.token)).statusCode).toBe(404);
    expect(asked).toEqual([]);
  });

  it.each(['.', '..'])(
    'is 404 for the id %j, which would be a step in the path, without a word to Nylas',
    async (id) => {
      const { url } = await createAttachment(t, tenant.companyId, { providerId: id });
      expect((await get(url)).statusCode).toBe(404);
      expect(asked).toEqual([]);
    },
  );

  it('is 404 when Nylas has it no more', async () => {
    answer = (_request, response) => response.writeHead(404).end('{"error":{"type":"not_found_error"}}');
    const { url } = await createAttachment(t, tenant.companyId);
    expect((await get(url)).json()).toMatchObject({ status: 404, code: 'not_found' });
  });

  it('is 503 when Nylas refuses us, is broken or redirects, and says nothing of why', async () => {
    const { url } = await createAttachment(t, tenant.companyId);
    for (const status of [400, 401, 403, 429, 500, 502, 302]) {
      answer = (_request, response) =>
        response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end(`{"error":"grant-1 of ${API_KEY}"}`);
      const response = await get(url);
      expect(response.statusCode).toBe(503);
      expect(response.headers['retry-after']).toBe('1');
      expect(response.body).not.toMatch(/grant-1|nyk_|Nylas answered/);
    }
    answer = (request) => request.socket.destroy();
    expect((await get(url)).statusCode).toBe(503);
  });

  it('is 503 without a key, and 413 for what is too large to pass on', async () => {
    const other = await createTenant(keyless.db);
    await connectMailbox(keyless.db, other, { grantId: 'grant-1' });
    const { url: keylessUrl } = await createAttachment(keyless, other.companyId);
    const refused = await keyless.app.inject({ url: keylessUrl, headers: { authorization: `Token ${other.token}` } });
    expect(refused.statusCode).toBe(503);

    answer = (_request, response) => response.writeHead(200, { 'content-length': 200 * 1024 * 1024 }).flushHeaders();
    const { url } = await createAttachment(t, tenant.companyId);
    expect((await get(url)).statusCode).toBe(413);
  });

  it('breaks the connection after the 200 when Nylas breaks off, so that half a file is never taken for a whole one', async () => {
    const base = await t.app.listen({ host: '127.0.0.1', port: 0 });
    answer = (request, response) => {
      response.write('half');
      setTimeout(() => request.socket.destroy(), 50);
    };
    const { url } = await createAttachment(t, tenant.companyId);
    const response = await fetch(base + url, { headers: { authorization: `Token ${tenant.token}` } });
    await expect(response.text()).rejects.toThrow();

    // A client that leaves ends the download too.
    let isEnded = false;
    answer = (request, response) => {
      response.write('x'.repeat(1000));
      request.socket.once('close', () => {
        isEnded = true;
      });
    };
    const client = new AbortController();
    const leaving = await fetch(base + url, {
      headers: { authorization: `Token ${tenant.token}` },
      signal: client.signal,
    });
    expect(leaving.status).toBe(200);
    client.abort();
    await until(() => isEnded, 'the download is broken off');
  });

  it('needs no more memory for a large file than for a small one', async () => {
    const piece = Buffer.alloc(1024 * 1024, 1);
    answer = (_request, response) => {
      let left = 100;
      const more = () => {
        while (left > 0) {
          left -= 1;
          if (!response.write(piece)) return void response.once('drain', more);
        }
        response.end();
      };
      more();
    };
    const { url } = await createAttachment(t, tenant.companyId);
    const { port } = t.app.server.address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${port}${url}`, {
      headers: { authorization: `Token ${tenant.token}` },
    });
    let bytes = 0;
    let most = 0;
    let sampled = 0;
    const before = process.memoryUsage().arrayBuffers;
    for await (const chunk of response.body ?? []) {
      bytes += chunk.length;
      if (bytes - sampled < 5 * piece.length) continue;
      sampled = bytes;
      // What is held, and not what V8 has yet to sweep: when it does differs from version to version.
      collectGarbage();
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    }
    expect(bytes).toBe(100 * 1024 * 1024);
    expect(most).toBeLessThan(60 * 1024 * 1024);
  });
});

/** V8's own collector, which is not exposed otherwise. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
}

describe('the name of the file', () => {
  it('is ASCII for old clients and UTF-8 for the others', () => {
    expect(attachmentDisposition('Übersicht "März" 100%.pdf')).toBe(
      `attachment; filename="_bersicht _M_rz_ 100_.pdf"; filename*=UTF-8''%C3%9Cbersicht%20_M%C3%A4rz_%20100%25.pdf`,
    );
    expect(attachmentDisposition("Zoë O'Neil (final)*.xlsx")).toContain(
      `UTF-8''Zo%C3%AB%20O%27Neil%20%28final%29_.xlsx`,
    );
  });

  it('is no path, no header and no disguise', () => {
    expect(attachmentDisposition('../../etc/passwd')).toContain('filename="_.._etc_passwd"');
    expect(attachmentDisposition('a\r\nSet-Cookie: x=1')).toContain('filename="aSet-Cookie_ x=1"');
    expect(attachmentDisposition('invoice\u202Efdp.exe')).toContain('filename="invoicefdp.exe"');
    for (const nothing of ['', '...', '\0', ' . ']) expect(attachmentDisposition(nothing)).toContain('"attachment"');
    expect(attachmentDisposition('\uD800.pdf')).toMatch(/^attachment; filename="_\.pdf"/);
  });

  it('keeps its ending when it is cut', () => {
    const name = /filename="([^"]*)"/.exec(attachmentDisposition(`${'x'.repeat(500)}.pdf`))?.[1];
    expect(name).toHaveLength(150);
    expect(name?.endsWith('x.pdf')).toBe(true);
  });

  it('comes with a type that no browser runs', () => {
    expect(safeContentType('IMAGE/PNG; name=x.png')).toBe('image/png');
    for (const type of ['text/html', 'image/svg+xml', 'text/xml', 'application/javascript', ''])
      expect(safeContentType(type)).toBe('application/octet-stream');
  });
});
