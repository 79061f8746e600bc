import { useState } from "react";
import { CodeBlock } from "../../components/code-block.tsx";
import { CopyMark } from "../../components/copy-button.tsx";
import { curlCommand } from "./curl.ts";
import type { ApiDocument, Answer, Operation, Schema } from "./document.ts";
import { schemaLines, type SchemaLine, typeWords } from "./schema-words.ts";

/** One operation: who may call it, what it takes, what it answers, and a call to copy. */
export function OperationView({ document, operation }: { document: ApiDocument; operation: Operation }) {
  return (
    <section id={operation.id} aria-labelledby={`${operation.id}-name`} data-anchor className="border-b border-line px-4 py-6 md:px-6">
      <h3 id={`${operation.id}-name`} className="text-base font-semibold">
        <a href={`#${operation.id}`} className="hover:underline">
          {operation.summary}
        </a>
      </h3>
      <p className="mt-1 flex flex-wrap items-center gap-2">
        <Method method={operation.method} />
        <code className="break-all">{operation.path}</code>
        <CopyMark text={`${location.origin}${operation.path}`} what="address" />
        <span className="text-xs text-ink-faint">{operation.needsSignIn ? "API token or signed-in user" : "no sign-in"}</span>
      </p>
      {operation.description !== "" && (
        <p className="mt-2 max-w-[72ch] text-ink-soft">
          <Prose text={operation.description} />
        </p>
      )}
      <div className="mt-4 grid grid-cols-[minmax(0,1fr)] gap-x-8 gap-y-4 xl:grid-cols-[minmax(0,1fr)_minmax(0,480px)]">
        <div className="flex min-w-0 flex-col gap-4">
          <Parameters document={document} operation={operation} />
          {operation.body !== null && <Fields document={document} schema={operation.body} name="Body" />}
          {operation.answers.map((answer) => (
            <AnswerView key={answer.status} document={document} answer={answer} />
          ))}
        </div>
        <div className="min-w-0">
          <CodeBlock code={curlCommand(document, operation, location.origin)} what={`Call of ${operation.path}`} />
        </div>
      </div>
    </section>
  );
}

/** Text in which `code` stands between backticks. */
export function Prose({ text }: { text: string }) {
  return text.split("`").map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part));
}

export function Method({ method }: { method: string }) {
  return (
    <span className="inline-flex h-[18px] min-w-[42px] items-center justify-center rounded-sm bg-selected px-1.5 font-mono text-2xs font-semibold text-accent">
      {method}
    </span>
  );
}

function Parameters({ document, operation }: { document: ApiDocument; operation: Operation }) {
  if (operation.parameters.length === 0) return null;
  const lines = operation.parameters.map((parameter) => ({
    name: parameter.name,
    depth: 0,
    type: typeWords(document, parameter.schema),
    isRequired: parameter.isRequired,
    notes: [parameter.place === "query" ? "" : `in the ${parameter.place}`, parameter.description, schemaNotes(parameter.schema)]
      .filter((part) => part !== "")
      .join(", "),
  }));
  return <LineTable name="Parameters" lines={lines} />;
}

function schemaNotes(schema: Schema): string {
  return schema.default === undefined ? "" : `default ${JSON.stringify(schema.default)}`;
}

function AnswerView({ document, answer }: { document: ApiDocument; answer: Answer }) {
  const [isOpen, setIsOpen] = useState(false);
  const title = `${answer.status}${answer.description === "" ? "" : `, ${answer.description}`}`;
  if (answer.schema === null) return <p className="text-ink-soft">Answers {title}</p>;
  return (
    <details open={isOpen} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary className="part-name">Answers {title}</summary>
      {/* Long answers are drawn only for who asks. */}
      {isOpen && (
        <div className="mt-2">
          <Fields document={document} schema={answer.schema} name={`Fields of ${answer.status}`} />
        </div>
      )}
    </details>
  );
}

function Fields({ document, schema, name }: { document: ApiDocument; schema: Schema; name: string }) {
  const lines = schemaLines(document, schema);
  return lines.length === 0 ? (
    <p className="text-ink-soft">
      {name}: {typeWords(document, schema)}
    </p>
  ) : (
    <LineTable name={name} lines={lines} />
  );
}

function LineTable({ name, lines }: { name: string; lines: readonly SchemaLine[] }) {
  return (
    <table className="w-full table-fixed text-xs">
      <caption className="part-name mb-1 text-left">{name}</caption>
      <thead className="sr-only">
        <tr>
          <th>Name</th>
          <th>Type and limits</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line, index) => (
          <tr key={`${line.name} ${index}`} className="border-t border-line align-top">
            <td className="w-[42%] py-1 pr-3">
              <span className="block break-words" style={{ paddingLeft: line.depth * 14 }}>
                <code>{line.name}</code>
                {line.isRequired && <span className="ml-1.5 text-2xs text-warn">required</span>}
              </span>
            </td>
            <td className="py-1 break-words text-ink-soft">
              {line.type}
              {line.notes !== "" && <span className="text-ink-faint">, {line.notes}</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
