import { useState } from "react";
import { Folded } from "../../components/folded.tsx";
import { Part } from "../../components/part.tsx";
import { Button } from "../../components/ui/button.tsx";
import type { HttpMessage, RequestsView, RequestView } from "./detail-requests.ts";

const shownAtFirst = 10;

/** The requests in which ZAP saw an alert. Addresses stand there as text: what was attacked is not to be opened by a slip. */
export function RequestList({ requests }: { requests: RequestsView }) {
  const [showsAll, setShowsAll] = useState(false);
  const shown = showsAll ? requests.shown : requests.shown.slice(0, shownAtFirst);
  const missing = requests.total - requests.shown.length;
  return (
    <Part name={requests.total === 1 ? "Found in 1 request" : `Found in ${requests.total.toLocaleString("en")} requests`}>
      {requests.counted !== null && (
        <p className="mb-1.5 text-xs text-ink-faint">A sample: ZAP itself counted {requests.counted.toLocaleString("en")}, all over the site.</p>
      )}
      <ol className="rounded-md border border-line">
        {shown.map((request, index) => (
          <li key={index} className="border-line px-3 py-2 not-first:border-t">
            <Request request={request} />
          </li>
        ))}
      </ol>
      {requests.shown.length > shownAtFirst && (
        <Button size="sm" look="quiet" className="mt-1" onClick={() => setShowsAll(!showsAll)}>
          {showsAll ? "Show fewer" : `Show ${requests.shown.length - shownAtFirst} more`}
        </Button>
      )}
      {missing > 0 && <p className="mt-1 text-xs text-ink-faint">{missing.toLocaleString("en")} more stand in the report alone.</p>}
    </Part>
  );
}

function Request({ request }: { request: RequestView }) {
  const facts = [
    { name: "Parameter", value: request.parameter },
    { name: "Attack", value: request.attack },
    { name: "Evidence", value: request.evidence },
    { name: "Note", value: request.otherInfo },
  ].filter((fact) => fact.value !== null);
  return (
    <>
      <p className="flex gap-2 leading-[18px]">
        {request.method !== null && <code className="shrink-0 font-semibold">{request.method}</code>}
        <code className="min-w-0 break-all">{request.address ?? "address not told"}</code>
      </p>
      {facts.length > 0 && (
        <dl className="mt-1 grid grid-cols-[72px_minmax(0,1fr)] gap-x-3 gap-y-0.5 text-xs">
          {facts.map((fact) => (
            <div key={fact.name} className="contents">
              <dt className="text-ink-faint">{fact.name}</dt>
              <dd>
                <code className="text-2xs break-all whitespace-pre-wrap text-ink-soft">{fact.value}</code>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {request.request !== null && <Message name="Request" message={request.request} />}
      {request.response !== null && <Message name="Response" message={request.response} />}
    </>
  );
}

function Message({ name, message }: { name: string; message: HttpMessage }) {
  const first = message.header?.split("\n", 1)[0] ?? "";
  return (
    <Folded
      summary={
        <span className="min-w-0 truncate">
          {name} {first !== "" && <code className="text-2xs text-ink-faint">{first}</code>}
        </span>
      }
    >
      <pre
        className="mt-1 max-h-[320px] overflow-auto rounded-md border border-line bg-canvas p-2.5 text-2xs leading-4 break-all whitespace-pre-wrap"
        tabIndex={0}
        aria-label={name}
      >
        {[message.header, message.body].filter((part) => part !== null).join("\n\n")}
      </pre>
    </Folded>
  );
}
