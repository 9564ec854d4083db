import { expect } from 'vitest';
import { newId } from '../../src/domain/ids.ts';
import { COMMUNICATION_TYPES } from '../../src/domain/vocabulary.ts';
import { rematchAll } from '../../src/ingest/rematch.ts';
import { createContact, createTenant } from './factories.ts';
import { callerWith } from './http.ts';
import { type ImportWorld, type Line, startImportWorld } from './import-world.ts';
import { connectMailbox, connectPhone, mail, OWN_ADDRESS, postNylas, postVonage } from './ingest.ts';
import { seeded } from './mailbox-world.ts';
import { type Message, type Summary, summaryOfCustomer, summaryOfInvoice } from './summaries-model.ts';

/**
 * What customers and invoices say of communications, against the contract's words over an array in memory. The array holds
 * what the writes were to do, and after a provider's event what the messages' own columns say; which message is the latest
 * and whose a conversation was before is reckoned here. A mirror that follows `updated_after` has to stay the same, too.
 */

type Customer = { id: string; name: string; email: string; phone: string };
type Invoice = { id: string; customer: string };
let w: ImportWorld;

/** Starts the database and server that the worlds of a test file live in. */
export async function startSummaries(): Promise<ImportWorld> {
  w = await startImportWorld();
  return w;
}

class World {
  readonly tenant: { companyId: string; userId: string; token: string };
  readonly grantId: string;
  readonly seed: number;
  readonly random: () => number;
  readonly caller;
  readonly base: string;
  messages: Message[] = [];
  customers: Customer[] = [];
  invoices: Invoice[] = [];
  readonly imported: string[] = [];
  readonly calls: string[] = [];
  readonly mailIds: string[] = [];
  readonly done = new Map<string, number>();
  /** Beside other writers none can say what becomes of its write. */
  isAlone = true;
  #sequence = 0;
  readonly #mirrors = new Map<string, { watermark: string; rows: Map<string, Summary> }>();

  constructor(tenant: World['tenant'], grantId: string, seed: number) {
    this.tenant = tenant;
    this.grantId = grantId;
    this.seed = seed;
    this.random = seeded(seed);
    this.caller = callerWith(w.app, tenant.token);
    this.base = `/api/companies/${tenant.companyId}`;
  }

  next(below: number): number {
    return Math.floor(this.random() * below);
  }

  pick<T>(from: readonly T[]): T {
    return from[this.next(from.length)] as T;
  }

  /** Few moments, so that many are the same, and most messages come late. */
  moment(): string {
    return new Date(Date.UTC(2026, 4, 1) + this.next(60) * 3_600_000).toISOString();
  }

  name(): string {
    this.#sequence += 1;
    return `${this.seed}-${this.#sequence}`;
  }

  async send(
    method: 'PUT' | 'PATCH' | 'POST' | 'DELETE',
    path: string,
    payload: object | undefined,
    allowed: number[],
  ) {
    const response = await this.caller.send({ method, url: `${this.base}/${path}`, ...(payload && { payload }) });
    const what = `${method} ${path} ${JSON.stringify(payload)} ${response.statusCode} ${response.body}`;
    if (this.isAlone) expect(allowed, what).toContain(response.statusCode);
    else expect(response.statusCode, what).toBeLessThan(500);
    return { status: response.statusCode, body: response.body === '' ? undefined : response.json() };
  }

  /** The plain columns; neither `is_latest` nor what is kept of former customers. */
  async stored(): Promise<Message[]> {
    return w.db.query<Message>({
      text: `
        SELECT t.id, t.thread_group_id AS group, t.customer_id AS customer, t."timestamp", t.communication_type AS type,
               t.source, t.direction, t.requires_response AS "requiresResponse", t.is_resolved AS "isResolved",
               ARRAY(SELECT l.invoice_id::text FROM communication_thread_invoices l
                     WHERE l.company_id = $1 AND l.thread_id = t.id ORDER BY 1) AS invoices
        FROM communication_threads t
        WHERE t.company_id = $1
        ORDER BY t.id`,
      values: [this.tenant.companyId],
    });
  }

  async learn(): Promise<void> {
    this.messages = await this.stored();
  }

