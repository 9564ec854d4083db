import type { FastifyInstance } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { namedSchemasIn } from '../schema.ts';

/**
 * Adds the named schemas of each route to the route's scope, where the serialiser resolves references to them. The OpenAPI
 * document lists the schemas of all scopes as its components.
 */
export const components = fastifyPlugin(collectComponents, { name: 'components' });

async function collectComponents(app: FastifyInstance): Promise<void> {
  const components = new Map<string, object>();
  app.addHook('onRoute', function ({ schema }) {
    for (const named of namedSchemasIn(schema)) {
      const { $id: name } = named;
      if (components.has(name) && components.get(name) !== named) throw new Error(`Two schemas are named "${name}".`);
      components.set(name, named);
      if (!this.getSchema(name)) this.addSchema(named);
    }
  });
}
