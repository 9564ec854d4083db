import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { PAGE_POLICY } from './page-policy.ts';

/**
 * `/inbox`: the user interface for a team lead, which uses only the published API. Its files are read at the start, and
 * each has its own route, so that no request path reaches the file system. All its URLs are relative, so that it works
 * behind a proxy that strips a path prefix.
 */
export const inbox = fastifyPlugin(serveInbox, {
  name: 'inbox',
  dependencies: ['security-headers', 'request-pipeline', 'allowed-methods'],
});

async function serveInbox(app: FastifyInstance): Promise<void> {
  const options = { schema: { hide: true }, config: { access: 'public' as const } };
  const page = sender(read('index.html'), 'text/html; charset=utf-8');
  app.get('/inbox', options, (request, reply) => {
    // The page's relative URLs resolve against `/inbox`; a trailing slash would change their base.
    const [path = ''] = request.url.split('?');
    return path.endsWith('/') ? reply.redirect('../inbox', 308) : page(request, reply);
  });
  for (const name of SCRIPTS) app.get(`/inbox/${name}`, options, sender(read(name), SCRIPT_TYPE));
  for (const name of STYLES) app.get(`/inbox/${name}`, options, sender(read(name), 'text/css; charset=utf-8'));
  app.get('/inbox/purify.mjs', options, sender(readPurify(), SCRIPT_TYPE));
}

const SCRIPT_TYPE = 'text/javascript; charset=utf-8';
const SCRIPTS = [
  'api.js',
  'app.js',
  'conversation.js',
  'conversation-list.js',
  'dom.js',
  'live.js',
  'log-form.js',
  'login.js',
  'mail.js',
  'message.js',
  'picker.js',
  'reference-data.js',
];
const STYLES = ['app.css', 'mail.css'];
const POLICY = Object.entries(PAGE_POLICY)
  .map(([directive, value]) => `${directive} ${[value].flat().join(' ')}`)
  .join('; ');

function read(name: string): Buffer {
  return readFileSync(new URL(`../../../assets/inbox/${name}`, import.meta.url));
}

/** The installed DOMPurify, without the reference to its source map, which isn't served. */
function readPurify(): Buffer {
  const main = createRequire(import.meta.url).resolve('dompurify');
  const text = readFileSync(join(dirname(main), 'purify.es.mjs'), 'utf8');
  return Buffer.from(text.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n'));
}

/** Sends a file that browsers revalidate with every request, so that a new version shows at once. */
function sender(content: Buffer, type: string) {
  const etag = `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`;
  return (request: FastifyRequest, reply: FastifyReply) => {
    reply.headers({ etag, 'cache-control': 'no-cache', 'content-security-policy': POLICY });
    const ifNoneMatch = request.headers['if-none-match'] ?? '';
    if (ifNoneMatch.includes(etag)) return reply.code(304).send();
    return reply.type(type).send(content);
  };
}
