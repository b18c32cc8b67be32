/** The text of a GraphQL operation; `types` is never there, it carries the types of what goes in and comes out. */
export type Document<Result, Variables> = string & { readonly types?: (variables: Variables) => Result };
