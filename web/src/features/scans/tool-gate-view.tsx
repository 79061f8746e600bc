import type { ToolGate } from "@sentinal/contract";
import { Status, StatusMark } from "../../components/status.tsx";
import { classes } from "../../components/ui/classes.ts";
import { verdictGrounds } from "../ci-runs/changes.tsx";
import { demandWords, isOfNewCode, metricValue, metricWords, toolVerdicts } from "./gate-words.ts";

const tones = { passed: "good", failed: "bad", none: "idle" } as const;

/** The tool's own quality gate: what it asked for, what it found. Conditions that failed stand first. */
export function ToolGateView({ gate }: { gate: ToolGate }) {
  const look = toolVerdicts[gate.verdict];
  const failed = gate.conditions.filter((condition) => condition.verdict === "failed").length;
  const groups = [
    { name: "New code", conditions: gate.conditions.filter(isOfNewCode) },
    { name: "Overall", conditions: gate.conditions.filter((condition) => !isOfNewCode(condition)) },
  ].filter((group) => group.conditions.length > 0);
  return (
    <section aria-label="Quality gate" className="border-b border-line p-4">
      <div className={classes("flex flex-wrap items-center gap-x-3 gap-y-1 rounded-md px-3 py-2", verdictGrounds[tones[gate.verdict]])}>
        <h2 className="text-sm font-semibold">Quality gate{gate.name !== null && ` “${gate.name}”`}</h2>
        <Status kind={look.kind} word={look.word} className="font-medium" />
        <span className="text-xs text-ink-soft">
          {gate.conditions.length === 0
            ? `SonarQube says ${gate.verdict_word} and names no condition`
            : failed === 0
              ? `${gate.conditions.length} ${gate.conditions.length === 1 ? "condition" : "conditions"}, none failed`
              : `${failed} of ${gate.conditions.length} ${gate.conditions.length === 1 ? "condition" : "conditions"} failed`}
        </span>
      </div>
      <div className={classes("mt-3 grid gap-x-8 gap-y-4", groups.length > 1 ? "lg:grid-cols-2" : "max-w-[640px]")}>
        {groups.map((group) => (
          <ConditionTable key={group.name} name={group.name} conditions={group.conditions} />
        ))}
      </div>
    </section>
  );
}

const order = { failed: 0, none: 1, passed: 2 } as const;

function ConditionTable({ name, conditions }: { name: string; conditions: ToolGate["conditions"] }) {
  return (
    <table className="w-full table-fixed self-start text-xs">
      <thead>
        <tr className="h-6 text-left text-ink-faint [&_th]:font-normal">
          <th scope="col" className="part-name !font-[550]">
            {name}
          </th>
          <th scope="col" className="w-[84px] text-right">
            Actual
          </th>
          <th scope="col" className="w-[112px] pl-4">
            Asked for
          </th>
        </tr>
      </thead>
      <tbody>
        {conditions
          .toSorted((a, b) => order[a.verdict] - order[b.verdict])
          .map((condition, index) => (
            <tr key={`${condition.metric} ${index}`} className="h-7 border-t border-line">
              <th scope="row" className="text-left font-normal">
                <span className="flex items-center gap-2">
                  <StatusMark kind={toolVerdicts[condition.verdict].kind} label={toolVerdicts[condition.verdict].word} className="size-3.5" />
                  <span className="truncate" title={condition.metric}>
                    {metricWords(condition.metric)}
                  </span>
                </span>
              </th>
              <td className={classes("truncate text-right font-semibold", condition.verdict === "failed" && "text-bad")} title={condition.actual ?? undefined}>
                {metricValue(condition.metric, condition.actual)}
              </td>
              <td className="truncate pl-4 text-ink-soft">{demandWords(condition)}</td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}
