/** What the page reads of an OpenAPI 3.1 document; everything may be missing. */
export type Schema = {
  type?: string | string[];
  format?: string;
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  default?: unknown;
  additionalProperties?: boolean | Schema;
  $ref?: string;
};
type Content = Record<string, { schema?: Schema }>;
type RawOperation = {
  summary?: string;
  description?: string;
  tags?: string[];
  security?: Record<string, string[]>[];
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema?: Schema }[];
  requestBody?: { required?: boolean; content?: Content };
  responses?: Record<string, { description?: string; content?: Content }>;
};
export type ErrorEntry = { status: number; title: string; fix: string };
export type ApiDocument = {
  info?: { title?: string; version?: string; description?: string };
  paths?: Record<string, Record<string, RawOperation>>;
  components?: { schemas?: Record<string, Schema> };
  /** The hub's catalogue of errors by their code. */
  "x-errors"?: Record<string, ErrorEntry>;
};

export type Parameter = { name: string; place: "path" | "query" | "header"; isRequired: boolean; schema: Schema; description: string };
export type Answer = { status: string; description: string; schema: Schema | null };
export type Operation = {
  /** Its anchor on the page: "post-api-cicd-reports". */
  id: string;
  method: string;
  path: string;
  group: string;
  summary: string;
  description: string;
  needsSignIn: boolean;
  parameters: Parameter[];
  body: Schema | null;
  answers: Answer[];
};

const methods = ["get", "post", "put", "patch", "delete"];

/** The operations of a document in its own order, with references resolved. */
export function readOperations(document: ApiDocument): Operation[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, byMethod]) =>
    methods.flatMap((method) => {
      const raw = byMethod[method];
      return raw === undefined ? [] : [readOperation(document, path, method, raw)];
    }),
  );
}

function readOperation(document: ApiDocument, path: string, method: string, raw: RawOperation): Operation {
  const bodySchema = raw.requestBody?.content?.["application/json"]?.schema;
  return {
    id: operationId(method, path),
    method: method.toUpperCase(),
    path,
    group: raw.tags?.[0] ?? "Other",
    summary: raw.summary ?? path,
    description: raw.description ?? "",
    needsSignIn: (raw.security ?? []).length > 0,
    parameters: (raw.parameters ?? []).flatMap((parameter) => {
      const place = parameter.in;
      if (place !== "path" && place !== "query" && place !== "header") return [];
      return [
        {
          name: parameter.name,
          place,
          isRequired: parameter.required === true,
          schema: resolved(document, parameter.schema ?? {}),
          description: parameter.description ?? "",
        },
      ];
    }),
    body: bodySchema === undefined ? null : resolved(document, bodySchema),
    answers: Object.entries(raw.responses ?? {}).map(([status, answer]) => {
      const schema = answer.content?.["application/json"]?.schema;
      const description = answer.description === "Default Response" ? "" : (answer.description ?? "");
      return { status, description, schema: schema === undefined ? null : resolved(document, schema) };
    }),
  };
}

export function operationId(method: string, path: string): string {
  return `${method}-${path}`
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

/** Follows a reference to a shared schema; one that leads nowhere says so by being empty. */
export function resolved(document: ApiDocument, schema: Schema): Schema {
  const name = schema.$ref?.split("/").at(-1);
  return name === undefined ? schema : (document.components?.schemas?.[name] ?? {});
}

/** Operations that a person may mean by these words. */
export function findOperations(operations: readonly Operation[], text: string): Operation[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  return operations.filter((operation) => {
    const whole = [
      operation.method,
      operation.path,
      operation.summary,
      operation.description,
      operation.group,
      ...operation.parameters.map((parameter) => parameter.name),
    ]
      .join(" ")
      .toLowerCase();
    return words.every((word) => whole.includes(word));
  });
}
