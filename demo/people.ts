/**
 * The demo company, its team, mailboxes and customers; `contacts.ts` and `strangers.ts` hold who else writes.
 * Every address ends in `.example` and every number is from the 555-0100 to 555-0199 range kept for fiction.
 */

export const COMPANY_NAME = 'Northbrook Packaging Supply';
export const COMPANY_TIMEZONE = 'America/Chicago';
/** The demo company's id. Fixed, so that what `npm run demo` prints can be pasted again after a new start. */
export const DEMO_COMPANY_ID = '019dab30-df00-7d92-b24c-8e65d5d3495f';

const DOMAIN = 'northbrook-packaging.example';
export const SHARED_ADDRESS = `ar@${DOMAIN}`;
export const PHONE_NUMBER = '+13125550100';

export const MAILBOXES = {
  ar: { owner: 'dana', email: SHARED_ADDRESS, sync: 'all', grantId: '6b1f2c1e-58d4-4f0c-9a57-d0c1f3a97e20' },
  marcus: {
    owner: 'marcus',
    email: `marcus.oyelaran@${DOMAIN}`,
    sync: 'known_contacts',
    grantId: 'e2a94d77-03b6-47ce-8f1b-5d2276c1b8a4',
  },
} as const;
export type MailboxKey = keyof typeof MAILBOXES;

export const CUSTOMERS = {
  cascade: 'Cascade Ridge Coffee Roasters',
  meridian: 'Meridian Home Goods, Inc.',
  blueheron: 'Blue Heron Skincare LLC',
  tallgrass: 'Tallgrass Organics Cooperative',
  kestrel: 'Kestrel Motor Parts',
  esperanza: 'Tortillería La Esperanza',
  brandt: 'Brandt Feinkost Import GmbH',
  stalban: 'St. Alban Medical Supply',
  pinnacle: 'Pinnacle Freight & Fulfillment',
  harbor: 'Harbor & Vine Wine Merchants',
  oakridge: 'Oakridge Unified School District',
  lumen: 'Lumen Craft Lighting',
  fenwick: 'Fenwick Books & Paper',
} as const;
export type CustomerKey = keyof typeof CUSTOMERS;

/** Who of the team looks after what is open with a customer; with the others it is whoever has time. */
export const OWNERS: Partial<Record<CustomerKey, string>> = {
  pinnacle: 'dana',
  meridian: 'marcus',
  stalban: 'marcus',
  oakridge: 'marcus',
  blueheron: 'priya',
  tallgrass: 'priya',
  fenwick: 'priya',
  kestrel: 'tomas',
};

/** How a person's mail program writes: `plain` and `phone` send text, the others HTML with quoted history. */
export type Style = 'outlook' | 'gmail' | 'plain' | 'phone';

export type Person = {
  name: string;
  email: string;
  style: Style;
  /** Below the first message in a conversation, a line each; `short` below the later ones. */
  sign: readonly string[];
  short?: string;
  phone?: string;
  locale?: 'de' | 'es';
  /** The signature holds an image, which travels as an inline attachment. */
  logo?: string;
  customer?: CustomerKey;
  /** False for somebody of a customer whom nobody has entered as a contact. */
  isContact?: boolean;
};

export type TeamMember = Person & { role: 'admin' | 'member' | 'viewer' };

const teamSign = (name: string, title: string, line: string) => [name, title, COMPANY_NAME, line] as const;

export const TEAM: Record<string, TeamMember> = {
  dana: {
    name: 'Dana Whitfield',
    email: `dana.whitfield@${DOMAIN}`,
    role: 'admin',
    style: 'outlook',
    sign: teamSign('Dana Whitfield', 'Credit & Collections Manager', '(312) 555-0101'),
    short: 'Dana',
    logo: 'northbrook-logo.png',
  },
  marcus: {
    name: 'Marcus Oyelaran',
    email: `marcus.oyelaran@${DOMAIN}`,
    role: 'member',
    style: 'outlook',
    sign: teamSign('Marcus Oyelaran', 'Senior Collections Specialist', '(312) 555-0102'),
    short: 'Marcus',
    logo: 'northbrook-logo.png',
  },
  priya: {
    name: 'Priya Raman',
    email: `priya.raman@${DOMAIN}`,
    role: 'member',
    style: 'gmail',
    sign: teamSign('Priya Raman', 'Accounts Receivable', '(312) 555-0103'),
    short: 'Priya',
  },
  tomas: {
    name: 'Tomas Lindqvist',
    email: `tomas.lindqvist@${DOMAIN}`,
    role: 'member',
    style: 'plain',
    sign: ['Tomas Lindqvist', 'Cash application / deductions, Northbrook Packaging'],
    short: 'Tomas',
  },
  ellen: {
    name: 'Ellen Kowalczyk',
    email: `ellen.kowalczyk@${DOMAIN}`,
    role: 'viewer',
    style: 'plain',
    sign: ['Ellen Kowalczyk', 'Controller, Northbrook Packaging Supply'],
  },
};

/** The sender of what the billing system mails by itself. */
export const BILLING: Person = { name: COMPANY_NAME, email: SHARED_ADDRESS, style: 'outlook', sign: [] };
