import type { DismissalReason } from "@sentinal/contract";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { announce } from "../../announcement.ts";
import { Fault } from "../../components/fault.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Dialog } from "../../components/ui/dialog.tsx";
import { reasonWords } from "../../scan-words.ts";
import { answerWords, type Decision, refreshFindings, targetCount, triage, type TriageTarget } from "./triage.ts";

const reasons: readonly { value: DismissalReason; hint: string }[] = [
  { value: "false_positive", hint: "The tool is wrong: it is not there, or it does no harm." },
  { value: "accepted_risk", hint: "It is there, and somebody answers for leaving it." },
  { value: "wont_fix", hint: "It is there, and nothing will be done about it." },
  { value: "used_in_tests", hint: "It is in test code or test data alone." },
];
const longestComment = 2_000;

type TriageDialogProps = { target: TriageTarget; action: Decision["action"]; onClose(): void; onDone(): void };

/** Asks why findings are dismissed, or whether they are to be open again. */
export function TriageDialog({ target, action, onClose, onDone }: TriageDialogProps) {
  const [reason, setReason] = useState<DismissalReason | null>(null);
  const [comment, setComment] = useState("");
  const id = useId();
  const decision = useMutation({
    mutationFn: (body: Decision) => triage(target, body),
    onSuccess: async (answer) => {
      announce(answerWords(action, answer));
      onDone();
      await refreshFindings();
    },
  });
  const isDismissal = action === "dismiss";

  function submit(event: FormEvent): void {
    event.preventDefault();
    const said = comment.trim();
    decision.mutate({ action, ...(isDismissal && reason !== null && { reason }), ...(said !== "" && { comment: said }) });
  }

  return (
    <Dialog isOpen onClose={onClose} title={`${isDismissal ? "Dismiss" : "Reopen"} ${countWords(targetCount(target))}`} closesOnOutsidePress={false}>
      <form onSubmit={submit} className="flex flex-col gap-4 overflow-y-auto p-4">
        {isDismissal ? (
          <fieldset>
            <legend className="mb-1 text-sm font-medium">Reason</legend>
            <div className="flex flex-col">
              {reasons.map(({ value, hint }) => (
                <div key={value} className="relative flex gap-2.5 rounded-md px-2 py-1.5 hover:bg-sunken has-checked:bg-selected">
                  <input
                    id={`${id}-${value}`}
                    type="radio"
                    name="reason"
                    value={value}
                    required
                    aria-describedby={`${id}-${value}-hint`}
                    className="relative z-[1] mt-0.5 size-4 accent-accent"
                    checked={reason === value}
                    onChange={() => setReason(value)}
                  />
                  <div>
                    <label htmlFor={`${id}-${value}`} className="cursor-pointer text-sm font-medium after:absolute after:inset-0">
                      {reasonWords[value]}
                    </label>
                    <p id={`${id}-${value}-hint`} className="text-xs text-ink-faint">
                      {hint}
                    </p>
                  </div>
                </div>
              ))}
            </div>
          </fieldset>
        ) : (
          <p className="text-ink-soft">They count as open again, on lists and for the quality gate. What a tool’s own report dismissed stays so.</p>
        )}
        <div>
          <label htmlFor={`${id}-comment`} className="mb-1 block text-sm font-medium">
            Comment
          </label>
          <textarea
            id={`${id}-comment`}
            rows={3}
            maxLength={longestComment}
            value={comment}
            onChange={(event) => setComment(event.target.value)}
            placeholder={isDismissal ? "What the next reader should know" : ""}
            className="w-full rounded-md border border-line-strong bg-surface px-2.5 py-1.5 text-sm text-ink placeholder:text-ink-faint"
          />
          <p className="mt-1 text-xs text-ink-faint">Stands on the finding with your name, and in the audit log.</p>
        </div>
        {decision.error !== null && <Fault error={decision.error} what={isDismissal ? "Nothing was dismissed" : "Nothing was reopened"} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={decision.isPending || (isDismissal && reason === null)}>
            {decision.isPending ? "Saving…" : isDismissal ? "Dismiss" : "Reopen"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function countWords(count: number | null): string {
  if (count === null) return "all that match";
  return count === 1 ? "this finding" : `${count.toLocaleString("en")} findings`;
}
