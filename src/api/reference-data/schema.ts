import { type TProperties, type TSchema, Type } from '@sinclair/typebox';
import { COMMUNICATION_TYPES, DIRECTIONS, ROLES } from '../../domain/vocabulary.ts';
import { ListOf, PagingQuery } from '../../http/lists/pagination.ts';
import { UpdatedAfterQuery } from '../../http/lists/updated-after.ts';
import { EXAMPLE_IDS, EXAMPLE_TIMES } from '../../http/openapi/examples.ts';
import { Nullable, OneOf, Reference, ResponseObject, Timestamp, Uuid } from '../../http/schema.ts';
import { type Collection, type CollectionName, writtenFields } from './collection.ts';
import { COLLECTIONS } from './definitions.ts';
import { EXTERNAL_ID } from './fields.ts';

/** Schemas of the requests and responses of each collection, made from its definition. */

const LastContact = Type.Union(
  [
    ResponseObject(
      {
        thread_id: Uuid({ description: 'The message.', examples: [EXAMPLE_IDS.thread] }),
        communication_type: OneOf(COMMUNICATION_TYPES, {
          description: 'The type of the message.',
          examples: ['email'],
        }),
        direction: OneOf(DIRECTIONS, { description: 'inbound or outbound.', examples: ['inbound'] }),
        timestamp: Timestamp({ description: 'The time of the message.', examples: [EXAMPLE_TIMES.latest] }),
      },
      { description: 'The newest message that is linked to it.' },
    ),
    Type.Null(),
  ],
  { description: 'The newest message that is linked to it; null when there is none.' },
);
const lastContact = {
  thread_id: EXAMPLE_IDS.thread,
  communication_type: 'email',
  direction: 'inbound',
  timestamp: EXAMPLE_TIMES.latest,
};
const lastTime = (description: string) => Nullable(Timestamp({ description, examples: [EXAMPLE_TIMES.latest] }));
const conversations = (description: string) => Type.Integer({ description, examples: [1] });

/** The field `communications` of customers and invoices. */
const COMMUNICATIONS: Partial<Record<CollectionName, { schema: TSchema; example: object }>> = {
  customers: {
    schema: ResponseObject(
      {
        last_contact: LastContact,
        last_inbound_at: lastTime('The time of the newest message from the customer.'),
        last_outbound_at: lastTime('The time of the newest message to the customer.'),
        open_count: conversations('The number of conversations with the customer that are not resolved.'),
        waiting_count: conversations('The number of these conversations that require a response.'),
        waiting_since: lastTime('The time of the oldest message that requires a response.'),
      },
      { description: 'The communications with the customer.' },
    ),
    example: {
      last_contact: lastContact,
      last_inbound_at: EXAMPLE_TIMES.latest,
      last_outbound_at: EXAMPLE_TIMES.older,
      open_count: 1,
      waiting_count: 1,
      waiting_since: EXAMPLE_TIMES.latest,
    },
  },
  invoices: {
    schema: ResponseObject({ last_contact: LastContact }, { description: 'The communications about the invoice.' }),
    example: { last_contact: lastContact },
  },
};

const ID_EXAMPLES: Record<CollectionName, string> = {
  customers: EXAMPLE_IDS.customer,
  contacts: EXAMPLE_IDS.contact,
  invoices: EXAMPLE_IDS.invoice,
  actions: EXAMPLE_IDS.scheduledAction,
  touchpoints: EXAMPLE_IDS.scheduledTouchpoint,
};

export type CollectionSchemas = {
  params: TSchema;
  query: TSchema;
  row: TSchema;
  list: TSchema;
  body: TSchema;
  batch: TSchema;
};

/** Validators are compiled once for each schema, by its identity. */
export const SCHEMAS = Object.fromEntries(
  Object.values(COLLECTIONS).map((collection) => [collection.name, schemasOf(collection)]),
) as Record<CollectionName, CollectionSchemas>;

