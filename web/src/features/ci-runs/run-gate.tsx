import type { RunDetail } from "@sentinal/contract";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { Status, StatusMark } from "../../components/status.tsx";
import { Button } from "../../components/ui/button.tsx";
import { classes } from "../../components/ui/classes.ts";
import { meQuery } from "../accounts/queries.ts";
import { verdictGrounds } from "./changes.tsx";
import { gateMetricWords } from "./gate-words.ts";

const GateDialog = lazy(async () => ({ default: (await import("./gate-dialog.tsx")).GateDialog }));

/** The quality gate's verdict with each condition; an Admin sets the gate here. Nothing where there is none and none can be set. */
export function RunGate({ run }: { run: Pick<RunDetail, "gate" | "repository"> }) {
  const me = useQuery(meQuery());
  const [isSetting, setIsSetting] = useState(false);
  const { gate } = run;
  const isAdmin = me.data?.role === "Admin";
  if (gate === null && !isAdmin) return null;
  return (
    <section aria-label="Quality gate" className="mt-3">
      <div
        className={classes(
          "flex flex-wrap items-center gap-x-3 rounded-md py-1 pr-1 pl-3",
          gate === null ? "bg-sunken" : verdictGrounds[gate.verdict === "passed" ? "good" : "bad"],
        )}
      >
        <h2 className="text-sm font-medium">Quality gate</h2>
        {gate === null ? (
          <span className="text-xs text-ink-soft">none judged this run</span>
        ) : (
          <Status kind={gate.verdict === "passed" ? "success" : "failure"} word={gate.verdict === "passed" ? "Passed" : "Failed"} className="font-medium" />
        )}
        {isAdmin && (
          <Button look="quiet" size="sm" className="ml-auto" onClick={() => setIsSetting(true)}>
            Set the gate…
          </Button>
        )}
      </div>
      {gate !== null && (
        <table className="mt-1 w-full table-fixed text-xs">
          <thead>
            <tr className="h-6 text-left text-ink-faint [&_th]:font-normal">
              <th scope="col" className="pl-3">
                Condition
              </th>
              <th scope="col" className="w-[72px] text-right">
                Actual
              </th>
              <th scope="col" className="w-[72px] pr-3 text-right">
                At most
              </th>
            </tr>
          </thead>
          <tbody>
            {gate.conditions.map((condition) => (
              <tr key={condition.metric} className="h-7 border-t border-line">
                <th scope="row" className="pl-3 text-left font-normal">
                  <span className="flex items-center gap-2">
                    <StatusMark
                      kind={condition.verdict === "passed" ? "success" : "failure"}
                      label={condition.verdict === "passed" ? "Holds" : "Does not hold"}
                      className="size-3.5"
                    />
                    <span className="truncate">{gateMetricWords[condition.metric]}</span>
                  </span>
                </th>
                <td className={classes("text-right font-semibold", condition.verdict === "failed" && "text-bad")}>{condition.actual.toLocaleString("en")}</td>
                <td className="pr-3 text-right text-ink-soft">{condition.at_most.toLocaleString("en")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Suspense fallback={null}>{isSetting && <GateDialog repository={run.repository} onClose={() => setIsSetting(false)} />}</Suspense>
    </section>
  );
}
