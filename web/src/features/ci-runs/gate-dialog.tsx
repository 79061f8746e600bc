import type { Gate, GateMetric } from "@sentinal/contract";
import { queryOptions, useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { announce } from "../../announcement.ts";
import { SkeletonBlock } from "../../components/empty.tsx";
import { Fault } from "../../components/fault.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Dialog } from "../../components/ui/dialog.tsx";
import { api, queryClient } from "../../runtime.ts";
import { gateMetricHints, gateMetricOrder, gateMetricWords, readAtMost } from "./gate-words.ts";

function gateQuery(repository: string) {
  return queryOptions({
    queryKey: ["gate", repository],
    queryFn: ({ signal }) => api.get<Gate>("/api/cicd/gate", { repository }, signal),
    // What is changed here must be what holds now.
    staleTime: 0,
  });
}

/** Sets what every run of the repository must hold from then on. */
export function GateDialog({ repository, onClose }: { repository: string; onClose(): void }) {
  const gate = useQuery(gateQuery(repository));
  return (
    <Dialog isOpen onClose={onClose} title={`Quality gate of ${repository}`} closesOnOutsidePress={false}>
      {gate.isFetching && (
        <div className="p-4">
          <SkeletonBlock label="Loading the gate" className="h-60" />
        </div>
      )}
      {!gate.isFetching && gate.error !== null && (
        <div className="p-4">
          <Fault error={gate.error} what="The gate could not be read" onRetry={() => void gate.refetch()} />
        </div>
      )}
      {!gate.isFetching && gate.data !== undefined && <GateForm gate={gate.data} onClose={onClose} />}
    </Dialog>
  );
}

function GateForm({ gate, onClose }: { gate: Gate; onClose(): void }) {
  const [limits, setLimits] = useState<ReadonlyMap<GateMetric, string>>(new Map(gate.conditions.map(({ metric, at_most }) => [metric, String(at_most)])));
  const setting = useMutation({
    mutationFn: (next: Gate) => api.put<Gate>("/api/cicd/gate", next),
    onSuccess: (set) => {
      queryClient.setQueryData(gateQuery(set.repository).queryKey, set);
      announce(set.conditions.length === 0 ? "The gate is taken away." : "The gate is set.");
      onClose();
    },
  });
  const conditions = gateMetricOrder.flatMap((metric) => {
    const text = limits.get(metric);
    return text === undefined ? [] : [{ metric, at_most: readAtMost(text) }];
  });
  const whole = conditions.flatMap(({ metric, at_most }) => (at_most === null ? [] : [{ metric, at_most }]));

  function change(metric: GateMetric, text: string | null): void {
    const next = new Map(limits);
    if (text === null) next.delete(metric);
    else next.set(metric, text);
    setLimits(next);
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    setting.mutate({ repository: gate.repository, conditions: whole });
  }

  return (
    <form onSubmit={submit} className="flex min-h-0 flex-col">
      <div className="overflow-y-auto p-4">
        <p className="mb-3 text-ink-soft">
          All chosen conditions must hold, or a run fails. They judge the reports that come in from now on; dismissed findings count in none.
        </p>
        <ul className="flex flex-col">
          {gateMetricOrder.map((metric) => (
            <li key={metric}>
              <ConditionField metric={metric} text={limits.get(metric) ?? null} onChange={(text) => change(metric, text)} />
            </li>
          ))}
        </ul>
        {setting.error !== null && (
          <div className="mt-3">
            <Fault error={setting.error} what="The gate was not set" />
          </div>
        )}
      </div>
      <div className="flex items-center justify-end gap-2 border-t border-line px-4 py-3">
        {whole.length === 0 && gate.conditions.length > 0 && <p className="mr-auto text-xs text-warn">Without a condition there is no gate.</p>}
        <Button onClick={onClose}>Cancel</Button>
        <Button
          type="submit"
          look="primary"
          disabled={setting.isPending || whole.length < conditions.length || (whole.length === 0 && gate.conditions.length === 0)}
        >
          {setting.isPending ? "Saving…" : "Set the gate"}
        </Button>
      </div>
    </form>
  );
}

function ConditionField({ metric, text, onChange }: { metric: GateMetric; text: string | null; onChange(text: string | null): void }) {
  const id = useId();
  const isOn = text !== null;
  const hint = gateMetricHints[metric];
  return (
    <div className="flex min-h-9 items-center gap-2.5">
      <input
        id={id}
        type="checkbox"
        className="size-4 shrink-0 accent-accent"
        checked={isOn}
        onChange={(event) => onChange(event.target.checked ? "0" : null)}
      />
      <label htmlFor={id} className="min-w-0 flex-1">
        <span className="font-medium">{gateMetricWords[metric]}</span>
        {hint !== undefined && <span className="block text-xs text-ink-faint">{hint}</span>}
      </label>
      {isOn && (
        <span className="flex shrink-0 items-center gap-2 text-xs text-ink-soft">
          at most
          <input
            type="text"
            inputMode="numeric"
            aria-label={`${gateMetricWords[metric]}, at most`}
            aria-invalid={readAtMost(text) === null}
            className="h-7 w-[72px] rounded-md border border-line-strong bg-surface px-2 text-right text-sm text-ink aria-[invalid=true]:border-bad-mark"
            value={text}
            onChange={(event) => onChange(event.target.value)}
          />
        </span>
      )}
    </div>
  );
}
