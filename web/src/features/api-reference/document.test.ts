import { describe, expect, test } from "vitest";
import { curlCommand } from "./curl.ts";
import { type ApiDocument, findOperations, operationId, readOperations } from "./document.ts";
import { exampleOf, schemaLines, typeWords } from "./schema-words.ts";

const document: ApiDocument = {
  paths: {
    "/api/things": {
      get: {
        summary: "List the things",
        tags: ["Things"],
        security: [{ bearer: [] }],
        parameters: [{ name: "kind", in: "query", required: true, schema: { enum: ["old", "new"] } }],
        responses: { "200": { description: "Default Response", content: { "application/json": { schema: { $ref: "#/components/schemas/Thing" } } } } },
      },
      post: { summary: "Make one", requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/Thing" } } } } },
    },
    "/api/things/{id}": { get: {} },
  },
  components: {
    schemas: {
      Thing: {
        type: "object",
        required: ["name"],
        properties: {
          name: { type: "string", maxLength: 10 },
          made_at: { anyOf: [{ type: "string", format: "date-time" }, { type: "null" }] },
          parts: { type: "array", items: { type: "object", properties: { size: { type: "integer", minimum: -9007199254740991 } } } },
        },
      },
    },
  },
};
const operations = readOperations(document);

describe("a document", () => {
  test("gives its operations in order, each with an anchor of its own", () => {
    expect(operations.map((operation) => operation.id)).toEqual(["get-api-things", "post-api-things", "get-api-things-id"]);
    expect(operationId("POST", "/api/cicd/webhook/{scan_type}")).toBe("post-api-cicd-webhook-scan-type");
  });

  test("may leave out nearly everything", () => {
    expect(operations[2]).toMatchObject({ group: "Other", summary: "/api/things/{id}", parameters: [], body: null, answers: [], needsSignIn: false });
    expect(readOperations({})).toEqual([]);
  });

  test("is searched by path, words and parameters", () => {
    expect(findOperations(operations, "make").map((operation) => operation.id)).toEqual(["post-api-things"]);
    expect(findOperations(operations, "kind things")).toHaveLength(1);
    expect(findOperations(operations, "")).toHaveLength(3);
  });
});

describe("a schema", () => {
  const thing = document.components?.schemas?.["Thing"] ?? {};
  test("reads as lines, nested fields below theirs", () => {
    expect(schemaLines(document, { $ref: "#/components/schemas/Thing" })).toEqual([
      { name: "name", depth: 0, type: "text", isRequired: true, notes: "at most 10 characters" },
      { name: "made_at", depth: 0, type: "time or null", isRequired: false, notes: "" },
      { name: "parts", depth: 0, type: "list of object", isRequired: false, notes: "" },
      { name: "size", depth: 1, type: "integer", isRequired: false, notes: "" },
    ]);
  });
  test("that refers to itself ends", () => {
    const loop: ApiDocument = { components: { schemas: { Node: { type: "object", properties: { next: { $ref: "#/components/schemas/Node" } } } } } };
    expect(schemaLines(loop, { $ref: "#/components/schemas/Node" }).length).toBeLessThan(10);
  });
  test("has a small example and a type in words", () => {
    expect(exampleOf(document, thing)).toEqual({ name: "shop CI" });
    expect(typeWords(document, { enum: ["a", "b"] })).toBe("“a” or “b”");
    expect(typeWords(document, {})).toBe("anything");
  });
});

describe("the call for a shell", () => {
  const call = (index: number) => {
    const operation = operations[index];
    if (operation === undefined) throw new Error("no such operation");
    return curlCommand(document, operation, "https://hub.test");
  };
  test("carries what is required, and the token only where one is needed", () => {
    expect(call(0)).toBe('curl --fail-with-body --header "Authorization: Bearer $SENTINAL_API_TOKEN" \\\n  "https://hub.test/api/things?kind=old"');
    expect(call(1)).toContain(`--data '{"name":"shop CI"}'`);
    expect(call(1)).not.toContain("Authorization");
    expect(call(2)).toContain("/api/things/1");
  });
});
