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

/** What each room may import beside itself: the table of the house. The four files of `src/` are rooms of their own. */
const MAY_IMPORT: Record<string, string> = {
  cli: 'server transfer ingest keys journal crypto db domain config',
  server: 'app api ingest keys http journal crypto db domain config',
  app: 'routes api http domain',
  routes: 'api http crypto db config',
  api: 'http ingest conversations mail journal crypto db domain config',
  transfer: 'conversations mail journal crypto db domain',
  ingest: 'conversations mail journal db domain',
  http: 'journal crypto db domain config',
  conversations: 'journal db domain',
  keys: 'journal crypto db domain',
  mail: 'domain',
  journal: 'db domain',
  db: 'domain',
  crypto: '',
  domain: '',
  config: '',
  client: '',
};
/** Which resources of `api/` may use `api/threads`; beside it webhooks send the events of the feed. Never back. */
const USES_THREADS = ['manual-logs', 'emails', 'thread-notes', 'promises', 'reference-data'];

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

/** `cli.ts` belongs to the commands; every other file of `src/` itself is a room. */
function roomOf(path: string): string {
  const [first = '', ...rest] = path.split('/');
  return rest.length > 0 ? first : first === 'cli.ts' ? 'cli' : first.replace(/\.ts$/, '');
}

/** The resource of a file of `api/`, such as `threads`. */
function resourceOf(path: string): string | undefined {
  const [room, resource] = path.split('/');
  return room === 'api' ? resource : undefined;
}

const isRoutes = ({ path }: Source) => /^api\/.*routes\.ts$/.test(path);
const isPackage = (imported: string) => !imported.endsWith('.ts');

it('reads what it judges', () => {
  const list = sources.find(({ path }) => path === 'api/emails/routes.ts');

  expect(list?.imports).toEqual(
    expect.arrayContaining(['http/operation.ts', 'api/emails/service.ts', 'api/threads/schema.ts']),
  );
  expect(sources.length).toBeGreaterThan(200);
});

describe('the rooms', () => {
  it('are the fourteen of the table, beside four files', () => {
    const flat = sources.filter(({ folder }) => folder === '').map(({ path }) => path);
    const rooms = new Set(sources.filter(({ folder }) => folder !== '').map(({ path }) => path.split('/')[0] ?? ''));

    expect(flat).toEqual(['app.ts', 'cli.ts', 'config.ts', 'routes.ts']);
    expect([...rooms].sort()).toEqual(
      Object.keys(MAY_IMPORT)
        .filter((room) => !['app', 'config', 'routes'].includes(room))
        .sort(),
    );
  });

  it('import only what the table names', () => {
    const found = breaches(
      () => true,
      (imported, { path }) => {
        if (isPackage(imported)) return false;
        const [own, other] = [roomOf(path), roomOf(imported)];
        return own !== other && !MAY_IMPORT[own]?.split(' ').includes(other);
      },
    );

    expect(found).toEqual([]);
  });

  it('cross between the resources of the API only towards threads, and from webhooks to the feed', () => {
    const found = breaches(
      ({ path }) => resourceOf(path) !== undefined,
      (imported, { path }) => {
        const [own = '', other] = [resourceOf(path), resourceOf(imported)];
        return (
          other !== undefined &&
          other !== own &&
          !(other === 'threads' && USES_THREADS.includes(own)) &&
          !(other === 'events' && own === 'webhook-endpoints')
        );
      },
    );

    expect(found).toEqual([]);
  });

  it('form no circle between files, types included', () => {
    expect(circles()).toEqual([]);
  });

  it('keep Fastify to HTTP, the routes and the process', () => {
    const found = breaches(
      (source) =>
        !isRoutes(source) && !/^(http|server)\//.test(source.path) && !['app.ts', 'routes.ts'].includes(source.path),
      (imported) => /^@?fastify\b/.test(imported),
    );

    expect(found).toEqual([]);
  });

  it('keep SQL out of their routes', () => {
    const found = breaches(
      isRoutes,
      (imported) => /^(drizzle-orm|pg)\b/.test(imported) || /^db\/(schema|locks|count-cell)/.test(imported),
    );
    const statements = sources
      .filter(isRoutes)
      .filter(({ text }) => /\b(SELECT|INSERT INTO|UPDATE|DELETE FROM)\b/.test(text));

    expect(found).toEqual([]);
    expect(statements.map(({ path }) => path)).toEqual([]);
  });

  it('leave the client openapi-fetch and nothing of the server', () => {
    const found = breaches(
      ({ path }) => path.startsWith('client/'),
      (imported) => imported !== 'openapi-fetch' && !imported.startsWith('client/'),
    );

    expect(found).toEqual([]);
  });

  it('open the embedded database through its index alone', () => {
    const found = breaches(
      ({ path }) => !path.startsWith('db/embedded/'),
      (imported) => imported.startsWith('db/embedded/') && imported !== 'db/embedded/index.ts',
    );

    expect(found).toEqual([]);
  });

  it('read the environment in the configuration alone, which the command line hands it', () => {
    const found = sources.filter(({ text }) => /process\.env\b/.test(text)).map(({ path }) => path);

    // `cli/program.ts` adds the `.env` file, `cli/run-command.ts` passes it to `readConfig`; `embedded/run-as.ts` passes PATH on to PostgreSQL's programs.
    expect(found).toEqual(['cli/program.ts', 'cli/run-command.ts', 'db/embedded/run-as.ts']);
  });
});

/** Groups of files that import one another, each as one line; found as strongly connected components (Tarjan). */
function circles(): string[] {
  const imports = new Map(sources.map(({ path, imports }) => [path, imports]));
  const index = new Map<string, number>();
  const open: string[] = [];
  const found: string[] = [];
  const visit = (path: string): number => {
    let lowest = index.size;
    index.set(path, lowest);
    const own = lowest;
    open.push(path);
    for (const next of imports.get(path) ?? []) {
      if (!imports.has(next)) continue;
      if (!index.has(next)) lowest = Math.min(lowest, visit(next));
      else if (open.includes(next)) lowest = Math.min(lowest, index.get(next) ?? lowest);
    }
    if (lowest === own) {
      const group = open.splice(open.indexOf(path));
      if (group.length > 1) found.push(group.sort().join(' ↔ '));
    }
    return lowest;
  };
  for (const path of imports.keys()) if (!index.has(path)) visit(path);
  return found;
}

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
      texts.flatMap((text) =>
        [...text.matchAll(/new URL\(['`](?:\.\.\/)+([\w-]+)(?![\w.-])/g)].map(([, folder = '']) => folder),
      ),
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
