import type { ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';

/** The OpenAPI document as the fuzzer reads it. */
export type Schema = Record<string, unknown> & {
  type?: string | string[];
  enum?: unknown[];
  format?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  $ref?: string;
};
type Media = { schema?: Schema };
type Answer = { $ref?: string; content?: Record<string, Media> };
export type Parameter = { in: string; name: string; schema: Schema; $ref?: string };
export type Operation = {
  method: string;
  path: string;
  operationId: string;
  parameters: Parameter[];
  body: Schema | undefined;
  responses: Record<string, Answer>;
};
type Document = {
  paths: Record<string, Record<string, RawOperation>>;
  components: Record<string, Record<string, unknown>>;
};
type RawOperation = {
  operationId: string;
  parameters?: Parameter[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, Answer>;
};

export class ApiDocument {
  readonly operations: Operation[];
  readonly #document: Document;
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  readonly #validators = new Map<string, ValidateFunction>();

  constructor(document: Document) {
    this.#document = document;
    this.#ajv.addSchema({ $id: 'api', ...document });
    this.operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => this.#operation(method, path, operation)),
    );
  }

  #operation(method: string, path: string, raw: RawOperation): Operation {
    return {
      method: method.toUpperCase(),
      path,
      operationId: raw.operationId,
      parameters: (raw.parameters ?? []).map((parameter) => this.resolve(parameter)),
      body: raw.requestBody?.content['application/json']?.schema,
      responses: raw.responses,
    };
  }

  /** Follows a `$ref` into the components. */
  resolve<Part extends { $ref?: string }>(part: Part): Part {
    if (part.$ref === undefined) return part;
    const [, , section = '', name = ''] = part.$ref.split('/');
    return this.resolve(this.#document.components[section]?.[name] as Part);
  }

  /** What is wrong with an answer, measured by the document; undefined when nothing is. */
  faultOf(operation: Operation, status: number, contentType: string, body: string): string | undefined {
    const named = operation.responses[String(status)];
    if (!named) return `status ${status} is not in the document`;
    const { content } = this.resolve(named);
    if (!content) return body === '' ? undefined : `${status} has a body, the document names none`;
    if (status === 304) return body === '' ? undefined : '304 has a body';
    const [type = ''] = contentType.split(';');
    const schema = content[type]?.schema;
    if (!schema) return `content type ${type} of ${status} is not in the document`;
    if (!type.endsWith('json')) return undefined;
    return this.#faultBySchema(schema, body);
  }

  #faultBySchema(schema: Schema, body: string): string | undefined {
    const key = JSON.stringify(schema);
    let validate = this.#validators.get(key);
    if (!validate) {
      validate = this.#ajv.compile(JSON.parse(key.replaceAll('"#/components/', '"api#/components/')));
      this.#validators.set(key, validate);
    }
    if (validate(JSON.parse(body))) return undefined;
    return `the body breaks the schema: ${this.#ajv.errorsText(validate.errors)}`;
  }
}
