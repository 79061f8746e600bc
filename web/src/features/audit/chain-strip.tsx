import type { AuditChain } from "@sentinal/contract";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CopyMark } from "../../components/copy-button.tsx";
import { SkeletonBlock } from "../../components/empty.tsx";
import { Fault } from "../../components/fault.tsx";
import { Status } from "../../components/status.tsx";
import { Time } from "../../components/time.tsx";
import { Button } from "../../components/ui/button.tsx";
import { chainState, entryOf, problemWords } from "./chain-words.ts";
import { beginVerifying, chainQuery } from "./queries.ts";

/** The state of the hash chain: checked up to where, its head to keep elsewhere, what waits for its seal. */
export function ChainStrip() {
  const chain = useQuery(chainQuery());
  const verifying = useMutation({ mutationFn: beginVerifying });
  const error = chain.error ?? verifying.error;
  if (error !== null) {
    return (
      <div className="border-b border-line p-4">
        <Fault error={error} what="The state of the hash chain could not be read" onRetry={() => void chain.refetch()} />
      </div>
    );
  }
  if (chain.data === undefined) return <SkeletonBlock label="Loading the state of the chain" className="mx-4 my-2 h-6" />;
  const { head, unsealed, verified, is_verifying: isVerifying } = chain.data;
  const state = chainState(chain.data);
  return (
    <section aria-label="Hash chain" className="border-b border-line">
      <div className="flex min-h-10 flex-wrap items-center gap-x-5 gap-y-1 px-4 py-1.5 text-xs text-ink-soft">
        <span className="flex items-center gap-1.5">
          <Status kind={state.kind} word={state.words} className="font-medium" />
          {verified !== null && !isVerifying && <Time at={verified.at} className="text-ink-faint" />}
        </span>
        {head !== null && (
          <span className="flex items-center gap-1" title={`${head.hash}@${head.position}`}>
            Head
            <code>
              {head.hash.slice(0, 12)}…@{head.position}
            </code>
            <CopyMark text={`${head.hash}@${head.position}`} what="head, to keep it elsewhere" />
          </span>
        )}
        {unsealed > 0 && (
          <span>
            {unsealed.toLocaleString("en")} {unsealed === 1 ? "entry waits" : "entries wait"} for {unsealed === 1 ? "its" : "their"} seal
          </span>
        )}
        <Button size="sm" look="quiet" icon="refresh" className="ml-auto" disabled={isVerifying || verifying.isPending} onClick={() => verifying.mutate()}>
          {isVerifying ? "Verifying…" : "Verify now"}
        </Button>
      </div>
      {verified !== null && !verified.is_intact && <Problems verified={verified} />}
    </section>
  );
}

function Problems({ verified }: { verified: NonNullable<AuditChain["verified"]> }) {
  return (
    <div role="alert" className="border-t border-line bg-bad-soft px-4 py-3 text-sm">
      <p className="font-medium">
        Somebody changed the log in the database. Keep a copy of the database as it is, and compare it with an export or a head that was kept elsewhere.
      </p>
      <ul className="mt-1.5 max-h-40 overflow-y-auto text-xs text-ink-soft">
        {verified.problems.map((problem) => {
          const entry = entryOf(problem);
          return (
            <li key={JSON.stringify(problem)} className="py-0.5">
              {problemWords(problem)}{" "}
              {entry !== null && (
                <Link from="/audit" search={(previous) => ({ ...previous, entry })} resetScroll={false} className="text-accent hover:underline">
                  Show
                </Link>
              )}
            </li>
          );
        })}
        {verified.is_cut && <li className="py-0.5">There are more: sentinal audit verify names them.</li>}
      </ul>
    </div>
  );
}
