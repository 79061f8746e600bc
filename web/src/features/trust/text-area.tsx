import { type ReactNode, useId } from "react";

type TextAreaProps = {
  label: string;
  rows: number;
  value: string;
  onChange(value: string): void;
  hint?: ReactNode;
  problem?: string | undefined;
  placeholder?: string;
};

/** A labelled field of several lines, for texts that programs read. */
export function TextArea({ label, rows, value, onChange, hint, problem, placeholder }: TextAreaProps) {
  const id = useId();
  const note = problem ?? hint;
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        {label}
      </label>
      <textarea
        id={id}
        rows={rows}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        placeholder={placeholder}
        spellCheck={false}
        autoComplete="off"
        aria-invalid={problem !== undefined}
        aria-describedby={note === undefined ? undefined : `${id}-note`}
        className="block w-full resize-y rounded-md border border-line-strong bg-surface px-2.5 py-1.5 font-mono text-xs break-all text-ink placeholder:text-ink-faint aria-[invalid=true]:border-bad-mark"
      />
      {note !== undefined && (
        <p id={`${id}-note`} className={problem === undefined ? "mt-1 text-xs text-ink-faint" : "mt-1 text-xs text-bad"}>
          {note}
        </p>
      )}
    </div>
  );
}
