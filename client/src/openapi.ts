// Written by `npm run client-types` from /openapi.json.

export interface paths {
  '/api/v1/artifacts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Artifacts, newest first; X-Total-Count says how many, Link where the next page is */
    get: {
      parameters: {
        query?: {
          artifact_type?: 'image' | 'audio' | 'video' | 'text' | 'json';
          content_hash?: string;
          /** @description An identifier: a UUID made by the service, or the one that an import kept */
          created_by_step_id?: string;
          /** @description Of the Link header's next page; goes without offset */
          cursor?: string;
          limit?: number;
          offset?: number;
          /** @description An identifier: a UUID made by the service, or the one that an import kept */
          run_id?: string;
          state?: 'intermediate' | 'candidate' | 'published' | 'archived' | 'any';
          /** @description An identifier: a UUID made by the service, or the one that an import kept */
          story_id?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Artifact'][];
          };
        };
        /** @description The input is invalid, or the move is not allowed */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A token is needed */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The role is not enough */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description This address does not take this method */
        405: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The request did not arrive in time */
        408: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The body is too large */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The media type is not one that this address takes */
        415: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The service failed; the log has this request id */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A backing store is away; try again after Retry-After */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    put?: never;
    /** Record an artifact, with the sources that it was made from */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['NewArtifactInput'];
        };
      };
      responses: {
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Artifact'];
          };
        };
        /** @description The input is invalid, or the move is not allowed */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A token is needed */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The role is not enough */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description There is nothing with this id */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description This address does not take this method */
        405: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The request did not arrive in time */
        408: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The state of the graph is against it: duplicate, cycle, or a lost race */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The body is too large */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The media type is not one that this address takes */
        415: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The bytes are not those of the digest */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The service failed; the log has this request id */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A backing store is away; try again after Retry-After */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/artifacts/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One artifact; with If-None-Match, 304 while it is the same */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description Identifier */
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Artifact'];
          };
        };
        /** @description Default Response */
        304: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description The input is invalid, or the move is not allowed */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A token is needed */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The role is not enough */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description There is nothing with this id */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description This address does not take this method */
        405: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The request did not arrive in time */
        408: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The body is too large */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The media type is not one that this address takes */
        415: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The service failed; the log has this request id */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A backing store is away; try again after Retry-After */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/artifacts/{id}/content': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The bytes, verified on the way; Range and If-None-Match are honoured */
    get: {
      parameters: {
        query?: {
          /** @description 1: an address of the store itself, where it has one */
          redirect?: '0' | '1';
        };
        header?: never;
        path: {
          /** @description Identifier */
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description All of the bytes */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            '*/*': string;
          };
        };
        /** @description The part that Range asks for */
        206: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            '*/*': string;
          };
        };
        /** @description Default Response */
        304: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description Default Response */
        307: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description The input is invalid, or the move is not allowed */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A token is needed */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The role is not enough */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description There is nothing with this id */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description This address does not take this method */
        405: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The request did not arrive in time */
        408: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The body is too large */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The media type is not one that this address takes */
        415: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description Range asks for bytes that are not there */
        416: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The bytes are not those of the digest */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The service failed; the log has this request id */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A backing store is away; try again after Retry-After */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/artifacts/{id}/lineage': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What an artifact was made from, and what was made from it; nearest first */
    get: {
      parameters: {
        query?: {
          depth?: number;
          direction?: 'upstream' | 'downstream' | 'both';
          limit?: number;
          relation_type?: ('derived_from' | 'variant_of' | 'transcoded_from')[];
        };
        header?: never;
        path: {
          /** @description Identifier */
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description The lineage; as lines of JSON, one for the whole and one for each artifact and relation, a client need not hold it */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Lineage'];
            'application/x-ndjson': components['schemas']['LineageLine'];
          };
        };
        /** @description The input is invalid, or the move is not allowed */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A token is needed */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The role is not enough */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description There is nothing with this id */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description This address does not take this method */
        405: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The request did not arrive in time */
        408: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The body is too large */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The media type is not one that this address takes */
        415: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The service failed; the log has this request id */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A backing store is away; try again after Retry-After */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/artifacts/{id}/lineage/document': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The same as a document: a tree to read, Graphviz, Mermaid, PROV-JSON, or plain JSON */
    get: {
      parameters: {
        query?: {
          depth?: number;
          direction?: 'upstream' | 'downstream' | 'both';
          format?: 'tree' | 'json' | 'dot' | 'mermaid' | 'prov';
          limit?: number;
          relation_type?: ('derived_from' | 'variant_of' | 'transcoded_from')[];
        };
        header?: never;
        path: {
          /** @description Identifier */
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': string;
          };
        };
        /** @description The input is invalid, or the move is not allowed */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A token is needed */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The role is not enough */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description There is nothing with this id */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description This address does not take this method */
        405: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The request did not arrive in time */
        408: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The body is too large */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The media type is not one that this address takes */
        415: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The service failed; the log has this request id */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A backing store is away; try again after Retry-After */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/artifacts/{id}/preview': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A small picture: a thumbnail of an image, the waveform of a sound */
    get: {
      parameters: {
        query?: {
          size?: '64' | '128' | '256' | '512' | '1024';
        };
        header?: never;
        path: {
          /** @description Identifier */
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description WebP or SVG */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            '*/*': string;
          };
        };
        /** @description Default Response */
        304: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description The input is invalid, or the move is not allowed */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A token is needed */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The role is not enough */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description There is nothing with this id */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description This address does not take this method */
        405: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The request did not arrive in time */
        408: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The body is too large */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The media type is not one that this address takes */
        415: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The bytes are not those of the digest */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The service failed; the log has this request id */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A backing store is away; try again after Retry-After */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/artifacts/{id}/publish': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Publish a candidate, and give it a role in a story in the same transaction */
    post: {
      parameters: {
        query?: {
          role?: ('cover' | 'final_audio' | 'final_video' | 'scene_image' | 'story_text') | null;
          story_id?: string | null;
        };
        header?: never;
        path: {
          /** @description Identifier */
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['PublicationInput'];
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Artifact'];
          };
        };
        /** @description The input is invalid, or the move is not allowed */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A token is needed */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The role is not enough */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description There is nothing with this id */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description This address does not take this method */
        405: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The request did not arrive in time */
        408: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The state of the graph is against it: duplicate, cycle, or a lost race */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The body is too large */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The media type is not one that this address takes */
        415: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The service failed; the log has this request id */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A backing store is away; try again after Retry-After */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/artifacts/{id}/relations': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Record that this artifact (the product) was made from another (the source) */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description Identifier */
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['NewRelationInput'];
        };
      };
      responses: {
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Relation'];
          };
        };
        /** @description The input is invalid, or the move is not allowed */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A token is needed */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The role is not enough */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description There is nothing with this id */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description This address does not take this method */
        405: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The request did not arrive in time */
        408: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The state of the graph is against it: duplicate, cycle, or a lost race */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The body is too large */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The media type is not one that this address takes */
        415: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The service failed; the log has this request id */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A backing store is away; try again after Retry-After */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/artifacts/{id}/state': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /** Move an artifact: intermediate, candidate, published, archived */
    patch: {
      parameters: {
        query?: {
          new_state?: 'intermediate' | 'candidate' | 'published' | 'archived';
        };
        header?: never;
        path: {
          /** @description Identifier */
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['NewStateInput'];
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Artifact'];
          };
        };
        /** @description The input is invalid, or the move is not allowed */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A token is needed */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The role is not enough */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description There is nothing with this id */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description This address does not take this method */
        405: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The request did not arrive in time */
        408: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The state of the graph is against it: duplicate, cycle, or a lost race */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The body is too large */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The media type is not one that this address takes */
        415: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The service failed; the log has this request id */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A backing store is away; try again after Retry-After */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    trace?: never;
  };
  '/api/v1/artifacts/{id}/waveform': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The outline of a sound as numbers */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description Identifier */
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Waveform'];
          };
        };
        /** @description The input is invalid, or the move is not allowed */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A token is needed */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The role is not enough */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description There is nothing with this id */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description This address does not take this method */
        405: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The request did not arrive in time */
        408: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The body is too large */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The media type is not one that this address takes */
        415: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The service failed; the log has this request id */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A backing store is away; try again after Retry-After */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/artifacts/batch': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Record up to 10,000 artifacts and relations, all or nothing */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['BatchInput'];
        };
      };
      responses: {
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['RegisteredBatch'];
          };
        };
        /** @description The input is invalid, or the move is not allowed */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A token is needed */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The role is not enough */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description There is nothing with this id */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description This address does not take this method */
        405: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The request did not arrive in time */
        408: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The state of the graph is against it: duplicate, cycle, or a lost race */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The body is too large */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The media type is not one that this address takes */
        415: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The bytes are not those of the digest */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The service failed; the log has this request id */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A backing store is away; try again after Retry-After */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/artifacts/content': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Record an artifact with its bytes, which are the body, of any size */
    post: {
      parameters: {
        query?: {
          artifact_path?: string;
          artifact_type?: 'image' | 'audio' | 'video' | 'text' | 'json';
          artifact_url?: string;
          content_hash?: string;
          created_by_agent?: string;
          created_by_step_id?: string;
          description?: string;
          external_id?: string;
          file_size?: number;
          /** @description A JSON object as text */
          metadata?: string;
          mime_type?: string;
          safety_score?: number;
          /** @description JSON as text: [{"artifact_id", "relation_type", "metadata"?}] */
          sources?: string;
        };
        header?: {
          /** @description The fields of POST /artifacts as a JSON object; query parameters come first */
          'x-artifact'?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/octet-stream': string;
        };
      };
      responses: {
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Artifact'];
          };
        };
        /** @description The input is invalid, or the move is not allowed */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A token is needed */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The role is not enough */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description There is nothing with this id */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description This address does not take this method */
        405: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The request did not arrive in time */
        408: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The state of the graph is against it: duplicate, cycle, or a lost race */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The body is too large */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The media type is not one that this address takes */
        415: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The bytes are not those of the digest */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The service failed; the log has this request id */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A backing store is away; try again after Retry-After */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/artifacts/health': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** How each part of the service is */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Health'];
          };
        };
        /** @description The input is invalid, or the move is not allowed */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A token is needed */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The role is not enough */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description This address does not take this method */
        405: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The request did not arrive in time */
        408: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The body is too large */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The media type is not one that this address takes */
        415: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The service failed; the log has this request id */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description Default Response */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Health'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/artifacts/runs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Record a run of a workflow; it becomes the current run of its story */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['NewRunInput'];
        };
      };
      responses: {
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Run'];
          };
        };
        /** @description The input is invalid, or the move is not allowed */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A token is needed */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The role is not enough */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description There is nothing with this id */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description This address does not take this method */
        405: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The request did not arrive in time */
        408: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The state of the graph is against it: duplicate, cycle, or a lost race */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The body is too large */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The media type is not one that this address takes */
        415: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The service failed; the log has this request id */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A backing store is away; try again after Retry-After */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/artifacts/runs/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A run with its steps, its artifacts and the stages recorded */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description Identifier */
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['RunWithParts'];
          };
        };
        /** @description The input is invalid, or the move is not allowed */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A token is needed */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The role is not enough */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description There is nothing with this id */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description This address does not take this method */
        405: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The request did not arrive in time */
        408: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The body is too large */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The media type is not one that this address takes */
        415: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The service failed; the log has this request id */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A backing store is away; try again after Retry-After */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/artifacts/runs/{id}/artifacts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Record the stage that an artifact reached in a run; 200 when it was recorded before */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description Identifier */
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['NewRunArtifactInput'];
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['RunArtifact'];
          };
        };
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['RunArtifact'];
          };
        };
        /** @description The input is invalid, or the move is not allowed */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A token is needed */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The role is not enough */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description There is nothing with this id */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description This address does not take this method */
        405: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The request did not arrive in time */
        408: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The state of the graph is against it: duplicate, cycle, or a lost race */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The body is too large */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The media type is not one that this address takes */
        415: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The service failed; the log has this request id */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A backing store is away; try again after Retry-After */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/artifacts/runs/{id}/status': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /** Move a run: pending, running, then completed, failed or cancelled */
    patch: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description Identifier */
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['NewRunStatusInput'];
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Run'];
          };
        };
        /** @description The input is invalid, or the move is not allowed */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A token is needed */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The role is not enough */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description There is nothing with this id */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description This address does not take this method */
        405: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The request did not arrive in time */
        408: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The state of the graph is against it: duplicate, cycle, or a lost race */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The body is too large */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The media type is not one that this address takes */
        415: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The service failed; the log has this request id */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A backing store is away; try again after Retry-After */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    trace?: never;
  };
  '/api/v1/artifacts/runs/{id}/steps': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Record a step that begins now, with the artifacts that it uses */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description Identifier */
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['NewStepInput'];
        };
      };
      responses: {
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Step'];
          };
        };
        /** @description The input is invalid, or the move is not allowed */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A token is needed */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The role is not enough */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description There is nothing with this id */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description This address does not take this method */
        405: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The request did not arrive in time */
        408: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The state of the graph is against it: duplicate, cycle, or a lost race */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The body is too large */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The media type is not one that this address takes */
        415: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The service failed; the log has this request id */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A backing store is away; try again after Retry-After */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/artifacts/steps/{id}/complete': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** End a step, completed or failed, with what it gave */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description Identifier */
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['StepResultInput'];
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Step'];
          };
        };
        /** @description The input is invalid, or the move is not allowed */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A token is needed */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The role is not enough */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description There is nothing with this id */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description This address does not take this method */
        405: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The request did not arrive in time */
        408: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The state of the graph is against it: duplicate, cycle, or a lost race */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The body is too large */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The media type is not one that this address takes */
        415: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The service failed; the log has this request id */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A backing store is away; try again after Retry-After */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/artifacts/stories/{id}/artifacts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The links of a story by role, primary first, then position */
    get: {
      parameters: {
        query?: {
          role?: 'cover' | 'final_audio' | 'final_video' | 'scene_image' | 'story_text';
          state?: 'intermediate' | 'candidate' | 'published' | 'archived' | 'any';
        };
        header?: never;
        path: {
          /** @description Identifier */
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['StoryLink'][];
          };
        };
        /** @description The input is invalid, or the move is not allowed */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A token is needed */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The role is not enough */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description There is nothing with this id */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description This address does not take this method */
        405: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The request did not arrive in time */
        408: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The body is too large */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The media type is not one that this address takes */
        415: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The service failed; the log has this request id */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A backing store is away; try again after Retry-After */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    put?: never;
    /** Give an artifact a role in a story; 200 when the link was there and is updated */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description Identifier */
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['NewStoryLinkInput'];
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['StoryLink'];
          };
        };
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['StoryLink'];
          };
        };
        /** @description The input is invalid, or the move is not allowed */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A token is needed */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The role is not enough */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description There is nothing with this id */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description This address does not take this method */
        405: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The request did not arrive in time */
        408: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The state of the graph is against it: duplicate, cycle, or a lost race */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The body is too large */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The media type is not one that this address takes */
        415: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The service failed; the log has this request id */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A backing store is away; try again after Retry-After */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/artifacts/stories/{id}/artifacts/{role}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The artifact that a story shows in a role */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description Identifier */
          id: string;
          role: 'cover' | 'final_audio' | 'final_video' | 'scene_image' | 'story_text';
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Artifact'];
          };
        };
        /** @description The input is invalid, or the move is not allowed */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A token is needed */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The role is not enough */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description There is nothing with this id */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description This address does not take this method */
        405: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The request did not arrive in time */
        408: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The body is too large */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The media type is not one that this address takes */
        415: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The service failed; the log has this request id */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A backing store is away; try again after Retry-After */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/artifacts/uploads': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Requests by which bytes go to the store without passing through the service */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['NewUploadInput'];
        };
      };
      responses: {
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Upload'];
          };
        };
        /** @description The input is invalid, or the move is not allowed */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A token is needed */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The role is not enough */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description This address does not take this method */
        405: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The request did not arrive in time */
        408: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The body is too large */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The media type is not one that this address takes */
        415: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The service failed; the log has this request id */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A backing store is away; try again after Retry-After */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/artifacts/uploads/{id}/complete': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Record an artifact with the bytes that were uploaded, once they are verified */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['NewArtifactInput'];
        };
      };
      responses: {
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Artifact'];
          };
        };
        /** @description The input is invalid, or the move is not allowed */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A token is needed */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The role is not enough */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description There is nothing with this id */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description This address does not take this method */
        405: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The request did not arrive in time */
        408: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The state of the graph is against it: duplicate, cycle, or a lost race */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The body is too large */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The media type is not one that this address takes */
        415: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The bytes are not those of the digest */
        422: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The service failed; the log has this request id */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A backing store is away; try again after Retry-After */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/cypher': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** A Cypher statement that only reads: Neo4j refuses everything else */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            /** @default 1000 */
            limit?: number;
            /** @default {} */
            parameters?: {
              [key: string]: unknown;
            };
            statement: string;
          };
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['CypherAnswer'];
          };
        };
        /** @description The input is invalid, or the move is not allowed */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A token is needed */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The role is not enough */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description This address does not take this method */
        405: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The request did not arrive in time */
        408: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The body is too large */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The media type is not one that this address takes */
        415: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The service failed; the log has this request id */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A backing store is away; try again after Retry-After */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/events': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Audit events, oldest first, as a page or (Accept: text/event-stream) as a stream without an end */
    get: {
      parameters: {
        query?: {
          /** @description Such as artifact.moved */
          action?: string;
          actor?: string;
          /** @description The cursor of an event: the answer begins behind it */
          after?: string;
          limit?: number;
          node_id?: string;
          /** @description The first time that counts */
          since?: string;
          /** @description The first time that does not */
          until?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Events behind `after`; a stream sends them as server-sent events, each id a cursor */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['AuditEvents'];
            'text/event-stream': string;
          };
        };
        /** @description The input is invalid, or the move is not allowed */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A token is needed */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The role is not enough */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description This address does not take this method */
        405: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The request did not arrive in time */
        408: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The body is too large */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The media type is not one that this address takes */
        415: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The service failed; the log has this request id */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A backing store is away; try again after Retry-After */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/legacy/stories/{id}/media': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Where a story's media are: its artifacts first, else the fields of its old row */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description Identifier */
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['LegacyMedia'];
          };
        };
        /** @description The input is invalid, or the move is not allowed */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A token is needed */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The role is not enough */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description There is nothing with this id */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description This address does not take this method */
        405: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The request did not arrive in time */
        408: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The body is too large */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The media type is not one that this address takes */
        415: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The service failed; the log has this request id */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A backing store is away; try again after Retry-After */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/me': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Who asks, and what they may do */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Caller'];
          };
        };
        /** @description The input is invalid, or the move is not allowed */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A token is needed */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The role is not enough */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description This address does not take this method */
        405: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The request did not arrive in time */
        408: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The body is too large */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The media type is not one that this address takes */
        415: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The service failed; the log has this request id */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A backing store is away; try again after Retry-After */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/search': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Stories, artifacts and runs by title, description, agent, step, id and external id; best first */
    get: {
      parameters: {
        query: {
          limit?: number;
          /** @description All of these words, each whole or in part */
          q: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['SearchAnswer'];
          };
        };
        /** @description The input is invalid, or the move is not allowed */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A token is needed */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The role is not enough */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description This address does not take this method */
        405: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The request did not arrive in time */
        408: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The body is too large */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The media type is not one that this address takes */
        415: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The service failed; the log has this request id */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A backing store is away; try again after Retry-After */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/stories': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Record a story, under its own id where it has one */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['NewStoryInput'];
        };
      };
      responses: {
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Story'];
          };
        };
        /** @description The input is invalid, or the move is not allowed */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A token is needed */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The role is not enough */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description This address does not take this method */
        405: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The request did not arrive in time */
        408: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The state of the graph is against it: duplicate, cycle, or a lost race */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The body is too large */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The media type is not one that this address takes */
        415: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The service failed; the log has this request id */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A backing store is away; try again after Retry-After */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/stories/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A story, with the artifacts that it shows and its current run */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description Identifier */
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Story'];
          };
        };
        /** @description The input is invalid, or the move is not allowed */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A token is needed */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The role is not enough */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description There is nothing with this id */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description This address does not take this method */
        405: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The request did not arrive in time */
        408: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The body is too large */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The media type is not one that this address takes */
        415: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The service failed; the log has this request id */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A backing store is away; try again after Retry-After */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/webhooks': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Every webhook, with how far it has been delivered; oldest first */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Webhook'][];
          };
        };
        /** @description The input is invalid, or the move is not allowed */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A token is needed */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The role is not enough */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description This address does not take this method */
        405: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The request did not arrive in time */
        408: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The body is too large */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The media type is not one that this address takes */
        415: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The service failed; the log has this request id */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A backing store is away; try again after Retry-After */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    put?: never;
    /** Have changes sent to an address, as they are committed; Idempotency-Key is not for this */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            /** @description Only such changes, as artifact.moved */
            action?: string | null;
            actor?: string | null;
            /** @description A cursor of the feed to begin behind; now by default */
            after?: string | null;
            description?: string | null;
            node_id?: string | null;
            /** @description `whsec_` and base64; made here by default */
            secret?: string | null;
            /**
             * Format: uri
             * @description http or https, without a name and password
             */
            url: string;
          };
        };
      };
      responses: {
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['NewWebhook'];
          };
        };
        /** @description The input is invalid, or the move is not allowed */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A token is needed */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The role is not enough */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description This address does not take this method */
        405: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The request did not arrive in time */
        408: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The state of the graph is against it: duplicate, cycle, or a lost race */
        409: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The body is too large */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The media type is not one that this address takes */
        415: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The service failed; the log has this request id */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A backing store is away; try again after Retry-After */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/webhooks/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A webhook, with how far it has been delivered */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description Identifier */
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Webhook'];
          };
        };
        /** @description The input is invalid, or the move is not allowed */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A token is needed */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The role is not enough */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description There is nothing with this id */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description This address does not take this method */
        405: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The request did not arrive in time */
        408: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The body is too large */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The media type is not one that this address takes */
        415: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The service failed; the log has this request id */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A backing store is away; try again after Retry-After */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    /** Forget a webhook and its dead letters */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description Identifier */
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description It is forgotten */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** @description The input is invalid, or the move is not allowed */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A token is needed */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The role is not enough */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description There is nothing with this id */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description This address does not take this method */
        405: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The request did not arrive in time */
        408: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The body is too large */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The media type is not one that this address takes */
        415: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The service failed; the log has this request id */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A backing store is away; try again after Retry-After */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    options?: never;
    head?: never;
    /** Stop delivery, or go on where it stood, at once */
    patch: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description Identifier */
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            enabled: boolean;
          };
        };
      };
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Webhook'];
          };
        };
        /** @description The input is invalid, or the move is not allowed */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A token is needed */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The role is not enough */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description There is nothing with this id */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description This address does not take this method */
        405: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The request did not arrive in time */
        408: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The body is too large */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The media type is not one that this address takes */
        415: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The service failed; the log has this request id */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A backing store is away; try again after Retry-After */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    trace?: never;
  };
  '/api/v1/webhooks/{id}/dead-letters': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Events that were tried for the last time, oldest first */
    get: {
      parameters: {
        query?: {
          /** @description The cursor of a dead letter */
          after?: string;
          limit?: number;
        };
        header?: never;
        path: {
          /** @description Identifier */
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['DeadLetters'];
          };
        };
        /** @description The input is invalid, or the move is not allowed */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A token is needed */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The role is not enough */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description There is nothing with this id */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description This address does not take this method */
        405: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The request did not arrive in time */
        408: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The body is too large */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The media type is not one that this address takes */
        415: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The service failed; the log has this request id */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A backing store is away; try again after Retry-After */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/webhooks/{id}/dead-letters/resend': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Send dead letters once more, oldest first, until one fails */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          /** @description Identifier */
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['ResentDeadLetters'];
          };
        };
        /** @description The input is invalid, or the move is not allowed */
        400: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A token is needed */
        401: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The role is not enough */
        403: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description There is nothing with this id */
        404: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description This address does not take this method */
        405: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The request did not arrive in time */
        408: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The body is too large */
        413: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The media type is not one that this address takes */
        415: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description The service failed; the log has this request id */
        500: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
        /** @description A backing store is away; try again after Retry-After */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/problem+json': components['schemas']['Problem'];
          };
        };
      };
    };
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    Artifact: {
      artifact_id: string;
      artifact_path: string | null;
      /** @description A string or any other JSON value, given back as it came */
      artifact_payload: unknown;
      /** @enum {string} */
      artifact_type: 'image' | 'audio' | 'video' | 'text' | 'json';
      artifact_url: string | null;
      content_hash: string | null;
      /**
       * Format: date-time
       * @description UTC, in milliseconds
       */
      created_at: string;
      created_by_agent: string | null;
      created_by_step_id: string | null;
      description: string | null;
      external_id: string | null;
      file_size: number | null;
      generation: number;
      /** @enum {string} */
      lifecycle_state: 'intermediate' | 'candidate' | 'published' | 'archived';
      metadata: {
        [key: string]: unknown;
      } | null;
      mime_type: string | null;
      safety_score: number | null;
      /**
       * Format: date-time
       * @description UTC, in milliseconds
       */
      stored_at: string;
    };
    ArtifactInput: {
      artifact_id: string;
      artifact_path: string | null;
      /** @description A string or any other JSON value, given back as it came */
      artifact_payload: unknown;
      /** @enum {string} */
      artifact_type: 'image' | 'audio' | 'video' | 'text' | 'json';
      artifact_url: string | null;
      content_hash: string | null;
      /**
       * Format: date-time
       * @description UTC, in milliseconds
       */
      created_at: string;
      created_by_agent: string | null;
      created_by_step_id: string | null;
      description: string | null;
      external_id: string | null;
      file_size: number | null;
      generation: number;
      /** @enum {string} */
      lifecycle_state: 'intermediate' | 'candidate' | 'published' | 'archived';
      metadata: {
        [key: string]: unknown;
      } | null;
      mime_type: string | null;
      safety_score: number | null;
      /**
       * Format: date-time
       * @description UTC, in milliseconds
       */
      stored_at: string;
    };
    AuditEvent: {
      action: string | null;
      actor: string | null;
      after: string | null;
      /**
       * Format: date-time
       * @description UTC, in milliseconds
       */
      at: string;
      before: string | null;
      cursor: string;
      id: string;
      node_id: string | null;
      node_label: string | null;
      /** @description Of a deletion: why */
      reason: string | null;
    };
    AuditEventInput: {
      action: string | null;
      actor: string | null;
      after: string | null;
      /**
       * Format: date-time
       * @description UTC, in milliseconds
       */
      at: string;
      before: string | null;
      cursor: string;
      id: string;
      node_id: string | null;
      node_label: string | null;
      /** @description Of a deletion: why */
      reason: string | null;
    };
    AuditEvents: {
      /** @description Send it as `after` to go on, now or later */
      cursor: string | null;
      events: components['schemas']['AuditEvent'][];
      has_more: boolean;
    };
    AuditEventsInput: {
      /** @description Send it as `after` to go on, now or later */
      cursor: string | null;
      events: components['schemas']['AuditEventInput'][];
      has_more: boolean;
    };
    Batch: {
      /** @default [] */
      artifacts: unknown[];
      /** @default [] */
      relations: unknown[];
    };
    BatchInput: {
      artifacts?: {
        artifact_path?: string | null;
        artifact_payload?: unknown | null;
        /** @enum {string} */
        artifact_type: 'image' | 'audio' | 'video' | 'text' | 'json';
        artifact_url?: string | null;
        content_hash?: string | null;
        created_by_agent?: string | null;
        created_by_step_id?: string | null;
        description?: string | null;
        external_id?: string | null;
        file_size?: number | null;
        metadata?: {
          [key: string]: unknown;
        } | null;
        mime_type?: string | null;
        /** @description An identifier: a UUID made by the service, or the one that an import kept */
        ref: string;
        safety_score?: number | null;
        sources?: {
          /** @description An identifier: a UUID made by the service, or the one that an import kept */
          artifact_id: string;
          metadata?: {
            [key: string]: unknown;
          } | null;
          /**
           * @description How the product was made from the source
           * @enum {string}
           */
          relation_type: 'derived_from' | 'variant_of' | 'transcoded_from';
        }[];
      }[];
      relations?: {
        metadata?: {
          [key: string]: unknown;
        } | null;
        /** @description An identifier: a UUID made by the service, or the one that an import kept */
        product: string;
        /**
         * @description How the product was made from the source
         * @enum {string}
         */
        relation_type: 'derived_from' | 'variant_of' | 'transcoded_from';
        /** @description An identifier: a UUID made by the service, or the one that an import kept */
        source: string;
      }[];
    };
    Caller: {
      /** @description The name under which changes are recorded */
      actor: string;
      /**
       * @description A writer may what a reader may, an admin what a writer may
       * @enum {string}
       */
      role: 'reader' | 'writer' | 'admin';
    };
    CallerInput: {
      /** @description The name under which changes are recorded */
      actor: string;
      /**
       * @description A writer may what a reader may, an admin what a writer may
       * @enum {string}
       */
      role: 'reader' | 'writer' | 'admin';
    };
    CypherAnswer: {
      columns: string[];
      /** @description Nodes are {labels, properties}, relationships {type, properties}, times ISO 8601 */
      rows: unknown[][];
      /** @description There were more rows than `limit` */
      truncated: boolean;
    };
    CypherAnswerInput: {
      columns: string[];
      /** @description Nodes are {labels, properties}, relationships {type, properties}, times ISO 8601 */
      rows: unknown[][];
      /** @description There were more rows than `limit` */
      truncated: boolean;
    };
    DeadLetters: {
      dead_letters: {
        action: string | null;
        /**
         * Format: date-time
         * @description UTC, in milliseconds
         */
        at: string;
        attempts: number;
        cursor: string;
        error: string;
        event_id: string;
        node_id: string | null;
        status: number | null;
      }[];
      has_more: boolean;
    };
    DeadLettersInput: {
      dead_letters: {
        action: string | null;
        /**
         * Format: date-time
         * @description UTC, in milliseconds
         */
        at: string;
        attempts: number;
        cursor: string;
        error: string;
        event_id: string;
        node_id: string | null;
        status: number | null;
      }[];
      has_more: boolean;
    };
    Health: {
      /** @enum {string} */
      blob_store: 'up' | 'down';
      /** @enum {string} */
      guards: 'active' | 'outdated' | 'missing' | 'unsupported' | 'unknown';
      /** @enum {string} */
      neo4j: 'up' | 'down';
      /** @description what is wrong with the guard, triggers of somebody else, constraints and indexes that are missing or changed; at most 20 */
      schema_findings: {
        detail: string;
        id: string;
        rule: string;
      }[];
      schema_version: number | null;
      /** @constant */
      service: 'artifact-graph';
      /**
       * @description degraded: all parts answer, but the database is not as this service makes it; unhealthy: a part is down
       * @enum {string}
       */
      status: 'healthy' | 'degraded' | 'unhealthy';
      /**
       * Format: date-time
       * @description UTC, in milliseconds
       */
      timestamp: string;
    };
    HealthInput: {
      /** @enum {string} */
      blob_store: 'up' | 'down';
      /** @enum {string} */
      guards: 'active' | 'outdated' | 'missing' | 'unsupported' | 'unknown';
      /** @enum {string} */
      neo4j: 'up' | 'down';
      /** @description what is wrong with the guard, triggers of somebody else, constraints and indexes that are missing or changed; at most 20 */
      schema_findings: {
        detail: string;
        id: string;
        rule: string;
      }[];
      schema_version: number | null;
      /** @constant */
      service: 'artifact-graph';
      /**
       * @description degraded: all parts answer, but the database is not as this service makes it; unhealthy: a part is down
       * @enum {string}
       */
      status: 'healthy' | 'degraded' | 'unhealthy';
      /**
       * Format: date-time
       * @description UTC, in milliseconds
       */
      timestamp: string;
    };
    LegacyMedia: {
      audio_url: string | null;
      image_path: string | null;
      image_url: string | null;
      /** @enum {string} */
      origin: 'artifact' | 'legacy';
    };
    LegacyMediaInput: {
      audio_url: string | null;
      image_path: string | null;
      image_url: string | null;
      /** @enum {string} */
      origin: 'artifact' | 'legacy';
    };
    Lineage: {
      ancestors: components['schemas']['Relative'][];
      artifact: components['schemas']['Artifact'];
      artifact_id: string;
      descendants: components['schemas']['Relative'][];
      relations: components['schemas']['Relation'][];
      total_count: number;
      /** @description depth or limit cut something off */
      truncated: boolean;
    };
    LineageInput: {
      ancestors: components['schemas']['RelativeInput'][];
      artifact: components['schemas']['ArtifactInput'];
      artifact_id: string;
      descendants: components['schemas']['RelativeInput'][];
      relations: components['schemas']['RelationInput'][];
      total_count: number;
      /** @description depth or limit cut something off */
      truncated: boolean;
    };
    LineageLine:
      | {
          artifact_id: string;
          total_count: number;
          truncated: boolean;
        }
      | {
          artifact: components['schemas']['Artifact'];
        }
      | {
          ancestor: components['schemas']['Relative'];
        }
      | {
          descendant: components['schemas']['Relative'];
        }
      | {
          relation: components['schemas']['Relation'];
        };
    LineageLineInput:
      | {
          artifact_id: string;
          total_count: number;
          truncated: boolean;
        }
      | {
          artifact: components['schemas']['ArtifactInput'];
        }
      | {
          ancestor: components['schemas']['RelativeInput'];
        }
      | {
          descendant: components['schemas']['RelativeInput'];
        }
      | {
          relation: components['schemas']['RelationInput'];
        };
    NewArtifact: unknown;
    NewArtifactInput: {
      artifact_path?: string | null;
      artifact_payload?: unknown | null;
      /** @enum {string} */
      artifact_type: 'image' | 'audio' | 'video' | 'text' | 'json';
      artifact_url?: string | null;
      content_hash?: string | null;
      created_by_agent?: string | null;
      created_by_step_id?: string | null;
      description?: string | null;
      external_id?: string | null;
      file_size?: number | null;
      metadata?: {
        [key: string]: unknown;
      } | null;
      mime_type?: string | null;
      safety_score?: number | null;
      sources?: {
        /** @description An identifier: a UUID made by the service, or the one that an import kept */
        artifact_id: string;
        metadata?: {
          [key: string]: unknown;
        } | null;
        /**
         * @description How the product was made from the source
         * @enum {string}
         */
        relation_type: 'derived_from' | 'variant_of' | 'transcoded_from';
      }[];
    };
    NewRelation: {
      metadata?: {
        [key: string]: unknown;
      } | null;
      /** @description How the product was made from the source */
      relation_type: unknown;
      /** @description An identifier: a UUID made by the service, or the one that an import kept */
      source_artifact_id: string;
    };
    NewRelationInput: {
      metadata?: {
        [key: string]: unknown;
      } | null;
      /**
       * @description How the product was made from the source
       * @enum {string}
       */
      relation_type: 'derived_from' | 'variant_of' | 'transcoded_from';
      /** @description An identifier: a UUID made by the service, or the one that an import kept */
      source_artifact_id: string;
    };
    NewRun: unknown;
    NewRunArtifact: unknown;
    NewRunArtifactInput: {
      /** @description An identifier: a UUID made by the service, or the one that an import kept */
      artifact_id: string;
      /** @enum {string} */
      stage: 'generated' | 'reviewed' | 'approved' | 'failed';
    };
    NewRunInput: {
      external_id?: string | null;
      session_id?: string | null;
      story_id?: string | null;
      /** @enum {string} */
      workflow_type: 'image_to_story' | 'interactive_story' | 'news_to_kids' | 'kids_daily' | 'morning_show';
    };
    NewRunStatus: {
      /** @enum {string} */
      status: 'pending' | 'running' | 'completed' | 'failed' | 'cancelled';
      summary?: unknown | null;
    };
    NewRunStatusInput: {
      /** @enum {string} */
      status: 'pending' | 'running' | 'completed' | 'failed' | 'cancelled';
      summary?: unknown | null;
    };
    NewState: {
      /** @enum {string} */
      new_state: 'intermediate' | 'candidate' | 'published' | 'archived';
    } | null;
    NewStateInput: {
      /** @enum {string} */
      new_state: 'intermediate' | 'candidate' | 'published' | 'archived';
    } | null;
    NewStep: unknown;
    NewStepInput: {
      input_data?: unknown | null;
      model?: string | null;
      prompt_hash?: string | null;
      step_name: string;
      step_order: number;
      /** @default [] */
      uses?: string[];
    };
    NewStory: unknown;
    NewStoryInput: {
      story_id?: string | null;
      title?: string | null;
    };
    NewStoryLink: unknown;
    NewStoryLinkInput: {
      /** @description An identifier: a UUID made by the service, or the one that an import kept */
      artifact_id: string;
      /** @default true */
      is_primary?: boolean;
      position?: number | null;
      /** @enum {string} */
      role: 'cover' | 'final_audio' | 'final_video' | 'scene_image' | 'story_text';
    };
    NewUpload: unknown;
    NewUploadInput: {
      content_hash?: string | null;
      file_size: number;
      /** @default 3600 */
      seconds?: number;
    };
    NewWebhook: {
      action: string | null;
      actor: string | null;
      /**
       * Format: date-time
       * @description UTC, in milliseconds
       */
      created_at: string;
      created_by: string;
      /** @description Of the feed: all before it was delivered or given up */
      cursor: string;
      dead_letters: number;
      description: string | null;
      /** @description False also after the receiver has answered 410 */
      enabled: boolean;
      /** @description Attempts of the next event that have failed */
      failures: number;
      last_attempt_at: string | null;
      last_error: string | null;
      /** @description Null where no answer came */
      last_status: number | null;
      next_attempt_at: string | null;
      node_id: string | null;
      /** @description Told this once only */
      secret: string;
      url: string;
      webhook_id: string;
    };
    NewWebhookInput: {
      action: string | null;
      actor: string | null;
      /**
       * Format: date-time
       * @description UTC, in milliseconds
       */
      created_at: string;
      created_by: string;
      /** @description Of the feed: all before it was delivered or given up */
      cursor: string;
      dead_letters: number;
      description: string | null;
      /** @description False also after the receiver has answered 410 */
      enabled: boolean;
      /** @description Attempts of the next event that have failed */
      failures: number;
      last_attempt_at: string | null;
      last_error: string | null;
      /** @description Null where no answer came */
      last_status: number | null;
      next_attempt_at: string | null;
      node_id: string | null;
      /** @description Told this once only */
      secret: string;
      url: string;
      webhook_id: string;
    };
    Problem: {
      /**
       * @description Stable: programs decide by it
       * @enum {string}
       */
      code:
        | 'invalid_input'
        | 'illegal_transition'
        | 'too_costly'
        | 'unauthorized'
        | 'forbidden'
        | 'not_found'
        | 'method_not_allowed'
        | 'duplicate'
        | 'cycle'
        | 'request_timeout'
        | 'conflict'
        | 'in_progress'
        | 'too_large'
        | 'unsupported_media_type'
        | 'hash_mismatch'
        | 'internal'
        | 'unavailable';
      detail: string;
      /** @description Each wrong field, by its dotted path */
      errors?: {
        message: string;
        path: string;
      }[];
      /** @description Of a cycle: the artifact ids that would close it */
      path?: string[];
      status: number;
      title: string;
    } & {
      [key: string]: unknown;
    };
    ProblemInput: {
      /**
       * @description Stable: programs decide by it
       * @enum {string}
       */
      code:
        | 'invalid_input'
        | 'illegal_transition'
        | 'too_costly'
        | 'unauthorized'
        | 'forbidden'
        | 'not_found'
        | 'method_not_allowed'
        | 'duplicate'
        | 'cycle'
        | 'request_timeout'
        | 'conflict'
        | 'in_progress'
        | 'too_large'
        | 'unsupported_media_type'
        | 'hash_mismatch'
        | 'internal'
        | 'unavailable';
      detail: string;
      /** @description Each wrong field, by its dotted path */
      errors?: {
        message: string;
        path: string;
      }[];
      /** @description Of a cycle: the artifact ids that would close it */
      path?: string[];
      status: number;
      title: string;
    } & {
      [key: string]: unknown;
    };
    Publication: {
      role?: ('cover' | 'final_audio' | 'final_video' | 'scene_image' | 'story_text') | null;
      story_id?: string | null;
    } | null;
    PublicationInput: {
      role?: ('cover' | 'final_audio' | 'final_video' | 'scene_image' | 'story_text') | null;
      story_id?: string | null;
    } | null;
    RegisteredBatch: {
      artifacts: {
        artifact_id: string;
        ref: string;
      }[];
      /** @description Relations that this call created */
      relations: number;
    };
    RegisteredBatchInput: {
      artifacts: {
        artifact_id: string;
        ref: string;
      }[];
      /** @description Relations that this call created */
      relations: number;
    };
    Relation: {
      /**
       * Format: date-time
       * @description UTC, in milliseconds
       */
      created_at: string;
      /** @description The source */
      from_artifact_id: string;
      metadata: {
        [key: string]: unknown;
      } | null;
      relation_id: string;
      /** @enum {string} */
      relation_type: 'derived_from' | 'variant_of' | 'transcoded_from';
      /** @description The product */
      to_artifact_id: string;
    };
    RelationInput: {
      /**
       * Format: date-time
       * @description UTC, in milliseconds
       */
      created_at: string;
      /** @description The source */
      from_artifact_id: string;
      metadata: {
        [key: string]: unknown;
      } | null;
      relation_id: string;
      /** @enum {string} */
      relation_type: 'derived_from' | 'variant_of' | 'transcoded_from';
      /** @description The product */
      to_artifact_id: string;
    };
    Relative: {
      artifact_id: string;
      artifact_path: string | null;
      /** @description A string or any other JSON value, given back as it came */
      artifact_payload: unknown;
      /** @enum {string} */
      artifact_type: 'image' | 'audio' | 'video' | 'text' | 'json';
      artifact_url: string | null;
      content_hash: string | null;
      /**
       * Format: date-time
       * @description UTC, in milliseconds
       */
      created_at: string;
      created_by_agent: string | null;
      created_by_step_id: string | null;
      /** @description The least distance */
      depth: number;
      description: string | null;
      external_id: string | null;
      file_size: number | null;
      generation: number;
      /** @enum {string} */
      lifecycle_state: 'intermediate' | 'candidate' | 'published' | 'archived';
      metadata: {
        [key: string]: unknown;
      } | null;
      mime_type: string | null;
      safety_score: number | null;
      /**
       * Format: date-time
       * @description UTC, in milliseconds
       */
      stored_at: string;
    };
    RelativeInput: {
      artifact_id: string;
      artifact_path: string | null;
      /** @description A string or any other JSON value, given back as it came */
      artifact_payload: unknown;
      /** @enum {string} */
      artifact_type: 'image' | 'audio' | 'video' | 'text' | 'json';
      artifact_url: string | null;
      content_hash: string | null;
      /**
       * Format: date-time
       * @description UTC, in milliseconds
       */
      created_at: string;
      created_by_agent: string | null;
      created_by_step_id: string | null;
      /** @description The least distance */
      depth: number;
      description: string | null;
      external_id: string | null;
      file_size: number | null;
      generation: number;
      /** @enum {string} */
      lifecycle_state: 'intermediate' | 'candidate' | 'published' | 'archived';
      metadata: {
        [key: string]: unknown;
      } | null;
      mime_type: string | null;
      safety_score: number | null;
      /**
       * Format: date-time
       * @description UTC, in milliseconds
       */
      stored_at: string;
    };
    ResentDeadLetters: {
      delivered: number;
      /** @description What the receiver failed with */
      error: string | null;
      /** @description Call again: the receiver failed, or there was no time for more */
      left: boolean;
    };
    ResentDeadLettersInput: {
      delivered: number;
      /** @description What the receiver failed with */
      error: string | null;
      /** @description Call again: the receiver failed, or there was no time for more */
      left: boolean;
    };
    Run: {
      completed_at: string | null;
      /**
       * Format: date-time
       * @description UTC, in milliseconds
       */
      created_at: string;
      external_id: string | null;
      run_id: string;
      session_id: string | null;
      started_at: string | null;
      /** @enum {string} */
      status: 'pending' | 'running' | 'completed' | 'failed' | 'cancelled';
      story_id: string | null;
      /** @description A string or any other JSON value, given back as it came */
      summary: unknown;
      /** @enum {string} */
      workflow_type: 'image_to_story' | 'interactive_story' | 'news_to_kids' | 'kids_daily' | 'morning_show';
    };
    RunArtifact: {
      artifact_id: string;
      /**
       * Format: date-time
       * @description UTC, in milliseconds
       */
      created_at: string;
      link_id: string;
      run_id: string;
      /** @enum {string} */
      stage: 'generated' | 'reviewed' | 'approved' | 'failed';
    };
    RunArtifactInput: {
      artifact_id: string;
      /**
       * Format: date-time
       * @description UTC, in milliseconds
       */
      created_at: string;
      link_id: string;
      run_id: string;
      /** @enum {string} */
      stage: 'generated' | 'reviewed' | 'approved' | 'failed';
    };
    RunInput: {
      completed_at: string | null;
      /**
       * Format: date-time
       * @description UTC, in milliseconds
       */
      created_at: string;
      external_id: string | null;
      run_id: string;
      session_id: string | null;
      started_at: string | null;
      /** @enum {string} */
      status: 'pending' | 'running' | 'completed' | 'failed' | 'cancelled';
      story_id: string | null;
      /** @description A string or any other JSON value, given back as it came */
      summary: unknown;
      /** @enum {string} */
      workflow_type: 'image_to_story' | 'interactive_story' | 'news_to_kids' | 'kids_daily' | 'morning_show';
    };
    RunWithParts: {
      artifacts: components['schemas']['Artifact'][];
      links: components['schemas']['RunArtifact'][];
      run: components['schemas']['Run'];
      steps: components['schemas']['Step'][];
    };
    RunWithPartsInput: {
      artifacts: components['schemas']['ArtifactInput'][];
      links: components['schemas']['RunArtifactInput'][];
      run: components['schemas']['RunInput'];
      steps: components['schemas']['StepInput'][];
    };
    SearchAnswer: {
      hits: components['schemas']['SearchHit'][];
      truncated: boolean;
    };
    SearchAnswerInput: {
      hits: components['schemas']['SearchHitInput'][];
      truncated: boolean;
    };
    SearchHit: {
      artifact_type: ('image' | 'audio' | 'video' | 'text' | 'json') | null;
      id: string;
      /** @enum {string} */
      kind: 'story' | 'artifact' | 'run';
      label: string | null;
      lifecycle_state: ('intermediate' | 'candidate' | 'published' | 'archived') | null;
      run_status: ('pending' | 'running' | 'completed' | 'failed' | 'cancelled') | null;
      /** @description Greater is better; means something within one answer */
      score: number;
      story: {
        story_id: string;
        title: string | null;
      } | null;
    };
    SearchHitInput: {
      artifact_type: ('image' | 'audio' | 'video' | 'text' | 'json') | null;
      id: string;
      /** @enum {string} */
      kind: 'story' | 'artifact' | 'run';
      label: string | null;
      lifecycle_state: ('intermediate' | 'candidate' | 'published' | 'archived') | null;
      run_status: ('pending' | 'running' | 'completed' | 'failed' | 'cancelled') | null;
      /** @description Greater is better; means something within one answer */
      score: number;
      story: {
        story_id: string;
        title: string | null;
      } | null;
    };
    Step: {
      completed_at: string | null;
      /**
       * Format: date-time
       * @description UTC, in milliseconds
       */
      created_at: string;
      error: string | null;
      /** @description A string or any other JSON value, given back as it came */
      input_data: unknown;
      model: string | null;
      /** @description A string or any other JSON value, given back as it came */
      output_data: unknown;
      prompt_hash: string | null;
      run_id: string;
      started_at: string | null;
      /** @enum {string} */
      status: 'pending' | 'running' | 'completed' | 'failed';
      step_id: string;
      step_name: string;
      step_order: number;
      uses: string[];
    };
    StepInput: {
      completed_at: string | null;
      /**
       * Format: date-time
       * @description UTC, in milliseconds
       */
      created_at: string;
      error: string | null;
      /** @description A string or any other JSON value, given back as it came */
      input_data: unknown;
      model: string | null;
      /** @description A string or any other JSON value, given back as it came */
      output_data: unknown;
      prompt_hash: string | null;
      run_id: string;
      started_at: string | null;
      /** @enum {string} */
      status: 'pending' | 'running' | 'completed' | 'failed';
      step_id: string;
      step_name: string;
      step_order: number;
      uses: string[];
    };
    StepResult: unknown;
    StepResultInput: {
      error?: string | null;
      output_data?: unknown | null;
      /**
       * @default completed
       * @enum {string}
       */
      status?: 'completed' | 'failed';
    };
    Story: {
      canonical_audio_id: string | null;
      canonical_video_id: string | null;
      cover_artifact_id: string | null;
      /**
       * Format: date-time
       * @description UTC, in milliseconds
       */
      created_at: string;
      current_run_id: string | null;
      /**
       * Format: date-time
       * @description UTC, in milliseconds
       */
      stored_at: string;
      story_id: string;
      title: string | null;
    };
    StoryInput: {
      canonical_audio_id: string | null;
      canonical_video_id: string | null;
      cover_artifact_id: string | null;
      /**
       * Format: date-time
       * @description UTC, in milliseconds
       */
      created_at: string;
      current_run_id: string | null;
      /**
       * Format: date-time
       * @description UTC, in milliseconds
       */
      stored_at: string;
      story_id: string;
      title: string | null;
    };
    StoryLink: {
      artifact_id: string;
      /**
       * Format: date-time
       * @description UTC, in milliseconds
       */
      created_at: string;
      is_primary: boolean;
      link_id: string;
      position: number | null;
      /** @enum {string} */
      role: 'cover' | 'final_audio' | 'final_video' | 'scene_image' | 'story_text';
      story_id: string;
      /**
       * Format: date-time
       * @description UTC, in milliseconds
       */
      updated_at: string;
    };
    StoryLinkInput: {
      artifact_id: string;
      /**
       * Format: date-time
       * @description UTC, in milliseconds
       */
      created_at: string;
      is_primary: boolean;
      link_id: string;
      position: number | null;
      /** @enum {string} */
      role: 'cover' | 'final_audio' | 'final_video' | 'scene_image' | 'story_text';
      story_id: string;
      /**
       * Format: date-time
       * @description UTC, in milliseconds
       */
      updated_at: string;
    };
    Upload: {
      /**
       * Format: date-time
       * @description UTC, in milliseconds
       */
      expires_at: string;
      /** @description Bytes in each part but the last */
      part_size: number | null;
      /** @description To be sent as they stand; none when the store has the bytes */
      requests: {
        headers: {
          [key: string]: string;
        };
        method: string;
        url: string;
      }[];
      upload_id: string;
    };
    UploadInput: {
      /**
       * Format: date-time
       * @description UTC, in milliseconds
       */
      expires_at: string;
      /** @description Bytes in each part but the last */
      part_size: number | null;
      /** @description To be sent as they stand; none when the store has the bytes */
      requests: {
        headers: {
          [key: string]: string;
        };
        method: string;
        url: string;
      }[];
      upload_id: string;
    };
    Waveform: {
      /** @description Seconds */
      duration: number;
      /** @description The greatest deflection in each of equal stretches, 0 to 1 */
      peaks: number[];
    };
    WaveformInput: {
      /** @description Seconds */
      duration: number;
      /** @description The greatest deflection in each of equal stretches, 0 to 1 */
      peaks: number[];
    };
    Webhook: {
      action: string | null;
      actor: string | null;
      /**
       * Format: date-time
       * @description UTC, in milliseconds
       */
      created_at: string;
      created_by: string;
      /** @description Of the feed: all before it was delivered or given up */
      cursor: string;
      dead_letters: number;
      description: string | null;
      /** @description False also after the receiver has answered 410 */
      enabled: boolean;
      /** @description Attempts of the next event that have failed */
      failures: number;
      last_attempt_at: string | null;
      last_error: string | null;
      /** @description Null where no answer came */
      last_status: number | null;
      next_attempt_at: string | null;
      node_id: string | null;
      url: string;
      webhook_id: string;
    };
    WebhookInput: {
      action: string | null;
      actor: string | null;
      /**
       * Format: date-time
       * @description UTC, in milliseconds
       */
      created_at: string;
      created_by: string;
      /** @description Of the feed: all before it was delivered or given up */
      cursor: string;
      dead_letters: number;
      description: string | null;
      /** @description False also after the receiver has answered 410 */
      enabled: boolean;
      /** @description Attempts of the next event that have failed */
      failures: number;
      last_attempt_at: string | null;
      last_error: string | null;
      /** @description Null where no answer came */
      last_status: number | null;
      next_attempt_at: string | null;
      node_id: string | null;
      url: string;
      webhook_id: string;
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
