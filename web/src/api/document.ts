/** A GraphQL operation, with the types of what goes in and what comes out. */
export interface Document<Result, Variables> {
  readonly text: string;
  /** Never there; it carries the types. */
  readonly types?: (variables: Variables) => Result;
}