export const BatchOutcomes = ResponseObject(
  {
    data: Type.Array(
      ResponseObject(
        {
          id: Uuid({ description: 'The row.', examples: [EXAMPLE_IDS.customer] }),
          external_id: Nullable(Type.String({ description: 'The key of the row in your ERP.', examples: ['D-10042'] })),
          outcome: OneOf(['created', 'updated', 'unchanged'], {
            description: 'Whether the row was created, updated or already equal.',
            examples: ['created'],
          }),
        },
        { description: 'The outcome for one row.' },
      ),
      { description: 'In the order of the request.' },
    ),
  },
  {
    $id: 'BatchOutcomes',
    description: 'The outcome for each row of a batch.',
    examples: [{ data: [{ id: EXAMPLE_IDS.customer, external_id: 'D-10042', outcome: 'created' }] }],
  },
);

function schemasOf(collection: Collection): CollectionSchemas {
  const { name, singular } = collection;
  const row = rowSchema(collection);
  const written = writtenSchema(collection);
  const entry = { id: Type.Optional(Nullable(Uuid({ description: 'The row.', examples: [ID_EXAMPLES[name]] }))) };
  const bodyExample = { external_id: 'D-10042', ...exampleOf(Object.fromEntries(writtenFields(collection))) };
  return {
    params: Type.Object({
      company_id: Uuid({ description: 'The company.', examples: [EXAMPLE_IDS.company] }),
      id: Uuid({ description: 'The row.', examples: [ID_EXAMPLES[name]] }),
    }),
    query: queryOf(collection),
    row,
    list: ListOf(Reference(row), {
      $id: `${singular}List`,
      description: `A page of ${name}.`,
      examples: [{ count: 1, page: 1, page_size: 20, next_cursor: null, data: row.examples }],
    }),
    body: Type.Object(written, {
      $id: `${singular}Fields`,
      description: `The fields of one of the ${name} that a client writes.`,
      examples: [bodyExample],
    }),
    batch: Type.Object(
      {
        data: Type.Array(
          Type.Object({ ...entry, ...written }, { description: 'A row, by its `id`, its `external_id` or both.' }),
          { maxItems: 500, description: 'The rows.' },
        ),
      },
      { $id: `${singular}Batch`, description: `Up to 500 ${name}.`, examples: [{ data: [bodyExample] }] },
    ),
  };
}

function rowSchema({ name, singular, fields }: Collection) {
  const communications = COMMUNICATIONS[name];
  const example = {
    id: ID_EXAMPLES[name],
    company_id: EXAMPLE_IDS.company,
    external_id: 'D-10042',
    ...exampleOf(fields),
    created_at: EXAMPLE_TIMES.older,
    updated_at: EXAMPLE_TIMES.older,
    ...(communications ? { communications: communications.example } : {}),
  };
  const shown = Object.entries(fields).map(([field, { schema, isRequired, whenOmitted }]) => {
    const unbounded = withoutBounds(schema);
    return [field, isRequired || whenOmitted !== undefined ? unbounded : Nullable(unbounded)] as const;
  });
  return ResponseObject(
    {
      id: Uuid({ description: 'The id.', examples: [ID_EXAMPLES[name]] }),
      company_id: Uuid({ description: 'The company.', examples: [EXAMPLE_IDS.company] }),
      external_id: Nullable(Type.String({ description: 'The key of the row in your ERP.', examples: ['D-10042'] })),
      ...Object.fromEntries(shown),
      created_at: Timestamp({ description: 'When the row was created.', examples: [EXAMPLE_TIMES.older] }),
      updated_at: Timestamp({ description: updatedAt(communications), examples: [EXAMPLE_TIMES.older] }),
      ...(communications ? { communications: communications.schema } : {}),
    },
    { $id: singular, description: `One of the company’s ${name}.`, examples: [example] },
  );
}

function updatedAt(communications: object | undefined): string {
  const changed = 'When the row was last changed.';
  return communications
    ? `${changed} A message changes \`communications\` but not this time; \`updated_after\` and the \`ETag\` cover both.`
    : changed;
}

