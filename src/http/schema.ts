import { type TObject, type TProperties, type TSchema, Type } from '@sinclair/typebox';
import { EXAMPLE_IDS } from './openapi/examples.ts';

/** Building blocks of request and response schemas that every domain uses, as OpenAPI 3.1 spells them. */

type Text = { description: string; examples: unknown[] };

/** A closed set as one `enum` (TypeBox's union of literals would be an `anyOf`). */
export function OneOf<const Values extends readonly string[]>(
  values: Values,
  options: Partial<Text> & { default?: Values[number] } = {},
) {
  return Type.Unsafe<Values[number]>({ type: 'string', enum: [...values], ...options });
}

export function Uuid(options: Text) {
  return Type.String({ format: 'uuid', ...options });
}

/** RFC 3339. Responses hold UTC with milliseconds and `Z`. */
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

/** An object of a response: every property present, nothing else let through. */
export function Answer<Properties extends TProperties>(
  properties: Properties,
  options: { $id?: string; description: string; examples?: unknown[] },
): TObject<Properties> {
  return Type.Object(properties, { additionalProperties: false, ...options });
}

/** An answer in one of several media types; `Value` is what a handler returns when it doesn't stream. */
export function MediaTypes<Value>(description: string, schemas: Record<string, TSchema>) {
  const content = Object.entries(schemas).map(([type, schema]) => [type, { schema }]);
  return Type.Unsafe<Value>({ description, content: Object.fromEntries(content) });
}

export const CompanyParams = Type.Object({
  company_id: Uuid({ description: 'The company.', examples: [EXAMPLE_IDS.company] }),
});