  async addCustomer(): Promise<void> {
    const name = this.name();
    const phone = `+1415${String(5_000_000 + this.seed * 10_000 + this.#sequence)}`;
    const customer = { id: newId(), name: `Customer ${name}`, email: `pat-${name}@buyer.example`, phone };
    await this.send('PUT', `customers/${customer.id}`, { name: customer.name }, [201]);
    await createContact(w.db, this.tenant.companyId, customer.id, { email: customer.email });
    await w.db.query({
      text: 'UPDATE contacts SET phone = $3 WHERE company_id = $1 AND customer_id = $2',
      values: [this.tenant.companyId, customer.id, phone],
    });
    this.customers.push(customer);
  }

  async addInvoice(): Promise<void> {
    const invoice = { id: newId(), customer: this.pick(this.customers).id };
    const number = `INV-${this.seed}${100 + this.invoices.length}`;
    await this.send('PUT', `invoices/${invoice.id}`, { customer_id: invoice.customer, number }, [201]);
    this.invoices.push(invoice);
  }

  someInvoices(customer: string | null): string[] {
    const theirs = this.invoices.filter((invoice) => invoice.customer === customer).map(({ id }) => id);
    return theirs.filter(() => this.next(3) === 0);
  }

  async compare(what: string): Promise<void> {
    const url = (collection: string, query = '') => `${this.base}/${collection}?page_size=500${query}`;
    const customers = (await this.caller.get(url('customers'))).json().data;
    const invoices = (await this.caller.get(url('invoices'))).json().data;
    const told = (rows: { id: string; communications: Summary }[]) =>
      Object.fromEntries(rows.map(({ id, communications }) => [id, communications]));
    const expected = {
      customers: Object.fromEntries(this.customers.map(({ id }) => [id, summaryOfCustomer(this.messages, id)])),
      invoices: Object.fromEntries(this.invoices.map(({ id }) => [id, summaryOfInvoice(this.messages, id)])),
    };
    expect({ what, customers: told(customers), invoices: told(invoices) }).toEqual({ what, ...expected });

    // Every row was compared; which rows, and in which order, now and then.
    if (this.next(4) > 0) return;
    const open = (await this.caller.get(url('customers', '&has_open=true'))).json();
    const isOpen = ({ id }: Customer) => Number(expected.customers[id]?.open_count) > 0;
    expect(open.data.map(({ id }: Customer) => id).sort()).toEqual(
      this.customers
        .filter(isOpen)
        .map(({ id }) => id)
        .sort(),
    );
    expect(open.count).toBe(open.data.length);
    expect(await this.walk('customers?ordering=-waiting_since', 4), what).toEqual(this.worklist(expected.customers));
  }

  worklist(summaries: Record<string, Summary>): string[] {
    const key = ({ id, name }: Customer) => {
      const since = summaries[id]?.waiting_since;
      return `${since ? `1 ${since}` : `2 ${name.toLowerCase()}`} ${id}`;
    };
    return this.customers.toSorted((one, other) => (key(one) < key(other) ? -1 : 1)).map(({ id }) => id);
  }

  async walk(path: string, size: number): Promise<string[]> {
    const ids: string[] = [];
    let cursor = '';
    do {
      const page = (await this.caller.get(`${this.base}/${path}&page_size=${size}${cursor}`)).json();
      ids.push(...page.data.map(({ id }: { id: string }) => id));
      cursor = page.next_cursor ? `&cursor=${page.next_cursor}` : '';
    } while (cursor !== '');
    return ids;
  }

  /** What a program holds that asks for changes alone, from the watermark of the last time. */
  async follow(): Promise<void> {
    for (const collection of ['customers', 'invoices']) {
      const mirror = this.#mirrors.get(collection) ?? { watermark: '2000-01-01T00:00:00Z', rows: new Map() };
      const query = `${this.base}/${collection}?page_size=4&updated_after=${encodeURIComponent(mirror.watermark)}`;
      let cursor = '';
      do {
        const page = (await this.caller.get(`${query}${cursor}`)).json();
        for (const { id, communications } of page.data) mirror.rows.set(id, communications);
        if (cursor === '') mirror.watermark = page.watermark;
        cursor = page.next_cursor ? `&cursor=${page.next_cursor}` : '';
      } while (cursor !== '');
      this.#mirrors.set(collection, mirror);
    }
  }

