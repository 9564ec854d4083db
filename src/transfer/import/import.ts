import type { Logger } from 'pino';
import type { KeyRing } from '../../crypto/key-ring.ts';
import type { Db } from '../../db/client.ts';
import { lockCompanyExclusively } from '../../db/locks.ts';
import type { Statement } from '../../db/statement.ts';
import type { LineType } from '../line-schema.ts';
import { type Confinement, checkCompany } from './check-company.ts';
import { checkReferences } from './check-references.ts';
import { chooseLatestMessages, demoteFormerLatest, findFormerCustomers, promoteLatest } from './choose-latest.ts';
import { recordCounts } from './counters.ts';
import { Faults, ImportRefused } from './faults.ts';
import { indexWords, linkCompletions, recordImport, refreshStatistics } from './finish.ts';
import { mergeNotes, mergeParents } from './merge.ts';
import { mergePromises } from './promises.ts';
import { mergeTraces } from './provider-traces.ts';
import { ImportSession } from './session.ts';
import type { ImportFile } from './source.ts';
import { stageLines } from './stage.ts';
import { RECORDS } from './staging-tables.ts';
import { type LineOutcomes, Tally } from './tally.ts';
import { mergeMessages } from './write-messages.ts';

export type ImportOptions = {
  /** Whether to do everything and then roll back. */
  dryRun?: boolean;
  onProgress?: (progress: ImportProgress) => void;
  /** Ends the import between two steps and rolls back. */
  signal?: AbortSignal;
  log?: Pick<Logger, 'debug'>;
  /** Reports lines of other companies as faults, and users and memberships unless allowed. Default: no limits. */
  confinement?: Confinement;
};

/** `done` and `total` are bytes. The file is read twice, so `total` is twice its size. */
export type ImportProgress = { step: 'reading' | 'checking' | 'writing' | 'finishing'; done: number; total: number };

export type ImportResult = {
  dryRun: boolean;
  /** By type of line. */
  counts: Partial<Record<LineType, LineOutcomes>>;
};

/** Settings of the import's transaction: no timeouts, and more memory for sorts. */
const SETTINGS: Record<string, string> = {
  statement_timeout: '0',
  lock_timeout: '0',
  idle_in_transaction_session_timeout: '0',
  transaction_timeout: '0',
  temp_buffers: '32MB',
  work_mem: '64MB',
  cursor_tuple_fraction: '1',
  // New words wait beside their index until there are so many kilobytes of them: they are then sorted in the cache.
  gin_pending_list_limit: '16384',
  jit: 'off',
};

/**
 * Imports a file in one transaction: all of it or nothing. The file is read twice, because the latest message of a
 * conversation is only known at the file's end. Its companies are locked against other writers from the checks on.
 * @throws ImportRefused with the faulty lines
 * @throws the abort reason of `options.signal`
 */
export async function importLines(
  db: Db,
  ring: KeyRing,
  source: ImportFile,
  options: ImportOptions = {},
): Promise<ImportResult> {
  const client = await db.pool.connect();
  const session = new ImportSession(client);
  let isLost = false;
  try {
    await session.execute('BEGIN');
    const result = await importInto(session, ring, source, options);
    options.signal?.throwIfAborted();
    const { command } = await client.query(options.dryRun ? 'ROLLBACK' : 'COMMIT');
    if (command !== (options.dryRun ? 'ROLLBACK' : 'COMMIT')) throw new Error('PostgreSQL refused the commit.');
    return result;
  } catch (error) {
    await session.settled().catch(() => undefined);
    await client.query('ROLLBACK').catch(() => {
      isLost = true;
    });
    throw error;
  } finally {
    client.release(isLost);
  }
}

async function importInto(
  session: ImportSession,
  ring: KeyRing,
  source: ImportFile,
  { dryRun = false, onProgress, signal, log, confinement }: ImportOptions,
): Promise<ImportResult> {
  const total = 2 * source.bytes;
  const began = performance.now();
  const step = (name: ImportProgress['step'], done: number) => {
    signal?.throwIfAborted();
    onProgress?.({ step: name, done, total });
  };
  const timed = (what: string) => log?.debug({ seconds: Math.round((performance.now() - began) / 100) / 10 }, what);

  await session.execute(applySettings(SETTINGS));
  const faults = new Faults();
  const tally = new Tally(await stageLines(session, source, ring, faults, (bytes) => step('reading', bytes)));
  timed('staged');
  step('checking', source.bytes);
  const companyIds = await checkAndLock(session, faults, confinement);
  timed('checked');
  await chooseLatestMessages(session);
  timed('latest messages chosen');
  const importedAt = await transactionTime(session);
  await mergeParents(session, tally);
  await demoteFormerLatest(session);
  await mergeMessages(session, source, ring, tally, importedAt, (bytes) => step('writing', source.bytes + bytes));
  timed('messages written');
  await source.checkUnchanged();
  step('finishing', total);
  await finishMessages(session, ring, tally, companyIds);
  timed('finished');
  await recordCounts(session, tally, companyIds);
  await recordImport(session, tally);
  timed('counted');
  return { dryRun, counts: tally.byType() };
}

/** @returns the ids of the companies, which are locked from then on @throws ImportRefused */
async function checkAndLock(
  session: ImportSession,
  faults: Faults,
  confinement: ImportOptions['confinement'],
): Promise<string[]> {
  if (confinement) {
    // Before any lock, so that a file for one company never locks another one.
    await checkCompany(session, faults, confinement);
    if (faults.count > 0) throw new ImportRefused(faults);
  }
  const companyIds = await lockCompanies(session);
  await checkReferences(session, faults);
  if (faults.count > 0) throw new ImportRefused(faults);
  return companyIds;
}

/** What is derived from the messages, and what refers to them. */
async function finishMessages(
  session: ImportSession,
  ring: KeyRing,
  tally: Tally,
  companyIds: string[],
): Promise<void> {
  await promoteLatest(session);
  await findFormerCustomers(session);
  await mergeTraces(session, tally);
  await mergeNotes(session, tally, ring);
  await mergePromises(session, tally);
  await linkCompletions(session, companyIds);
  await indexWords(session);
  await refreshStatistics(session, tally);
}

/** Applies the settings that this version of PostgreSQL has. */
function applySettings(settings: Record<string, string>): Statement {
  return {
    text: `
      SELECT set_config(p.name, s.value, true)
      FROM unnest($1::text[], $2::text[]) AS s(name, value)
      JOIN pg_settings p ON p.name = s.name`,
    values: [Object.keys(settings), Object.values(settings)],
  };
}

/** Locks the file's companies in the order of their ids, so that two imports can't deadlock. @returns the ids */
async function lockCompanies(session: ImportSession): Promise<string[]> {
  const selects = Object.entries(RECORDS).map(([type, { staging, key, columns }]) => {
    if (type === 'company') return `SELECT id FROM ${staging}`;
    return key.includes('company_id') || 'company_id' in columns ? `SELECT company_id FROM ${staging}` : undefined;
  });
  const companies = await session.query<{ id: string }>(
    `SELECT id FROM (${selects.filter((select) => select !== undefined).join(' UNION ')}) c(id) WHERE id IS NOT NULL ORDER BY id`,
  );
  await session.settled();
  for (const { id } of companies) await lockCompanyExclusively(session.tx, id);
  return companies.map(({ id }) => id);
}

async function transactionTime(session: ImportSession): Promise<string> {
  const [row] = await session.query<{ now: string }>('SELECT now()::timestamptz(3) AS now');
  if (!row) throw new Error('PostgreSQL returned no time.');
  return row.now;
}