/** A row may refer to its parent by id or by external id, so the schema requires neither. */
function writtenSchema(collection: Collection): TProperties {
  const properties: TProperties = { external_id: Type.Optional(Nullable(EXTERNAL_ID)) };
  for (const [field, { schema, isRequired, parent }] of writtenFields(collection)) {
    properties[field] = isRequired && !parent ? schema : Type.Optional(Nullable(schema));
    if (parent) properties[externalOf(field)] = Type.Optional(Nullable(parentKey(field)));
  }
  return properties;
}

/** `customer_id` → `customer_external_id` */
export function externalOf(field: string): string {
  return field.replace(/_id$/, '_external_id');
}

function parentKey(field: string) {
  return Type.String({
    maxLength: 200,
    'x-trim': true,
    description: `The external id of the row that \`${field}\` refers to, instead of \`${field}\`.`,
    examples: ['D-10042'],
  });
}

function queryOf({ filters, wordTable, orders, name }: Collection) {
  const names = [...Object.keys(orders), ...(name === 'customers' ? ['-waiting_since'] : [])];
  return Type.Object({
    external_id: Type.Optional(
      Type.Array(Type.String(), {
        maxItems: 500,
        description: 'Comma-separated external ids; rows with any of them.',
        examples: [['D-10042']],
      }),
    ),
    ...Object.fromEntries(Object.entries(filters).map(([filter, { schema }]) => [filter, Type.Optional(schema)])),
    ...(wordTable !== undefined
      ? {
          search: Type.Optional(
            Type.String({
              maxLength: 500,
              description: 'Up to 32 words, each of which must be the beginning of a word of the row.',
              examples: ['acme'],
            }),
          ),
        }
      : {}),
    ...(name === 'customers'
      ? {
          has_open: Type.Optional(
            Type.Boolean({
              description: 'Whether the customer has a conversation that is not resolved.',
              examples: [true],
            }),
          ),
        }
      : {}),
    ordering: Type.Optional(OneOf(names, { description: 'The order of the rows.', examples: [names[0]] })),
    ...UpdatedAfterQuery,
    ...PagingQuery,
  });
}

/** Responses may contain rows that were written under other bounds, for example by an import. */
function withoutBounds(schema: TSchema): TSchema {
  const { minLength, maxLength, 'x-trim': _trim, ...rest } = schema;
  return (['e164', 'amount', 'currency'].includes(rest.format) ? { ...rest, format: undefined } : rest) as TSchema;
}

function exampleOf(fields: Collection['fields']): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([field, { schema }]) => [field, schema.examples?.[0]]));
}

export const Member = ResponseObject(
  {
    company_id: Uuid({ description: 'The company.', examples: [EXAMPLE_IDS.company] }),
    user_id: Uuid({ description: 'The user.', examples: [EXAMPLE_IDS.user] }),
    username: Type.String({ description: 'The username with which the member logs in.', examples: ['sam'] }),
    name: Type.String({ description: 'The member’s name.', examples: ['Sam Ortiz'] }),
    email: Type.String({ description: 'The member’s email address.', examples: ['sam@northbrook.example'] }),
    role: OneOf(ROLES, { description: 'The member’s role.', examples: ['member'] }),
  },
  {
    $id: 'Member',
    description: 'A member of the company.',
    examples: [
      {
        company_id: EXAMPLE_IDS.company,
        user_id: EXAMPLE_IDS.user,
        username: 'sam',
        name: 'Sam Ortiz',
        email: 'sam@northbrook.example',
        role: 'member',
      },
    ],
  },
);

export const MemberList = ListOf(Reference(Member), {
  $id: 'MemberList',
  description: 'A page of members.',
  examples: [{ count: 1, page: 1, page_size: 20, next_cursor: null, data: Member.examples }],
});

export const MembersQuery = Type.Object({
  role: Type.Optional(OneOf(ROLES, { description: 'Members with this role.', examples: ['member'] })),
  ordering: Type.Optional(OneOf(['name'], { description: 'The order of the rows.', examples: ['name'] })),
  ...PagingQuery,
});
