import { type Static, type TObject, type TProperties, type TSchema, type TUnsafe, Type } from '@sinclair/typebox';
import { EXAMPLE_IDS } from './openapi/examples.ts';

/** Building blocks of request and response schemas, in the forms of OpenAPI 3.1. */

type Text = { description: string; examples: unknown[] };

/** What the OpenAPI document says of a field or a parameter. */
export function doc<Example>(description: string, example: Example) {
  return { description, examples: [example] };
}

/** A closed set as one `enum`; TypeBox renders a union of literals as `anyOf`. */
export function OneOf<const Values extends readonly string[]>(
  values: Values,
  options: Partial<Text> & { default?: Values[number] } = {},
) {
  return Type.Unsafe<Values[number]>({ type: 'string', enum: [...values], ...options });
}

export function Uuid(options: Text) {
  return Type.String({ format: 'uuid', ...options });
}

/** An RFC 3339 date-time. Responses have UTC with milliseconds and `Z`. */
export function Timestamp(options: Text) {
  return Type.String({ format: 'date-time', ...options });
}

/** The same schema, or null. */
export function Nullable<Schema extends TSchema>(schema: Schema) {
  const { type, enum: values, ...rest } = schema as unknown as { type: string; enum?: unknown[] };
  return Type.Unsafe<Schema['static'] | null>({
    ...rest,
    type: [type, 'null'],
    ...(values ? { enum: [...values, null] } : {}),
  });
}

/** An object in a response: every property is present, and the serialiser drops all others. */
export function ResponseObject<Properties extends TProperties>(
  properties: Properties,
  options: { $id?: string; description: string; examples?: unknown[] },
): TObject<Properties> {
  return Type.Object(properties, { additionalProperties: false, ...options });
}

/** A user by id and name, or null. */
export function UserOrNull(description: string) {
  const properties = {
    id: Uuid(doc('The user.', EXAMPLE_IDS.user)),
    name: Type.String(doc("The user's name.", 'Sam Ortiz')),
  };
  return Nullable(ResponseObject(properties, { description }));
}

/** The property of a reference with the schema that it refers to. `JSON.stringify` omits symbols. */
const TARGET = Symbol('target');

/** A reference to a named schema (one with an `$id`), which each route that uses it adds to the application. */
export function Reference<Schema extends TSchema>(schema: Schema): TUnsafe<Static<Schema>> {
  if (schema.$id === undefined) throw new Error('A schema without a name can not be referred to.');
  return { ...Type.Unsafe<Static<Schema>>({ $ref: schema.$id }), [TARGET]: schema } as TUnsafe<Static<Schema>>;
}

type NamedSchema = TSchema & { $id: string };

/** Every named schema in the schemas of a route, including those that are only referred to. */
export function namedSchemasIn(schemas: unknown): NamedSchema[] {
  const visited = new Set<object>();
  const visit = (part: unknown) => {
    if (typeof part !== 'object' || part === null || visited.has(part)) return;
    visited.add(part);
    for (const inner of [...Object.values(part), (part as { [TARGET]?: TSchema })[TARGET]]) visit(inner);
  };
  visit(schemas);
  return [...visited].filter((part): part is NamedSchema => '$id' in part && typeof part.$id === 'string');
}

/** A response in one of several media types; `Value` is the return type of a handler that doesn't stream. */
export function MediaTypes<Value>(description: string, schemas: Record<string, TSchema>) {
  const content = Object.entries(schemas).map(([type, schema]) => [type, { schema }]);
  return Type.Unsafe<Value>({ description, content: Object.fromEntries(content) });
}

export const CompanyParams = Type.Object({
  company_id: Uuid(doc('The company.', EXAMPLE_IDS.company)),
});
