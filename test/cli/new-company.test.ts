import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { comms, owner, useCommandLine, world } from '../support/command-line-world.ts';
import { openEventStream } from '../support/event-stream.ts';
import { callerWith } from '../support/http.ts';
import { idOf } from '../support/import-world.ts';

useCommandLine();

describe('a new company by command', () => {
  test('company, user, member, token, login: from nothing to an answer', async () => {
    const { id: companyId } = await comms.json([
      'company',
      'create',
      '--name',
      'Acme AR',
      '--timezone',
      'Europe/Berlin',
    ]);
    const user = [
      'user',
      'create',
      '--username',
      'eva',
      '--email',
      'eva@acme.example',
      '--name',
      'Eva',
      '--password-stdin',
    ];
    const { id: userId } = await comms.json(user, { stdin: 'correct horse\n' });
    const member = ['member', 'add', '--company', String(companyId), '--user', 'eva', '--role', 'admin'];
    expect(await comms.json(member)).toEqual({ company_id: companyId, user_id: userId, role: 'admin' });
    const { id: tokenId, token } = await comms.json([
      'token',
      'create',
      '--user',
      'eva',
      '--name',
      'laptop',
      '--expires-in',
      '90d',
    ]);

    const path = `/api/companies/${companyId}/communications/threads`;
    const get = () => callerWith(world.app, String(token)).get(path);
    expect((await get()).statusCode).toBe(200);
    const login = await callerWith(world.app).post('/api/auth/login/', { username: 'eva', password: 'correct horse' });
    expect(login.json()).toMatchObject({
      user: { id: userId, username: 'eva', email: 'eva@acme.example', name: 'Eva' },
      companies: [{ id: companyId, name: 'Acme AR', role: 'admin', timezone: 'Europe/Berlin' }],
    });

    const { tokens } = (await comms.json(['token', 'list', '--user', 'eva'])) as { tokens: Record<string, unknown>[] };
    expect(tokens.map(({ id, name }) => [id, name])).toContainEqual([tokenId, 'laptop']);
    expect(JSON.stringify(tokens)).not.toContain(String(token));
    const listed = tokens.find(({ id }) => id === tokenId);
    const lifetime = Date.parse(String(listed?.expires_at)) - Date.parse(String(listed?.created_at));
    expect(Math.round(lifetime / 86_400_000)).toBe(90);

    await comms.json(['token', 'revoke', '--id', String(tokenId)]);
    expect((await get()).statusCode).toBe(401);
  });

  test('what is there already is not made again, and a role can be changed', async () => {
    const id = idOf('twice').toUpperCase();
    expect(await comms.json(['company', 'create', '--name', 'Twice', '--id', id])).toEqual({ id: id.toLowerCase() });
    expect((await comms.run(['company', 'create', '--name', 'Twice', '--id', id])).code).toBe(1);
    await comms.json(['user', 'create', '--username', 'twin']);
    const again = await comms.run(['user', 'create', '--username', 'twin']);
    expect([again.code, again.stderr]).toEqual([1, 'A user named twin already exists.\n']);
    const member = ['member', 'add', '--company', id, '--user', 'twin'];
    expect(await comms.json(member)).toMatchObject({ role: 'member' });
    expect(await comms.json([...member, '--role', 'viewer'])).toMatchObject({ role: 'viewer' });
  });

  test('a member who is removed is out at once, whatever they have open; what they may elsewhere stays', async () => {
    const [{ id: company }, { id: other }, { id: userId }] = await Promise.all([
      comms.json(['company', 'create', '--name', 'Left']),
      comms.json(['company', 'create', '--name', 'Kept']),
      comms.json(['user', 'create', '--username', 'leaver', '--name', 'Lee']),
    ]);
    const of = (id: unknown) => ['--company', String(id), '--user', 'leaver'];
    await comms.json(['member', 'add', ...of(other)]);
    await comms.json(['member', 'add', ...of(company), '--role', 'viewer']);
    const { token } = await comms.json(['token', 'create', '--user', 'leaver']);
    const answer = async (id: unknown) => {
      const path = `/api/companies/${id}/communications/threads`;
      return (await callerWith(world.app, String(token)).get(path)).statusCode;
    };
    const base = await world.app.listen({ host: '127.0.0.1', port: 0 });
    const events = `${base}/api/companies/${company}/communications/events`;
    const stream = await openEventStream(events, { authorization: `Token ${token}` });
    expect([await answer(company), await answer(other), stream.response.statusCode]).toEqual([200, 200, 200]);
    expect(await comms.json(['member', 'list', '--company', String(company)])).toEqual({
      members: [
        {
          company_id: company,
          user_id: userId,
          username: 'leaver',
          name: 'Lee',
          role: 'viewer',
          created_at: expect.stringMatching(/Z$/),
        },
      ],
    });

    const removed = await comms.json(['member', 'remove', ...of(company)]);

    expect(removed).toEqual({ company_id: company, user_id: userId, role: 'viewer' });
    expect([await answer(company), await answer(other)]).toEqual([403, 200]);
    await stream.ended;
    const again = await comms.run(['member', 'remove', ...of(company)]);
    expect([again.code, again.stderr]).toEqual([1, `leaver is not a member of company ${company}.\n`]);
    const listed = await comms.run(['member', 'list', '--company', String(company)]);
    expect(listed.stdout).toBe('There are no members.\n');
    const trail = await owner.query({
      text: `SELECT actor_kind, action, details FROM audit_events WHERE company_id = $1 AND subject_id = $2 ORDER BY transaction_id`,
      values: [company, userId],
    });
    expect(trail).toEqual([
      { actor_kind: 'operator', action: 'member.added', details: { role: 'viewer' } },
      { actor_kind: 'operator', action: 'member.removed', details: { role: 'viewer' } },
    ]);
  });

  test('a user without a password, as an import makes them, is given one, and then another', async () => {
    const { id } = await comms.json(['user', 'create', '--username', 'imported']);
    const set = ['user', 'password', '--username', 'imported', '--password-stdin'];
    const login = async (password: string) =>
      (await callerWith(world.app).post('/api/auth/login/', { username: 'imported', password })).statusCode;
    expect(await login('first words')).toBe(401);
    expect(await comms.json(set, { stdin: 'first words\n' })).toEqual({ id });
    expect(await login('first words')).toBe(200);
    const { stdout } = await comms.run(set, { stdin: 'other words\n' });
    expect(stdout).toBe('Set the password of user imported. Their tokens stay valid.\n');
    expect([await login('first words'), await login('other words')]).toEqual([401, 200]);

    const events = await owner.query({
      text: `
        SELECT actor_kind, user_id, subject_id, details FROM security_events
        WHERE action = 'user.password_set' ORDER BY occurred_at`,
    });
    const event = { actor_kind: 'operator', user_id: null, subject_id: id, details: { user_id: id } };
    expect(events).toEqual([event, event]);
    const { tokens } = (await comms.json(['token', 'list', '--user', 'imported'])) as { tokens: object[] };
    expect(tokens).toMatchObject([{ revoked_at: null }, { revoked_at: null }]);
  });

  test('a password is refused that is empty, short or for nobody, and none is read without being asked for', async () => {
    const to = (username: string) => ['user', 'password', '--username', username, '--password-stdin'];
    const refused = await Promise.all([
      comms.run(to('nobody'), { stdin: 'a few words\n' }),
      comms.run(to('imported'), { stdin: '\n' }),
      comms.run(to('imported'), { stdin: 'seven c\n' }),
      comms.run(to('imported').slice(0, -1), { stdin: 'a few words\n' }),
    ]);
    expect(refused.map(({ code, stderr }) => [code, stderr.split('\n')[0]])).toEqual([
      [1, 'There is no user named nobody.'],
      [1, 'There is no password on standard input.'],
      [1, 'A password has at least 8 characters.'],
      [2, "error: required option '--password-stdin' not specified"],
    ]);
  });

  test('a token for ever, and one for seconds', async () => {
    await comms.json(['user', 'create', '--username', 'robot']);
    const forever = await comms.run(['token', 'create', '--user', 'robot', '--expires-in', 'never']);
    expect(forever.stdout).toMatch(
      /^comms_[0-9A-Za-z]{38} \(id [0-9a-f-]{36}\)\. It never expires\. It is not shown again\.\n$/,
    );
    const { token } = await comms.json(['token', 'create', '--user', 'robot', '--expires-in', '1s']);
    await sleep(1_100);
    const path = `/api/companies/${idOf('x')}/communications/threads`;
    expect((await callerWith(world.app, String(token)).get(path)).statusCode).toBe(401);
  });

  test('mailboxes and phones are connected, listed and removed', async () => {
    const { id } = await comms.json(['company', 'create', '--name', 'Connected']);
    await comms.json(['user', 'create', '--username', 'owner']);
    const of = ['--company', String(id)];
    const add = [
      'mailbox',
      'add',
      ...of,
      '--user',
      'owner',
      '--grant-id',
      'g-1',
      '--email',
      'ar@acme.example',
      '--sync',
      'all',
    ];
    await comms.json(add);
    await comms.json(['phone', 'add', ...of, '--number', '+15550100000']);
    expect((await comms.run(add)).stderr).toBe('The grant g-1 is already connected.\n');
    expect(await comms.json(['mailbox', 'list', ...of])).toMatchObject({
      mailboxes: [{ company_id: id, username: 'owner', grant_id: 'g-1', email: 'ar@acme.example', sync: 'all' }],
    });
    await owner.query({ text: "UPDATE phones SET created_at = '2026-05-12 16:45:31.724+00'" });
    expect(await comms.json(['phone', 'list', ...of])).toMatchObject({
      phones: [{ number: '+15550100000', created_at: '2026-05-12T16:45:31.724Z' }],
    });
    await comms.json(['mailbox', 'remove', '--grant-id', 'g-1']);
    await comms.json(['phone', 'remove', '--number', '+15550100000']);
    expect((await comms.run(['mailbox', 'list', ...of])).stdout).toBe('No mailboxes are connected.\n');
    expect((await comms.run(['phone', 'remove', '--number', '+15550100000'])).code).toBe(1);
  });
});
