import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpsRequest } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../faults/world.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { createMessage, createTenant } from '../support/factories.ts';
import { callerWith } from '../support/http.ts';
import { until } from '../support/receiver.ts';

/** The blocks for nginx and Caddy as they are shipped, but for addresses and certificates, where these are installed. */

const isInstalled = (program: string, ...args: string[]) => spawnSync(program, args).status === 0;
const CLOSED = 0;
const hasOpenssl = isInstalled('openssl', 'version');

const PROXIES = [
  {
    name: 'nginx',
    isHere: isInstalled('nginx', '-v'),
    configure: (folder: string, port: number, upstream: string) => {
      const block = readFileSync('deploy/nginx.conf', 'utf8')
        .replace('listen 443 ssl;', `listen 127.0.0.1:${port} ssl;`)
        .replace('127.0.0.1:3000', upstream)
        .replace(/\/etc\/letsencrypt\/live\/comms\.example\.com/g, folder);
      const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
        .map((kind) => `${kind}_temp_path ${folder}/${kind};`)
        .join(' ');
      // Root's nginx would let another user work, who can't write here.
      const user = process.getuid?.() === 0 ? 'user root; ' : '';
      const main = `${user}daemon off; pid ${folder}/pid; error_log ${folder}/log; events {} http { access_log off; ${temporary}\n`;
      writeFileSync(join(folder, 'nginx.conf'), `${main}${block}}`);
      return ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', join(folder, 'log')];
    },
  },
  {
    name: 'caddy',
    isHere: isInstalled('caddy', 'version'),
    configure: (folder: string, port: number, upstream: string) => {
      const block = readFileSync('deploy/Caddyfile', 'utf8')
        .replace(
          /^comms\.example\.com \{/m,
          `https://127.0.0.1:${port} {\n\ttls ${folder}/fullchain.pem ${folder}/privkey.pem`,
        )
        .replace('127.0.0.1:3000', upstream);
      writeFileSync(join(folder, 'Caddyfile'), `{\n\tadmin off\n\tauto_https disable_redirects\n}\n${block}`);
      return ['run', '--config', join(folder, 'Caddyfile'), '--adapter', 'caddyfile'];
    },
  },
];

describe.each(PROXIES)('behind $name', ({ name, isHere, configure }) => {
  describe.runIf(isHere && hasOpenssl)('as deploy/ configures it', () => {
    let t: TestApp;
    let folder: string;
    let proxy: ChildProcess;
    let port: number;
    let complaints = '';

    beforeAll(async () => {
      t = await startTestApp({ trustProxy: '127.0.0.1' });
      const upstream = new URL(await t.app.listen({ host: '127.0.0.1', port: 0 })).host;
      folder = mkdtempSync(join(tmpdir(), 'comms-proxy-'));
      port = await freePort();
      const key = [
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:P-256',
        '-nodes',
        '-days',
        '2',
        '-subj',
        '/CN=comms',
      ];
      const files = ['-keyout', 'privkey.pem', '-out', 'fullchain.pem', '-addext', 'subjectAltName=IP:127.0.0.1'];
      execFileSync('openssl', ['req', '-x509', ...key, ...files], { cwd: folder, stdio: 'pipe' });
      const env = { PATH: process.env.PATH, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
      proxy = spawn(name, configure(folder, port, upstream), { env, stdio: ['ignore', 'ignore', 'pipe'] });
      proxy.stderr?.on('data', (chunk) => {
        complaints += chunk;
      });
      await until(async () => (await send('GET', '/healthz').catch(() => undefined))?.status === 200, 'it is up').catch(
        (error: Error) => {
          throw new Error(`${error.message}: ${complaints.slice(-2_000)}`);
        },
      );
    });
    afterAll(async () => {
      if (proxy?.exitCode === null) {
        // Caddy would wait a minute for its connections; nginx would leave its workers.
        proxy.kill(name === 'nginx' ? 'SIGTERM' : 'SIGKILL');
        await once(proxy, 'exit');
      }
      await t?.close();
      rmSync(folder, { recursive: true });
    });

    it('requests come through with the address of their client, whatever that says of itself', async () => {
      const body = JSON.stringify({ username: `nobody of ${name}`, password: 'words' });
      const headers = {
        'content-type': 'application/json',
        'x-forwarded-for': '203.0.113.9',
        forwarded: 'for=203.0.113.9',
      };
      expect((await send('POST', '/api/auth/login/', { headers, body })).status).toBe(401);
      const events = await t.db.query({ text: "SELECT address FROM security_events WHERE action = 'login.failed'" });
      expect(events).toEqual([{ address: '127.0.0.1' }]);
    });

    it.each(['/metrics', '/metrics/', '/metrics?x=1'])('%s is closed', async (path) => {
      const { status, text } = await send('GET', path);
      expect(status).toBe(404);
      expect(text).not.toContain('communications_');
    });

    it('a webhook of 5 MiB comes through; what is bigger than any of ours may be is refused', async () => {
      const headers = { 'content-type': 'application/json', 'x-nylas-signature': '0'.repeat(64) };
      const sizes = [5, 7].map((mebibytes) => 'x'.repeat(mebibytes << 20));
      const [ours, bigger] = [
        await send('POST', '/api/webhooks/nylas', { headers, body: sizes[0] ?? '' }),
        await send('POST', '/api/webhooks/nylas', { headers, body: sizes[1] ?? '' }),
      ];
      expect(ours.status).toBe(401);
      expect([413, 502, CLOSED]).toContain(bigger.status);
    });

    it('each event of a stream comes at once', async () => {
      const { companyId, token } = await createTenant(t.db);
      const { id } = await createMessage(t.db, t.ring, companyId);
      const company = `/api/companies/${companyId}`;
      const headers = { authorization: `Token ${token}`, accept: 'text/event-stream' };
      let text = '';
      const stream = httpsRequest(`https://127.0.0.1:${port}${company}/communications/events`, {
        headers,
        rejectUnauthorized: false,
      });
      stream.on('error', () => undefined).end();
      const [response] = (await once(stream, 'response')) as [NodeJS.ReadableStream];
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('error', () => undefined);
      await callerWith(t.app, token).post(`${company}/thread-notes`, { thread_id: id, content: 'Seen.' });
      await until(() => text.includes('note.created'), 'the event comes while the stream stays open', 30_000);
      stream.destroy();
    });

    type Sent = { headers?: Record<string, string>; body?: string };

    function send(method: string, path: string, { headers = {}, body = '' }: Sent = {}) {
      return new Promise<{ status: number; text: string }>((resolve, reject) => {
        const length = body === '' ? {} : { 'content-length': String(Buffer.byteLength(body)) };
        const options = {
          method,
          headers: { ...headers, ...length },
          rejectUnauthorized: false,
          agent: false as const,
        };
        const sent = httpsRequest(`https://127.0.0.1:${port}${path}`, options, (response) => {
          let text = '';
          response.on('data', (chunk) => {
            text += chunk;
          });
          response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
        });
        // A proxy that refuses a body needn't read it to its end.
        const isClosed = ({ code }: NodeJS.ErrnoException) => code === 'ECONNRESET' || code === 'EPIPE';
        sent.on('error', (error) => (isClosed(error) ? resolve({ status: CLOSED, text: '' }) : reject(error)));
        sent.end(body);
      });
    }
  });
});
