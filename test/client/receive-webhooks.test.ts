import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { generateSecret, signHeaders } from '../../src/api/webhook-endpoints/secrets.ts';
import { freePort } from '../faults/world.ts';
import { until } from '../support/receiver.ts';

/** The receiver that the cookbook shows. */

const secret = generateSecret();
const told: string[] = [];
let slackAnswers = 200;
let slack: Server;
let receiver: ChildProcess;
let url: string;

beforeAll(async () => {
  slack = createServer(async (request, response) => {
    told.push(JSON.parse(await text(request)).text);
    response.writeHead(slackAnswers).end();
  }).listen(0, '127.0.0.1');
  await once(slack, 'listening');
  const port = String(await freePort());
  url = `http://127.0.0.1:${port}/`;
  const SLACK_URL = `http://127.0.0.1:${(slack.address() as AddressInfo).port}/`;
  receiver = spawn(process.execPath, ['--import', 'tsx', 'examples/receive-webhooks.ts'], {
    env: { PATH: process.env.PATH, WEBHOOK_SECRET: secret, SLACK_URL, PORT: port },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await until(async () => (await fetch(url).catch(() => undefined)) !== undefined, 'it listens', 30_000);
});
afterAll(async () => {
  const ended = once(receiver, 'exit');
  receiver.kill();
  await ended;
  slack.close();
});

async function deliver(id: string, type: string, signedWith = secret): Promise<number> {
  const body = JSON.stringify({ type, timestamp: new Date().toISOString(), data: { company_id: 'c', thread_id: id } });
  const headers = signHeaders([signedWith], id, new Date(), body);
  return (await fetch(url, { method: 'POST', body, headers })).status;
}

it('is the program in examples/', () => {
  expect(readFileSync('docs/cookbook.md', 'utf8')).toContain(readFileSync('examples/receive-webhooks.ts', 'utf8'));
});

it('takes what is signed, tells of a new thread once, and refuses what somebody else signed', async () => {
  expect(await deliver('one', 'thread.created')).toBe(204);
  expect(await deliver('one', 'thread.created')).toBe(204);
  expect(await deliver('two', 'note.created')).toBe(204);
  expect(await deliver('three', 'thread.created', generateSecret())).toBe(401);

  expect(told.splice(0)).toEqual(['New: one']);
});

it('asks for an event again that it could not pass on', async () => {
  slackAnswers = 500;
  expect(await deliver('four', 'thread.created')).toBe(503);
  slackAnswers = 200;
  expect(await deliver('four', 'thread.created')).toBe(204);

  expect(told.splice(0)).toEqual(['New: four', 'New: four']);
});
