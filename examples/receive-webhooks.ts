import { createServer } from 'node:http';
import { verifyWebhook } from 'communications-api/client';

const { WEBHOOK_SECRET = '', SLACK_URL = '', PORT = '8080' } = process.env;
const seen = new Set<string>(); // a real receiver keeps these in a table

createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const id = String(request.headers['webhook-id']);
  const event = await verifyWebhook(WEBHOOK_SECRET, Buffer.concat(chunks), request.headers).catch(() => undefined);
  if (!event) return response.writeHead(401).end();

  if (event.type === 'thread.created' && !seen.has(id)) {
    const body = JSON.stringify({ text: `New: ${event.data.thread_id}` });
    const posted = await fetch(SLACK_URL, { method: 'POST', body }).catch(() => undefined);
    if (!posted?.ok) return response.writeHead(503).end(); // without a 2xx within 15 seconds, the event is sent again
  }
  seen.add(id);
  response.writeHead(204).end();
}).listen(Number(PORT));
