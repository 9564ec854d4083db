import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';

/** Which room may know which, read from the source. */

const SRC = fileURLToPath(new URL('../../src/', import.meta.url));
/** Made by openapi-typescript. */
const GENERATED = ['client/openapi.ts'];
const LONGEST_FILE = 350;

/** The rooms whose URLs `routes.ts` lists. */
const DOMAINS = ['threads', 'emails', 'manual-logs', 'thread-notes', 'auth', 'webhooks', 'events', 'service'];
/** Which domain may use another: never back. */
const MAY_USE: Record<string, string[]> = {
  webhooks: ['emails', 'threads'],
  'manual-logs': ['threads'],
  emails: ['threads'],
  'thread-notes': ['threads'],
};

type Source = { path: string; folder: string; text: string; imports: string[] };
let sources: Source[];
beforeAll(async () => {
  const names = await readdir(SRC, { recursive: true });
  sources = names
    .filter((name) => name.endsWith('.ts') && !GENERATED.includes(name))
    .sort()
    .map((path) => {
      const text = readFileSync(join(SRC, path), 'utf8');
      return { path, folder: path.split('/').slice(0, -1).join('/'), text, imports: importsOf(path, text) };
    });
});

/** Own files as their path below `src`, packages by their name. */
function importsOf(path: string, text: string): string[] {
  const statements = text.matchAll(
    /(?:^|\n)(?:import|export)\b[^;'"]*?from\s+'([^']+)'|\bimport\(\s*'([^']+)'\s*\)|(?:^|\n)import '([^']+)'/g,
  );
  return [...statements].map(([, from, dynamic, bare]) => {
    const named = from ?? dynamic ?? bare ?? '';
    return named.startsWith('.') ? relative(SRC, join(SRC, dirname(path), named)) : named;
  });
}

/** `file → import` for every import that the rule forbids. */
function breaches(
  of: (source: Source) => boolean,
  isForbidden: (imported: string, source: Source) => boolean,
): string[] {
  return sources
    .filter(of)
    .flatMap((source) =>
      source.imports
        .filter((imported) => isForbidden(imported, source))
        .map((imported) => `${source.path} → ${imported}`),
    );
}

function domainOf(path: string): string | undefined {
  const [first = ''] = path.split('/');
  return path.includes('/') && DOMAINS.includes(first) ? first : undefined;
}

const isRoutes = ({ path }: Source) => path.endsWith('/routes.ts');
const isPackage = (imported: string) => !imported.endsWith('.ts');

it('reads what it judges', () => {
  const list = sources.find(({ path }) => path === 'emails/routes.ts');

  expect(list?.imports).toEqual(expect.arrayContaining(['operation.ts', 'emails/service.ts', 'threads/schema.ts']));
  expect(sources.length).toBeGreaterThan(80);
});

describe('the domains', () => {
  it('are all that stands in a folder with routes of its own', () => {
    const folders = sources.filter(isRoutes).map(({ folder }) => folder);

    expect(folders.sort()).toEqual([...DOMAINS].sort());
  });

  it('use one another one way only', () => {
    const found = breaches(
      ({ path }) => domainOf(path) !== undefined,
      (imported, { path }) => {
        const [own = '', other] = [domainOf(path), domainOf(imported)];
        return other !== undefined && other !== own && !MAY_USE[own]?.includes(other);
      },
    );

    expect(found).toEqual([]);
  });

  it('keep HTTP to their routes: nothing else there knows Fastify', () => {
    const found = breaches(
      (source) => domainOf(source.path) !== undefined && !isRoutes(source),
      (imported) =>
        /^@?fastify\b/.test(imported) || ['guard.ts', 'operation.ts', 'requests.ts', 'app.ts'].includes(imported),
    );

    expect(found).toEqual([]);
  });

  it('keep SQL out of their routes', () => {
    const found = breaches(
      isRoutes,
      (imported) => /^(drizzle-orm|pg)\b/.test(imported) || /^db\/(schema|locks|cells)/.test(imported),
    );
    const statements = sources
      .filter(isRoutes)
      .filter(({ text }) => /\b(SELECT|INSERT INTO|UPDATE|DELETE FROM)\b/.test(text));

    expect(found).toEqual([]);
    expect(statements.map(({ path }) => path)).toEqual([]);
  });

  it('let their routes know their own room, the schemas of a room they may use, and what serves every room', () => {
    const found = breaches(isRoutes, (imported, { folder }) => {
      if (isPackage(imported) || !imported.includes('/')) return false;
      const room = imported.split('/')[0] ?? '';
      if (room === folder) return false;
      const isShown = imported.endsWith('/schema.ts') || imported === 'threads/filters.ts';
      return !(MAY_USE[folder]?.includes(room) && isShown);
    });

    // The bytes of a type only: which connection a stream may use.
    expect(found.filter((breach) => !breach.endsWith('→ db/client.ts'))).toEqual([]);
  });

  it('are known to what serves several of them in three places only', () => {
    const found = breaches(
      ({ path }) => !path.includes('/'),
      (imported) => domainOf(imported) !== undefined,
    );

    const knowing = new Set(found.map((breach) => breach.split(' ')[0]));
    // The URL index; the components of the document; what the server does on its own.
    expect([...knowing].sort()).toEqual(['app.ts', 'routes.ts', 'server.ts']);
  });
});

describe('the ground', () => {
  it('vocabulary.ts and examples.ts import nothing', () => {
    const found = sources.filter(({ path }) => ['vocabulary.ts', 'examples.ts'].includes(path));

    expect(found.flatMap(({ imports }) => imports)).toEqual([]);
  });

  it('the database knows the vocabulary and itself', () => {
    const found = breaches(
      ({ path }) => path.startsWith('db/'),
      (imported) => !isPackage(imported) && !imported.startsWith('db/') && imported !== 'vocabulary.ts',
    );

    // Opening one: settings say where it is, and the embedded one keeps its encryption keys in a file beside it.
    expect(found).toEqual(['db/open.ts → config.ts', 'db/open.ts → crypto/key-file.ts']);
  });

  it('cryptography knows nothing but itself', () => {
    const found = breaches(
      ({ path }) => path.startsWith('crypto/'),
      (imported) => !isPackage(imported) && !imported.startsWith('crypto/'),
    );

    expect(found).toEqual([]);
  });

  it('an import uses two readings of mail, and no other room of the API', () => {
    const found = breaches(
      ({ path }) => path.startsWith('import/'),
      (imported) => domainOf(imported) !== undefined,
    );

    // A customer's address and a preview must come out the same whichever way a mail came in.
    const used = found.map((breach) => breach.split(' → ')[1]);
    expect([...new Set(used)].sort()).toEqual(['webhooks/email-address.ts', 'webhooks/preview.ts']);
  });

  it('nothing imports the command line, and the client is the only one who imports the client', () => {
    const found = breaches(
      () => true,
      (imported, { path }) =>
        (imported.startsWith('cli/') && !path.startsWith('cli')) ||
        (imported.startsWith('client/') && !path.startsWith('client/')),
    );

    expect(found).toEqual([]);
  });

  it('the client brings openapi-fetch and nothing of the server', () => {
    const found = breaches(
      ({ path }) => path.startsWith('client/'),
      (imported) => imported !== 'openapi-fetch' && !imported.startsWith('client/'),
    );

    expect(found).toEqual([]);
  });

  it('nobody reads the environment but the configuration, which the command line hands it', () => {
    const found = sources.filter(({ text }) => /process\.env\b/.test(text)).map(({ path }) => path);

    // `cli/command.ts` passes it to `readConfig`; `embedded/run.ts` passes PATH on to PostgreSQL's programs.
    expect(found).toEqual(['cli/command.ts', 'db/embedded/run.ts']);
  });
});

describe('the house style', () => {
  it(`has no file over ${LONGEST_FILE} lines but generated ones`, () => {
    const long = sources
      .map(({ path, text }) => `${path}: ${text.split('\n').length - 1}`)
      .filter((line) => Number(line.split(' ')[1]) > LONGEST_FILE);

    expect(long).toEqual([]);
  });

  it('says how each generated file is made', () => {
    for (const path of GENERATED) expect(readFileSync(join(SRC, path), 'utf8').slice(0, 300)).toMatch(/npm run [\w:]+/);
  });

  it('has no `any`, and no silenced checker without a reason', () => {
    const found = sources.flatMap(({ path, text }) =>
      text
        .split('\n')
        .filter((line) => !/^\s*(\*|\/\/|\/\*)/.test(line) || /biome-ignore|@ts-/.test(line))
        .filter((line) =>
          /(:|<|\bas|,|\|)\s*any\b(?!\s*\w)|\bany\[\]|@ts-(ignore|nocheck)|@ts-expect-error\s*$|biome-ignore [\w/]+:?\s*$/.test(
            line.replace(/'[^']*'|`[^`]*`/g, ''),
          ),
        )
        .map((line) => `${path}: ${line.trim()}`),
    );

    expect(found).toEqual([]);
  });

  it('leaves nothing for later', () => {
    const found = sources.filter(({ text }) => /\b(TODO|FIXME|XXX|HACK)\b/.test(text)).map(({ path }) => path);

    expect(found).toEqual([]);
  });
});

describe('what is shipped', () => {
  it('holds every folder that the built server reads beside itself, in the package and in the image', () => {
    const root = new URL('../..', import.meta.url);
    const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
    const texts = sources.map(({ text }) => text);
    const folders = new Set(
      texts.flatMap((text) => [...text.matchAll(/new URL\(['`](?:\.\.\/)+([\w-]+)/g)].map(([, folder = '']) => folder)),
    );
    expect(folders).toEqual(new Set(['assets', 'demo', 'migrations']));

    const packed: string[] = JSON.parse(read('package.json')).files;
    for (const folder of folders) {
      expect(packed.map((path) => path.split('/')[0])).toContain(folder);
      expect(read('Dockerfile')).toContain(`COPY ${folder} ./${folder}\n`);
      expect(read('.dockerignore').split('\n')).toContain(`!${folder}`);
    }
  });
});
