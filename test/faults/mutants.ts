import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Fault, runRound } from './round.ts';
import type { World } from './world.ts';

/**
 * Mistakes that the suite must catch, each made in a copy of the source. Where a mistake opens a gap between two
 * commits, the gap is 20 ms wide, as on a slow network: on a fast machine it would take many rounds to hit.
 */
type Mutant = {
  /** Text of a file of `src` → what stands there instead. */
  edits: { file: string; from: string; to: string }[];
  /** The faults that bring it to light. */
  faults: Fault[];
};

export const MUTANTS: Record<string, Mutant> = {
  'key stored after commit': {
    edits: [
      {
        file: 'http/create-once.ts',
        from: 'if (idempotent) storeResponse(tx, ring, idempotent, response);\n    return { ...response, isReplayed: false };\n  });',
        to: `return { ...response, isReplayed: false };
  });
  if (idempotent && !result.isReplayed) await new Promise((resolve) => setTimeout(resolve, 20));
  if (idempotent && !result.isReplayed) await request.db.transaction(async (tx) => storeResponse(tx, ring, idempotent, result));`,
      },
    ],
    faults: ['backends terminated', 'kill -9 of the server', 'kill -9 of PostgreSQL'],
  },
  'answer before commit': {
    edits: [
      {
        file: 'db/transaction.ts',
        from: 'const committed = client.query(COMMIT);\n    committed.catch(() => undefined);',
        to: `if (tx.hasWritten) {
      setImmediate(() => client.query(COMMIT).then(() => client.release(), (error) => client.release(error as Error)));
      return result;
    }
    const committed = client.query(COMMIT);
    committed.catch(() => undefined);`,
      },
      {
        file: 'db/transaction.ts',
        from: '  /** Resolves when every sent statement has succeeded.',
        to: '  get hasWritten(): boolean { return this.#sent.length > 0; }\n  /** Resolves when every sent statement has succeeded.',
      },
    ],
    faults: ['statements cancelled', 'backends terminated', 'kill -9 of PostgreSQL'],
  },
  'completion outside the transaction': {
    edits: [
      {
        file: 'api/manual-logs/service.ts',
        from: '  startThreadGroup(\n    tx,\n    companyId,\n    message,\n    ...completions(companyId, message, references),',
        to: '  tx.later.push(...completions(companyId, message, references));\n  startThreadGroup(\n    tx,\n    companyId,\n    message,',
      },
      {
        file: 'db/transaction.ts',
        from: '  readonly #sent: Promise<unknown>[] = [];',
        to: '  readonly #sent: Promise<unknown>[] = [];\n  readonly later: Statement[] = [];',
      },
      {
        file: 'db/transaction.ts',
        from: "if (command !== 'COMMIT') throw new CommitRefusedError(command);",
        to: "if (command !== 'COMMIT') throw new CommitRefusedError(command);\n    for (const statement of tx.later) {\n      await new Promise((resolve) => setTimeout(resolve, 20));\n      await client.query(statement);\n    }",
      },
    ],
    faults: ['backends terminated', 'kill -9 of the server', 'kill -9 of PostgreSQL'],
  },
  'a COMMIT that failed taken for success': {
    edits: [
      {
        file: 'db/transaction.ts',
        from: "await tx.settled();\n    const { command } = await committed;\n    if (command !== 'COMMIT') throw new CommitRefusedError(command);",
        to: 'await committed.catch(() => undefined);',
      },
    ],
    faults: ['statements cancelled'],
  },
};

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * A copy of the source with the mistake in it.
 * @throws Error when the source no longer has the text to be changed: write the mutant anew
 */
async function createMutant(name: string): Promise<{ source: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'communications-mutant-'));
  const source = join(folder, 'src');
  await cp(join(PROJECT, 'src'), source, { recursive: true });
  for (const name of await readdir(PROJECT)) if (name !== 'src') await symlink(join(PROJECT, name), join(folder, name));
  for (const { file, from, to } of MUTANTS[name]?.edits ?? []) {
    const text = await readFile(join(source, file), 'utf8');
    if (!text.includes(from)) throw new Error(`The mutant "${name}" no longer fits src/${file}: write it anew.`);
    await writeFile(
      join(source, file),
      text.replace(from, () => to),
    );
  }
  return { source, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Runs the mutant until a promise breaks. @returns undefined when none did */
export async function roundsToCatch(
  on: World,
  name: string,
  seed: number,
  rounds: number,
): Promise<{ round: number; fact: string } | undefined> {
  const mutant = await createMutant(name);
  try {
    await on.startServer(mutant.source);
    const faults = MUTANTS[name]?.faults ?? [];
    for (let nth = 0; nth < rounds; nth++) {
      const { broken } = await runRound(on, faults[nth % faults.length] as Fault, seed + nth, mutant.source);
      if (broken[0] !== undefined) return { round: nth + 1, fact: broken[0] };
    }
    return undefined;
  } finally {
    await on.endServer('SIGKILL');
    await mutant.remove();
  }
}
