import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMPOSE_NAMES, readConfig, SETTING_NAMES } from '../../src/config.ts';

/** What is shipped to run the server with, against the settings that there are. */

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

describe('.env.example', () => {
  const lines = read('.env.example').split('\n');
  const entries = lines.flatMap((line) => [...line.matchAll(/^#?([A-Z][A-Z_]+)=(.*)$/g)]);

  it('names every setting once, and nothing else', () => {
    expect(entries.map(([, name]) => name).sort()).toEqual([...SETTING_NAMES, ...COMPOSE_NAMES].sort());
  });

  it('sets nothing as it is, and shows the defaults', () => {
    expect(lines.filter((line) => line !== '' && !line.startsWith('#'))).toEqual([]);
    const shown = entries.filter(([, , value = '']) => value !== '' && !/…|example/.test(value));
    expect(readConfig(Object.fromEntries(shown.map(([, name, value]) => [name, value])))).toEqual(readConfig({}));
  });
});

describe('docker-compose.yml', () => {
  const services = Object.fromEntries(
    read('docker-compose.yml')
      .split(/^ {2}(?=[a-z]+:$)/m)
      .map((text) => [/^[a-z]+/.exec(text)?.[0] ?? '', text]),
  );
  const settingsOf = (service: string) =>
    [...(services[service] ?? '').matchAll(/^ {6}([A-Z][A-Z_]+): /gm)].map(([, name = '']) => name);

  it('hands every setting on to the server, but for those that the image has or that only the owner needs', () => {
    const own = ['HOST', 'PORT', 'DATA_DIR', 'DATABASE_MIGRATION_URL'];
    expect(settingsOf('server').sort()).toEqual(SETTING_NAMES.filter((name) => !own.includes(name)).sort());
  });

  it("keeps the owner's password from the server", () => {
    expect(services.migrate).toMatch(/\$\{OWNER_PASSWORD\}/);
    expect(services.server).not.toMatch(/OWNER_PASSWORD|communications_owner|environment: \*/);
  });

  it('takes an empty setting for none', () => {
    const empty = Object.fromEntries(SETTING_NAMES.map((name) => [name, '']));
    expect(readConfig(empty)).toEqual(readConfig({}));
  });
});

const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;

it.runIf(hasSystemd)('systemd accepts the unit', () => {
  const folder = mkdtempSync(join(tmpdir(), 'comms-unit-'));
  const unit = join(folder, 'communications-api.service');
  // What it names is on the machine that it is meant for.
  const text = read('deploy/systemd/communications-api.service');
  writeFileSync(unit, text.replace('/usr/bin/node', process.execPath).replace('/opt/communications-api', folder));
  const { status, stderr } = spawnSync('systemd-analyze', ['verify', unit], { encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  expect([status, stderr]).toEqual([0, '']);
});

it("the README's table has every setting", () => {
  const [, settings = ''] = read('README.md').split('\n## Settings\n');
  for (const name of SETTING_NAMES) expect(settings, name).toContain(`\`${name}\``);
});
