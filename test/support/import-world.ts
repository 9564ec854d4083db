import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { connect, type Db } from '../../src/db/client.ts';
import { exportCompany } from '../../src/transfer/export/export.ts';
import { ImportRefused } from '../../src/transfer/import/faults.ts';
import { type ImportOptions, type ImportResult, importLines } from '../../src/transfer/import/import.ts';
import { spool } from '../../src/transfer/import/source.ts';
import { startTestApp, type TestApp } from './app.ts';

export type Line = Record<string, unknown>;

/** A database to import into, and the API over it. */
export type ImportWorld = TestApp & {
  /** As the commands connect: the owner of the tables. */
  owner: Db;
  import(lines: Line[] | string | Buffer, options?: ImportOptions): Promise<ImportResult>;
  /** What is wrong with the lines: `4: reason`. Fails when nothing is. */
  faultsOf(lines: Line[] | string | Buffer): Promise<string[]>;
  export(companyId: string): Promise<string>;
};

export async function startImportWorld(): Promise<ImportWorld> {
  const app = await startTestApp();
  const owner = connect({ url: app.database.ownerUrl, poolSize: 3, purpose: 'batch', onError: () => undefined });
  const importInto: ImportWorld['import'] = async (lines, options) => {
    const source = await spool(Readable.from([Array.isArray(lines) ? toText(lines) : lines], { objectMode: false }));
    try {
      return await importLines(owner, app.ring, source, options);
    } finally {
      await source.close();
    }
  };
  return {
    ...app,
    owner,
    import: importInto,
    faultsOf: async (lines) => {
      const refused = await importInto(lines).then(
        () => undefined,
        (error: unknown) => error,
      );
      if (!(refused instanceof ImportRefused)) throw refused ?? new Error('the lines were imported');
      return refused.faults.map(({ line, reason }) => `${line}: ${reason}`);
    },
    export: async (companyId) => {
      let text = '';
      await exportCompany(owner, app.ring, companyId, {
        write: async (lines) => {
          text += lines;
        },
      });
      return text;
    },
    close: async () => {
      await owner.close();
      await app.close();
    },
  };
}

export function toText(lines: Line[]): string {
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** The same id for the same name, everywhere. */
export function idOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export const COMPANY = idOf('company');

/** Makes a line of the company. */
export function lineOf(type: string, name: string, fields: Line): Line {
  return { type, id: idOf(name), company_id: COMPANY, ...fields };
}

export function threadLine(name: string, fields: Line = {}): Line {
  return lineOf('thread', name, {
    thread_group_id: idOf(`group of ${name}`),
    communication_type: 'email',
    direction: 'inbound',
    timestamp: '2026-05-12T14:30:00.000Z',
    ...fields,
  });
}

/** A company with two customers, each with a contact, an invoice, an action and a touchpoint; `dana` is its administrator. */
export const FOUNDATION: Line[] = [
  { type: 'company', id: COMPANY, name: 'Northbrook Packaging', timezone: 'America/Chicago' },
  { type: 'user', id: idOf('dana'), username: 'dana', email: 'dana@northbrook.example', name: 'Dana Whitfield' },
  { type: 'membership', company_id: COMPANY, user_id: idOf('dana'), role: 'admin' },
  ...['acme', 'zenith'].flatMap((customer) => {
    const of = { customer_id: idOf(customer) };
    return [
      lineOf('customer', customer, { external_id: `D-${customer}`, name: `${customer} Corp` }),
      lineOf('contact', `${customer} contact`, {
        ...of,
        external_id: `P-${customer}`,
        name: 'Pat',
        email: `pat@${customer}.example`,
        phone: '+15551234567',
      }),
      lineOf('invoice', `${customer} invoice`, {
        ...of,
        external_id: `R-${customer}`,
        number: 'INV-1001',
        amount: '1250.00',
        currency: 'USD',
        due_date: '2026-05-31',
        status: 'open',
      }),
      lineOf('scheduled_action', `${customer} action`, {
        ...of,
        external_id: `A-${customer}`,
        invoice_id: idOf(`${customer} invoice`),
        action_type: 'call',
        status: 'scheduled',
        description: 'Call about INV-1001',
        due_at: '2026-05-20T15:00:00.000Z',
      }),
      lineOf('scheduled_touchpoint', `${customer} touchpoint`, {
        ...of,
        external_id: `S-${customer}`,
        step_type: 'call',
        status: 'pending',
        label: 'Day 30',
        scheduled_for: '2026-05-21T15:00:00.000Z',
      }),
    ];
  }),
];
