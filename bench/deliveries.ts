import { Agent, request } from 'node:http';
import { signNylas } from '../src/ingest/nylas/signature.ts';

/** Mails as a provider delivers them: replies of about 1.5 KB in conversations of four, to a server on this machine. */

export const SECRET = 'bench-secret';
/** A company with the contacts `c0@acme.example` to `c99@…` and the invoices `INV-10000` to `INV-10199`. */
export type Company = { companyId: string; grantId: string; sent: number };
export type Target = { port: number; agent: Agent };

export function nextMail(company: Company): Buffer {
  const nth = company.sent;
  company.sent += 1;
  const conversation = Math.floor(nth / 4);
  const isReply = nth % 4 > 0;
  const contact = { name: 'Ann', email: `c${conversation % 100}@acme.example` };
  const own = { name: 'AR', email: 'ar@bench.example' };
  const [from, to] = nth % 2 === 0 ? [own, contact] : [contact, own];
  const quoted = `<blockquote class="gmail_quote">${'<p>INV-10042 is open, please let us know.</p>'.repeat(20)}</blockquote>`;
  const date = 1_760_000_000 + nth;
  const object = {
    id: `m${nth}`,
    grant_id: company.grantId,
    object: 'message',
    thread_id: `t${conversation}`,
    subject: `${isReply ? 'Re: ' : ''}Invoice INV-${10_000 + (conversation % 200)}`,
    from: [from],
    to: [to],
    date,
    folders: ['INBOX'],
    snippet: 'We will pay on Friday.',
    body: `<div dir="ltr">We will pay on Friday, promised.</div><div class="gmail_quote">${isReply ? quoted : ''}</div>`,
    headers: [{ name: 'Message-ID', value: `<${company.companyId}.${nth}@acme.example>` }],
  };
  return Buffer.from(
    JSON.stringify({ type: 'message.created', id: `e-${company.companyId}-${nth}`, time: date, data: { object } }),
  );
}

/** @returns how many milliseconds each delivery took, how many a second there were and how many answers were not 200 */
export async function deliver(port: number, connections: number, deliveries: number, next: (nth: number) => Buffer) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const times: number[] = [];
  let refused = 0;
  let left = deliveries;
  const began = performance.now();
  const sender = async (nth: number) => {
    for (; left > 0; ) {
      left -= 1;
      const event = next(nth + left);
      const started = performance.now();
      if ((await post({ port, agent }, event)) !== 200) refused += 1;
      times.push(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: connections }, (_, nth) => sender(nth)));
  const aSecond = (deliveries * 1000) / (performance.now() - began);
  agent.destroy();
  return { times, aSecond, refused };
}

export async function post(target: Target, bytes: Buffer): Promise<number> {
  const headers = { 'content-type': 'application/json', 'x-nylas-signature': signNylas(bytes, SECRET) };
  return (await send(target, 'POST', '/api/webhooks/nylas', headers, bytes)).status;
}

export function send(
  { port, agent }: Target,
  method: string,
  path: string,
  headers: Record<string, string>,
  bytes?: Buffer,
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = request({ agent, method, host: '127.0.0.1', port, path, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    sent.on('error', reject);
    sent.end(bytes);
  });
}
