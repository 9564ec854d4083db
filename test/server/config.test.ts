import Fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { type Config, ConfigError, readConfig } from '../../src/config.ts';

const read = (settings: Record<string, string>): Config => readConfig(settings, { needsKeys: false });

/** The whole message: the setting and what it should be, and nothing of its value. */
function expectRefused(name: string, value: string, shouldBe: string): void {
  expect(() => read({ [name]: value })).toThrow(new ConfigError(`${name} must be ${shouldBe}.`));
}

describe.each([
  ['DATABASE_URL', 'server'],
  ['DATABASE_MIGRATION_URL', 'owner'],
])('%s', (name, role) => {
  it.each([
    ['a bare / in its password', 'postgres://role:se/cret@host/db'],
    ['a bare / after digits, which look like a port', 'postgres://role:12/cret@host/db'],
    ['a bare # in its password', 'postgres://role:se#cret@host/db'],
    ['a bare # after digits', 'postgres://role:12#cret@host/db'],
    ['a % that encodes nothing', 'postgres://role:hunter2%zz@host/db'],
    ['a port beyond 65535', 'postgres://role:hunter2@host:99999/db'],
    ['a blank in its host', 'postgres://role:hunter2@my host/db'],
    ['another scheme', 'mysql://role:hunter2@host/db'],
    ['no host', 'postgres:///db'],
  ])('is refused with %s', (_, url) => {
    const advice = 'special characters of its password percent-encoded (/ as %2F, # as %23)';
    expectRefused(name, url, `a postgres:// URL of the ${role} role, ${advice}`);
  });

  it.each([
    'postgres://role@localhost',
    'postgresql://role:p%2Fa%23ss%40word@db.example:6432/comms?sslmode=verify-full',
    'postgres://role:hunter2@[::1]:5432/comms',
    'postgres://role:hunter2@%2Fvar%2Frun%2Fpostgresql/comms',
  ])('is taken as it is: %s', (url) => {
    expect(read({ [name]: url }).databaseMigrationUrl).toBe(url);
  });
});

describe('TRUST_PROXY', () => {
  it.each(['999.1.1.1', '10.0.0.0/99', '10.0.0.0/0', '::1/129', 'dead', '10.0.0.1,', '10.0.0.1,x', '100', 'loopback'])(
    'is refused as %s',
    (value) => {
      const shouldBe = 'on, off, a number of proxies, or their addresses or networks (10.0.0.0/8) separated by commas';
      expectRefused('TRUST_PROXY', value, shouldBe);
    },
  );

  it.each([
    ['on', true],
    ['off', false],
    ['2', 2],
  ])('is taken as a word or a number: %s', (value, taken) => {
    expect(read({ TRUST_PROXY: value }).trustProxy).toBe(taken);
  });

  it.each(['10.0.0.1', '10.0.0.0/8, fd00::/8,::1', '::ffff:10.0.0.1'])('is taken as Fastify takes it: %s', (value) => {
    expect(read({ TRUST_PROXY: value }).trustProxy).toBe(value);
    expect(() => Fastify({ trustProxy: value })).not.toThrow();
  });
});

describe('NYLAS_WEBHOOK_SECRET and VONAGE_SIGNATURE_SECRET', () => {
  it.each(['NYLAS_WEBHOOK_SECRET', 'VONAGE_SIGNATURE_SECRET'])('%s with commas alone is refused, not unset', (name) => {
    expectRefused(name, ',', 'one secret, or two separated by a comma');
    expectRefused(name, ' , ', 'one secret, or two separated by a comma');
  });

  it('are one secret, or two while rotating', () => {
    const { nylasWebhookSecrets, vonageSignatureSecrets } = read({
      NYLAS_WEBHOOK_SECRET: 'one',
      VONAGE_SIGNATURE_SECRET: 'one, two',
    });
    expect([nylasWebhookSecrets, vonageSignatureSecrets]).toEqual([['one'], ['one', 'two']]);
  });
});

describe('NYLAS_API_URL', () => {
  it.each(['http://a b', 'http://a:99999', 'https://', 'ftp://a', 'a'])('is refused as %s', (value) => {
    expectRefused('NYLAS_API_URL', value, 'an http(s) URL');
  });

  it('is taken without its last slashes', () => {
    expect(read({ NYLAS_API_URL: 'https://api.eu.nylas.com//' }).nylasApiUrl).toBe('https://api.eu.nylas.com');
  });
});

describe('CORS_ORIGINS', () => {
  it.each([
    'https://a.example:99999',
    'https://a.example/',
    'https://a.example/path',
    'https://A.example',
    'https://a.example:443',
    'https://*.a.example',
    '*',
    'a.example',
    'https://a.example,,https://b.example',
  ])('is refused as %s, which no browser sends', (value) => {
    const shouldBe = 'exact origins as browsers send them, such as https://app.example.com, separated by commas';
    expectRefused('CORS_ORIGINS', value, shouldBe);
  });

  it.each([
    ['', []],
    ['https://app.example', ['https://app.example']],
    ['https://app.example , http://localhost:5173', ['https://app.example', 'http://localhost:5173']],
  ])('is taken as %s', (value, origins) => {
    expect(read({ CORS_ORIGINS: value }).corsOrigins).toEqual(origins);
  });
});
