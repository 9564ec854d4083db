import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VERSION } from '../../src/domain/version.ts';

/**
 * What is built and packed, as others get it. Without a registry: instead of `npm install` the packages that are here
 * already are linked, those of the server's own dependencies and no others.
 */
const PARTS = ['src', 'migrations', 'assets', 'demo', 'deploy', 'scripts', 'package.json', 'LICENSE', 'README.md'];
const CONFIGURATION = ['tsconfig.json', 'tsconfig.build.json', 'tsconfig.client.json'];

let folder: string;
let checkout: string;
let tarballs: { server: string; client: string };

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'comms-package-'));
  checkout = join(folder, 'checkout');
  mkdirSync(checkout);
  for (const part of [...PARTS, ...CONFIGURATION]) cpSync(part, join(checkout, part), { recursive: true });
  symlinkSync(join(process.cwd(), 'node_modules'), join(checkout, 'node_modules'));
  run(checkout, 'npm', 'run', 'client:package');
  // `prepack` builds the server.
  tarballs = { server: pack('.'), client: pack('./dist-client') };
}, 180_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the package of the server', () => {
  let project: string;
  beforeAll(() => {
    project = install(
      'server-project',
      { 'communications-api': tarballs.server },
      Object.keys(manifest().dependencies),
    );
  });

  it('runs its command from an empty folder', () => {
    const command = join(project, 'node_modules/communications-api/dist/cli.js');
    expect(run(project, process.execPath, command, '--version')).toBe(`${VERSION}\n`);
  });

  it('serves the demo: the API, the inbox and the reference', { timeout: 180_000 }, async () => {
    const demo = spawn(process.execPath, ['node_modules/communications-api/dist/cli.js', 'demo', '--json'], {
      cwd: project,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, PORT: '0', LOG_LEVEL: 'warn' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const [line] = (await once(demo.stdout, 'data')) as [Buffer];
      const { base_url: base, inbox_url: inbox, token, company_id: company } = JSON.parse(String(line));
      const statuses = [inbox, `${base}/docs/`, `${base}/openapi.json`, `${base}/readyz`].map(async (url) => {
        return (await fetch(url)).status;
      });
      expect(await Promise.all(statuses)).toEqual([200, 200, 200, 200]);
      const headers = { authorization: `Token ${token}` };
      const threads = await fetch(`${base}/api/companies/${company}/communications/threads`, { headers });
      expect(((await threads.json()) as { count: number }).count).toBeGreaterThan(50);
    } finally {
      demo.kill('SIGTERM');
      await once(demo, 'exit');
    }
  });

  it('carries no tests, no sources and no secrets', () => {
    const root = join(project, 'node_modules/communications-api');
    expect(readdirSync(root).sort()).toEqual(
      ['LICENSE', 'README.md', 'assets', 'demo', 'deploy', 'dist', 'migrations', 'package.json'].sort(),
    );
  });
});

describe('the package of the client', () => {
  it('type-checks and runs in a project that has nothing else', () => {
    const project = install('client-project', { 'communications-api-client': tarballs.client }, [
      'openapi-fetch',
      'openapi-typescript-helpers',
    ]);
    const program = `
      import { createClient, verifyWebhook, WebhookVerificationError, type CommunicationThread } from 'communications-api-client';
      const company = createClient({ baseUrl: 'http://127.0.0.1:1', token: 't' }).company('c');
      const subjectOf = ({ subject }: CommunicationThread): string => subject;
      // @ts-expect-error no such filter
      const wrong = () => company.threads.iterate({ requires_answer: true });
      const list = async () => {
        for await (const thread of company.threads.iterate({ requires_response: true })) console.log(subjectOf(thread));
      };
      const refused = await verifyWebhook('whsec_AAAA', '{}', {}).catch((error: unknown) => error);
      console.log(refused instanceof WebhookVerificationError, typeof list, typeof wrong);
    `;
    writeFileSync(join(project, 'program.ts'), program);
    const options = { module: 'nodenext', target: 'es2022', lib: ['es2023', 'dom', 'dom.iterable'], types: [] };
    const compilerOptions = { ...options, strict: true, skipLibCheck: false, outDir: 'out' };
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['program.ts'] }));
    run(project, process.execPath, join(process.cwd(), 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.json');
    expect(run(project, process.execPath, 'out/program.js')).toBe('true function function\n');
  });
});

describe('a production installation', () => {
  it('starts with npm start as with node dist/cli.js, without what is for development', { timeout: 120_000 }, () => {
    const production = join(folder, 'production');
    mkdirSync(production);
    for (const part of ['dist', 'migrations', 'assets', 'demo', 'scripts', 'package.json'])
      cpSync(join(checkout, part), join(production, part), { recursive: true });
    link(production, Object.keys(manifest().dependencies));
    expect(existsSync(join(production, 'node_modules/tsx'))).toBe(false);
    expect(run(production, 'npm', 'run', '-s', 'comms', '--', '--version')).toBe(`${VERSION}\n`);
  });

  it('says what to do when there is nothing to start', () => {
    const bare = join(folder, 'bare');
    mkdirSync(bare);
    for (const part of ['scripts', 'package.json']) cpSync(part, join(bare, part), { recursive: true });
    expect(() => run(bare, 'npm', 'start', '-s')).toThrow(
      'There is nothing to start: run `npm ci && npm run build` first',
    );
  });
});

type Manifest = { version: string; dependencies: Record<string, string> };

function manifest(): Manifest {
  return JSON.parse(run('.', process.execPath, '-p', 'JSON.stringify(require("./package.json"))'));
}

function pack(what: string): string {
  const [{ filename }] = JSON.parse(run(checkout, 'npm', 'pack', what, '--json', '--silent')) as [{ filename: string }];
  return join(checkout, filename);
}

/** A project with unpacked tarballs, and links to what they depend on. */
function install(name: string, packages: Record<string, string>, dependencies: string[]): string {
  const project = join(folder, name);
  mkdirSync(join(project, 'node_modules'), { recursive: true });
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name, type: 'module', private: true }));
  for (const [packageName, tarball] of Object.entries(packages)) {
    const target = join(project, 'node_modules', packageName);
    mkdirSync(target);
    run(project, 'tar', '-xzf', tarball, '-C', target, '--strip-components=1');
  }
  link(project, dependencies);
  return project;
}

function link(project: string, dependencies: string[]): void {
  for (const dependency of dependencies) {
    const target = join(project, 'node_modules', dependency);
    mkdirSync(join(target, '..'), { recursive: true });
    symlinkSync(join(process.cwd(), 'node_modules', dependency), target);
  }
}

function run(cwd: string, program: string, ...args: string[]): string {
  return execFileSync(program, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
