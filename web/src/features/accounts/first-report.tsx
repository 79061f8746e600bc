import type { CreatedApiToken } from "@sentinal/contract";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { StatusMark } from "../../components/status.tsx";
import { Time } from "../../components/time.tsx";
import { Button, IconButton } from "../../components/ui/button.tsx";
import { classes } from "../../components/ui/classes.ts";
import { tokensQuery } from "../api-tokens/queries.ts";
import { TokenSnippets } from "../api-tokens/token-snippets.tsx";
import { fetchRuns } from "../ci-runs/queries.ts";
import { meQuery } from "./queries.ts";

const CreateTokenDialog = lazy(async () => ({ default: (await import("../api-tokens/create-token-dialog.tsx")).CreateTokenDialog }));

/** The way to the first report, until it came; then the way to it. */
export function FirstReport({ lastReceivedAt, onClose }: { lastReceivedAt: string | null; onClose(): void }) {
  const me = useQuery(meQuery());
  const isAdmin = me.data?.role === "Admin";
  const tokens = useQuery({ ...tokensQuery(), enabled: isAdmin });
  const [created, setCreated] = useState<CreatedApiToken | null>(null);
  const [isCreating, setIsCreating] = useState(false);
  const hasToken = created !== null || (tokens.data ?? []).some((token) => token.revoked_at === null);
  const hasReport = lastReceivedAt !== null;

  return (
    <section aria-labelledby="first-report-name" className="border-b border-line px-4 py-5">
      <div className="mx-auto max-w-[760px]">
        <div className="flex items-center">
          <h2 id="first-report-name" className="text-lg font-semibold">
            The first report
          </h2>
          {hasReport && <IconButton icon="close" label="Close the first steps" className="ml-auto" onClick={onClose} />}
        </div>
        <ol className="mt-3 flex flex-col">
          <Step number={1} title="Account" isDone isNext={false}>
            {me.data !== undefined && (
              <p>
                You are signed in as {me.data.username} ({me.data.role}).
              </p>
            )}
          </Step>
          <Step number={2} title="Create an API token" isDone={hasToken} isNext={!hasToken}>
            {hasToken && (
              <p>
                {created === null
                  ? "There is one already."
                  : `“${created.name}” was created${hasReport ? "." : "; the commands below carry it until you leave this page."}`}
              </p>
            )}
            {!hasToken && isAdmin && (
              <>
                <p className="mb-2">CI signs its reports with it.</p>
                <Button look="primary" icon="plus" onClick={() => setIsCreating(true)}>
                  Create token
                </Button>
              </>
            )}
            {!isAdmin && me.data !== undefined && <p>An administrator of this hub creates it.</p>}
          </Step>
          <Step number={3} title="Send a report" isDone={hasReport} isNext={hasToken && !hasReport}>
            {!hasReport && <TokenSnippets token={created?.token ?? null} repository={created?.repository ?? null} first="curl" />}
          </Step>
          <Step number={4} title="It arrives here by itself" isDone={hasReport} isNext={false} isLast>
            {hasReport ? <Arrived at={lastReceivedAt} /> : <p>Nothing was received yet. The page need not be reloaded.</p>}
          </Step>
        </ol>
      </div>
      <Suspense fallback={null}>{isCreating && <CreateTokenDialog onClose={() => setIsCreating(false)} onCreated={setCreated} />}</Suspense>
    </section>
  );
}

function Step({
  number,
  title,
  isDone,
  isNext,
  isLast = false,
  children,
}: {
  number: number;
  title: string;
  isDone: boolean;
  isNext: boolean;
  isLast?: boolean;
  children?: ReactNode;
}) {
  return (
    <li className="grid grid-cols-[20px_minmax(0,1fr)] gap-x-3">
      <span className="flex flex-col items-center">
        {isDone ? (
          <StatusMark kind="success" label="Done" className="mt-px size-[18px]" />
        ) : (
          <span
            className={classes(
              "flex size-[18px] items-center justify-center rounded-full border text-2xs font-semibold",
              isNext ? "border-accent text-accent" : "border-line-strong text-ink-faint",
            )}
          >
            {number}
          </span>
        )}
        {!isLast && <span className="my-1 w-px flex-1 bg-line" />}
      </span>
      <div className="pb-4">
        <h3 className={classes("font-medium", !isDone && !isNext && "text-ink-soft")}>{title}</h3>
        <div className="mt-1 text-ink-soft">{children}</div>
      </div>
    </li>
  );
}

function Arrived({ at }: { at: string }) {
  const newest = useQuery({ queryKey: ["newest-run", at], queryFn: ({ signal }) => fetchRuns({}, undefined, signal) });
  const run = newest.data?.items[0];
  return (
    <p>
      <Time at={at} prefix="Last received " />
      {run !== undefined && (
        <>
          :{" "}
          <Link to="/" search={{ run: run.id }} resetScroll={false} className="link">
            run {run.id} of {run.repository}
          </Link>
        </>
      )}
      .
    </p>
  );
}