  expectMirrorsToFit(what: string): void {
    const held = (collection: string) => Object.fromEntries(this.#mirrors.get(collection)?.rows ?? []);
    expect({ what, customers: held('customers'), invoices: held('invoices') }).toEqual({
      what,
      customers: Object.fromEntries(this.customers.map(({ id }) => [id, summaryOfCustomer(this.messages, id)])),
      invoices: Object.fromEntries(this.invoices.map(({ id }) => [id, summaryOfInvoice(this.messages, id)])),
    });
  }

  forget(collection: 'customers' | 'invoices', id: string): void {
    this.#mirrors.get(collection)?.rows.delete(id);
    if (collection === 'customers') this.customers = this.customers.filter((customer) => customer.id !== id);
    else this.invoices = this.invoices.filter((invoice) => invoice.id !== id);
  }
}

export async function createWorld(seed: number): Promise<World> {
  const tenant = await createTenant(w.db);
  const grantId = await connectMailbox(w.db, tenant);
  await connectPhone(w.db, tenant.companyId, `+1312555${String(1_000 + seed)}`);
  const world = new World(tenant, grantId, seed);
  for (let nth = 0; nth < 5; nth += 1) await world.addCustomer();
  for (let nth = 0; nth < 8; nth += 1) await world.addInvoice();
  return world;
}

type Write = (world: World) => Promise<void>;

export const logManual: Write = async (world) => {
  const customer = world.pick(world.customers).id;
  const type = world.pick(COMMUNICATION_TYPES);
  const body = {
    communication_type: type,
    notes: 'Spoke.',
    customer_id: customer,
    invoice_ids: world.someInvoices(customer),
    direction: world.pick(['inbound', 'outbound']),
    timestamp: world.moment(),
    is_resolved: world.next(2) === 0,
  };
  const { body: log } = await world.send('POST', 'communications/log-manual', body, [201]);
  const message = { type, source: 'manual', direction: body.direction, timestamp: body.timestamp, customer };
  const flags = { requiresResponse: false, isResolved: body.is_resolved, invoices: body.invoice_ids.toSorted() };
  world.messages.push({ id: log.id, group: log.thread_group_id, ...message, ...flags });
};

/** `expected` says what becomes of the conversation; undefined: 400. */
async function patch(world: World, message: Message, body: object, expected: Partial<Message>[] | undefined) {
  await world.send('PATCH', `communications/threads/${message.id}`, body, [expected ? 200 : 400]);
  if (!world.isAlone) return;
  const group = world.messages.filter(({ group }) => group === message.group);
  for (const [nth, change] of (expected ?? []).entries()) Object.assign(group[nth] as Message, change);
}

export const setResolved: Write = async (world) => {
  if (world.messages.length === 0) return;
  const message = world.pick(world.messages);
  const isResolved = world.next(2) === 0;
  const group = world.messages.filter(({ group }) => group === message.group);
  await patch(
    world,
    message,
    { is_resolved: isResolved },
    group.map(() => ({ isResolved })),
  );
};

export const setRequiresResponse: Write = async (world) => {
  if (world.messages.length === 0) return;
  const message = world.pick(world.messages);
  const requiresResponse = world.next(3) > 0;
  const group = world.messages.filter(({ group }) => group === message.group);
  const isRefused = requiresResponse && group.every(({ source }) => source === 'manual');
  const expected = group.map(({ source }) => (source === 'manual' ? {} : { requiresResponse }));
  await patch(world, message, { requires_response: requiresResponse }, isRefused ? undefined : expected);
};

export const giveToCustomer: Write = async (world) => {
  const movable = world.messages.filter(({ source }) => source !== 'manual' || world.next(5) === 0);
  if (movable.length === 0) return;
  const message = world.pick(movable);
  const customer = world.next(5) === 0 ? null : world.pick(world.customers).id;
  const group = world.messages.filter(({ group }) => group === message.group);
  const isRefused = message.source === 'manual' && customer !== message.customer;
  const before = message.customer;
  const expected = group.map((other) => (other.source !== 'manual' && other.customer === before ? { customer } : {}));
  await patch(world, message, { customer_id: customer }, isRefused ? undefined : expected);
  // Which invoices a message gets back is another test's.
  const stored = new Map((await world.stored()).map((row) => [row.id, row]));
  for (const moved of group) moved.invoices = stored.get(moved.id)?.invoices ?? [];
};

const snooze: Write = async (world) => {
  if (world.messages.length === 0) return;
  const follow_up_at = world.next(2) ? '2999-01-01T00:00:00Z' : null;
  await patch(world, world.pick(world.messages), { follow_up_at }, []);
};

const importLines: Write = async (world) => {
  const lines = new Map<string, { line: Line; message: Message }>();
  for (let nth = 0; nth < 1 + world.next(3); nth += 1) {
    const known = world.messages.filter(({ id }) => world.imported.includes(id));
    const former = known.length > 0 && world.next(2) === 0 ? world.pick(known) : undefined;
    const other = world.messages.length > 0 && world.next(2) === 0 ? world.pick(world.messages).group : newId();
    const customer = world.next(6) === 0 ? null : world.pick(world.customers).id;
    const message: Message = {
      id: former?.id ?? newId(),
      group: former && world.next(3) > 0 ? former.group : other,
      customer,
      timestamp: world.moment(),
      type: world.pick(COMMUNICATION_TYPES),
      source: 'import',
      direction: world.pick(['inbound', 'outbound']),
      requiresResponse: world.next(2) === 0,
      isResolved: world.next(2) === 0,
      invoices: world.someInvoices(customer).toSorted(),
    };
    const line = {
      type: 'thread',
      id: message.id,
      company_id: world.tenant.companyId,
      thread_group_id: message.group,
      ...(customer && { customer_id: customer }),
      communication_type: message.type,
      direction: message.direction,
      requires_response: message.requiresResponse,
      is_resolved: message.isResolved,
      invoice_ids: message.invoices,
      timestamp: message.timestamp,
    };
    lines.set(message.id, { line, message });
  }
  await w.import([...lines.values()].map(({ line }) => line));
  for (const { message } of lines.values()) {
    const nth = world.messages.findIndex(({ id }) => id === message.id);
    if (nth === -1) world.messages.push(message);
    else world.messages[nth] = message;
    if (!world.imported.includes(message.id)) world.imported.push(message.id);
  }
};

const us = { name: 'AR', email: OWN_ADDRESS };

/** In one of a few conversations of the provider; sometimes it answers a mail of another one, which makes one of two. */
function aMail(world: World, more: object = {}) {
  const customer = world.pick(world.customers);
  const them = { name: 'Pat', email: customer.email };
  const isInbound = world.next(2) === 0;
  const name = `m-${world.name()}`;
  const parent = world.mailIds.length > 0 && world.next(4) === 0 ? world.pick(world.mailIds) : undefined;
  world.mailIds.push(name);
  return {
    id: name,
    thread_id: `t-${world.seed}-${world.next(12)}`,
    from: [isInbound ? them : us],
    to: [isInbound ? us : them],
    date: Math.floor(Date.parse(world.moment()) / 1000) + world.next(2),
    subject: `About INV-${world.seed}${100 + world.next(10)}`,
    body: `<p>Question ${name}?</p>`,
    headers: [
      { name: 'Message-ID', value: `<${name}@mail.example>` },
      ...(parent ? [{ name: 'References', value: `<${parent}@mail.example>` }] : []),
    ],
    ...more,
  };
}

export const mailArrives: Write = async (world) => {
  const { status } = await postNylas(w, mail(world.grantId, aMail(world)));
  expect(status).toBe(200);
  await world.learn();
};

const draftIsWithdrawn: Write = async (world) => {
  const folder = `folder-${world.name()}`;
  const draft = aMail(world, {
    from: [us],
    to: [{ name: 'Pat', email: world.pick(world.customers).email }],
    folders: [folder],
  });
  await postNylas(w, mail(world.grantId, draft));
  const held = (await world.stored()).length;
  if (world.next(2)) await world.follow();
  const object = { object: 'folder', id: folder, grant_id: world.grantId, name: 'X', attributes: ['\\Drafts'] };
  await postNylas(w, { type: 'folder.created', id: `folder-event-${folder}`, data: { object } });
  await world.learn();
  if (world.messages.length < held) count(world, 'a draft was withdrawn');
};

/** Two rows that turn out to be one call. */
export const callsAreMerged: Write = async (world) => {
  const own = `1312555${String(1_000 + world.seed)}`;
  const [from, to] = [newId(), newId()].map((id) => `CON-${id}`);
  const call = (conversation_uuid: string | undefined, uuid: string, number: string) => ({
    ...{ conversation_uuid, uuid, from: own, to: number.slice(1), direction: 'outbound', status: 'answered' },
    timestamp: world.moment(),
  });
  const [first, second] = [newId(), newId()];
  await postVonage(w, call(from, first, world.pick(world.customers).phone));
  await postVonage(w, call(to, second, world.pick(world.customers).phone));
  const held = (await world.stored()).length;
  if (world.next(2)) await world.follow();
  if (world.next(3) === 0) return world.learn();
  await postVonage(w, {
    conversation_uuid_from: from,
    conversation_uuid_to: to,
    uuid: first,
    timestamp: world.moment(),
  });
  await world.learn();
  if (world.messages.length < held) count(world, 'calls were merged');
};

const rematch: Write = async (world) => {
  const stranger = `late-${world.name()}@late.example`;
  await postNylas(w, mail(world.grantId, aMail(world, { from: [{ name: 'Eve', email: stranger }], to: [us] })));
  const customer = world.pick(world.customers).id;
  await world.send('PUT', `contacts/${newId()}`, { customer_id: customer, name: 'Eve', email: stranger }, [201]);
  await rematchAll(w.db);
  await world.learn();
};

const renameAndBatch: Write = async (world) => {
  const customer = world.pick(world.customers);
  customer.name = `Renamed ${world.name()}`;
  await world.send('POST', 'customers/batch', { data: [{ id: customer.id, name: customer.name }] }, [200]);
  const invoice = world.pick(world.invoices);
  await world.send(
    'PUT',
    `invoices/${invoice.id}`,
    { customer_id: invoice.customer, number: `R-${world.name()}` },
    [200],
  );
  if (world.customers.length < 12) await world.addCustomer();
  if (world.invoices.length < 20) await world.addInvoice();
};

const deleteSome: Write = async (world) => {
  const contacts = (await world.caller.get(`${world.base}/contacts?page_size=500`)).json().data;
  const contact = world.pick(contacts as { id: string; customer_id: string }[]);
  const { status } = await world.send('DELETE', `contacts/${contact.id}`, undefined, [204, 409]);
  const left = contacts.filter(({ id }: { id: string }) => status === 409 || id !== contact.id);
  const { id: customer } = world.customers.find(({ id }) => id === contact.customer_id) ?? world.pick(world.customers);
  const isUsed =
    world.messages.some((message) => message.customer === customer) ||
    world.invoices.some((invoice) => invoice.customer === customer) ||
    left.some((other: { customer_id: string }) => other.customer_id === customer);
  const gone = world.customers.length > 3;
  if (gone) await world.send('DELETE', `customers/${customer}`, undefined, [isUsed ? 409 : 204]);
  if (gone && !isUsed) world.forget('customers', customer);
  const { id: invoice } = world.pick(world.invoices);
  const isNamed = world.messages.some(({ invoices }) => invoices.includes(invoice));
  await world.send('DELETE', `invoices/${invoice}`, undefined, [isNamed ? 409 : 204]);
  if (!isNamed) world.forget('invoices', invoice);
  if (world.invoices.length < 4) await world.addInvoice();
};

export const WRITES_BY_WEIGHT: [number, string, Write][] = [
  [8, 'log-manual', logManual],
  [5, 'PATCH is_resolved', setResolved],
  [5, 'PATCH requires_response', setRequiresResponse],
  [6, 'PATCH customer_id', giveToCustomer],
  [1, 'PATCH follow_up_at', snooze],
  [9, 'mail', mailArrives],
  [2, 'draft withdrawn', draftIsWithdrawn],
  [2, 'merged calls', callsAreMerged],
  [1, 'rematch', rematch],
  [4, 'import', importLines],
  [1, 'PUT and batch', renameAndBatch],
  [2, 'DELETE', deleteSome],
];
export const CHOICES = WRITES_BY_WEIGHT.flatMap(([weight, name, write]) =>
  Array<[string, Write]>(weight).fill([name, write]),
);

export const count = (world: World, what: string) => world.done.set(what, (world.done.get(what) ?? 0) + 1);
export const byId = (messages: Message[]) => messages.toSorted((one, other) => (one.id < other.id ? -1 : 1));
