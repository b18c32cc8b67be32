import type { GraphQLResolveInfo, GraphQLSchema } from 'graphql';
import { z } from 'zod';
import { findNode, type NodeField } from './load-nodes.js';
import type { GraphqlRequest } from './request.js';

const nodeFields: readonly NodeField[] = ['artifacts', 'runs', 'steps', 'stories'];

const byOneId = z.strictObject({ where: z.strictObject({ id: z.strictObject({ eq: z.string() }) }) });

/** Lets generated reads of one node by its id share a statement with all that ask for the same fields at the time. */
export function sharePointReads(schema: GraphQLSchema): void {
  const fields = schema.getQueryType()?.getFields() ?? {};
  for (const name of nodeFields) {
    const field = fields[name];
    const generated = field?.resolve;
    if (!field || !generated) throw new Error(`the generated schema has no field ${name}`);
    field.resolve = async (
      source,
      args,
      request: GraphqlRequest,
      info: GraphQLResolveInfo,
    ): Promise<unknown> => {
      const one = byOneId.safeParse(args);
      // Shared reads come back through this field with a list of ids.
      if (!one.success) return generated(source, args, request, info);
      const node = await findNode(name, one.data.where.id.eq, request, info);
      return node ? [node] : [];
    };
  }
}
