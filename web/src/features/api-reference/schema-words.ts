import { type ApiDocument, resolved, type Schema } from "./document.ts";

export type SchemaLine = { name: string; depth: number; type: string; isRequired: boolean; notes: string };

/** Deeper parts are left to the document itself. */
const deepest = 4;

/** An object's fields as lines, indented by depth; the fields of lists and nested objects follow theirs. */
export function schemaLines(document: ApiDocument, schema: Schema, depth = 0): SchemaLine[] {
  const object = fieldsOf(document, schema);
  if (object?.properties === undefined || depth > deepest) return [];
  const required = new Set(object.required ?? []);
  return Object.entries(object.properties).flatMap(([name, raw]) => {
    const field = resolved(document, raw);
    const line = { name, depth, type: typeWords(document, field), isRequired: required.has(name), notes: noteWords(field) };
    return [line, ...schemaLines(document, field, depth + 1)];
  });
}

/** A type in words: "text", "list of text", "integer or null", "“a” or “b”". */
export function typeWords(document: ApiDocument, raw: Schema): string {
  const schema = resolved(document, raw);
  if (schema.enum !== undefined) return schema.enum.map((value) => `“${String(value)}”`).join(" or ");
  if (schema.const !== undefined) return `“${String(schema.const)}”`;
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return [...new Set(choices.map((choice) => typeWords(document, choice)))].join(" or ");
  const types = Array.isArray(schema.type) ? schema.type : [schema.type ?? (schema.properties === undefined ? "anything" : "object")];
  return types.map((type) => oneType(document, schema, type)).join(" or ");
}

function oneType(document: ApiDocument, schema: Schema, type: string): string {
  if (type === "string") return schema.format === "date-time" ? "time" : "text";
  if (type === "boolean") return "true or false";
  if (type === "array") return schema.items === undefined ? "list" : `list of ${typeWords(document, schema.items)}`;
  return type;
}

function noteWords(schema: Schema): string {
  const notes = [schema.description];
  const isBounded = (bound: number | undefined) => bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER;
  if (isBounded(schema.minLength)) notes.push(`at least ${schema.minLength} characters`);
  if (isBounded(schema.maxLength)) notes.push(`at most ${schema.maxLength} characters`);
  if (isBounded(schema.minimum)) notes.push(`from ${schema.minimum}`);
  if (isBounded(schema.maximum)) notes.push(`up to ${schema.maximum}`);
  if (schema.default !== undefined) notes.push(`default ${JSON.stringify(schema.default)}`);
  return notes.filter((note) => note !== undefined && note !== "").join(", ");
}

/** The object whose fields are worth showing: the schema itself, the entries of a list, or the one object among choices. */
function fieldsOf(document: ApiDocument, raw: Schema): Schema | null {
  const schema = resolved(document, raw);
  if (schema.properties !== undefined) return schema;
  if (schema.items !== undefined) return fieldsOf(document, schema.items);
  const objects = (schema.anyOf ?? schema.oneOf ?? []).map((choice) => fieldsOf(document, choice)).filter((choice) => choice !== null);
  return objects.length === 1 ? (objects[0] ?? null) : null;
}

/** A small value of the schema: what is required, and nothing more. */
export function exampleOf(document: ApiDocument, raw: Schema, name = ""): unknown {
  const schema = resolved(document, raw);
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.const !== undefined) return schema.const;
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices?.[0] !== undefined) return exampleOf(document, choices[0], name);
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (type === "object" || schema.properties !== undefined) {
    return Object.fromEntries((schema.required ?? []).map((field) => [field, exampleOf(document, schema.properties?.[field] ?? {}, field)]));
  }
  if (type === "array") return schema.items === undefined ? [] : [exampleOf(document, schema.items, name)];
  if (type === "integer" || type === "number") return 1;
  if (type === "boolean") return true;
  return exampleTexts[name] ?? (schema.format === "date-time" ? "2026-11-22T12:00:00Z" : "…");
}

const exampleTexts: Readonly<Record<string, string>> = {
  username: "ada",
  email: "ada@example.org",
  password: "correct horse battery staple",
  name: "shop CI",
  repository: "owner/name",
  branch: "main",
  commit_hash: "4f2c9d1e8b7a6c5d4e3f2a1b0c9d8e7f6a5b4c3d",
};
