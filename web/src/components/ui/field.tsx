import { type InputHTMLAttributes, type ReactNode, type Ref, type SelectHTMLAttributes, useId } from "react";
import { Icon } from "../icons.tsx";
import { classes } from "./classes.ts";

const control =
  "h-8 w-full rounded-md border border-line-strong bg-surface px-2.5 text-sm text-ink placeholder:text-ink-faint aria-[invalid=true]:border-bad-mark";

type FieldProps = InputHTMLAttributes<HTMLInputElement> & { label: string; hint?: ReactNode; problem?: string | undefined; ref?: Ref<HTMLInputElement> };

/** A labelled text field with its hint, and with what is wrong with it. */
export function Field({ label, hint, problem, className, ...rest }: FieldProps) {
  const id = useId();
  const described = [hint !== undefined && problem === undefined && `${id}-hint`, problem !== undefined && `${id}-problem`]
    .filter((part) => part !== false)
    .join(" ");
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        {label}
      </label>
      <input id={id} className={control} aria-invalid={problem !== undefined} aria-describedby={described === "" ? undefined : described} {...rest} />
      {problem !== undefined && (
        <p id={`${id}-problem`} className="mt-1 text-xs text-bad">
          {problem}
        </p>
      )}
      {hint !== undefined && problem === undefined && (
        <p id={`${id}-hint`} className="mt-1 text-xs text-ink-faint">
          {hint}
        </p>
      )}
    </div>
  );
}

type SelectProps = SelectHTMLAttributes<HTMLSelectElement> & { label: string; isLabelHidden?: boolean; children: ReactNode };

/** A labelled choice of a few values. */
export function Select({ label, isLabelHidden = false, className, children, ...rest }: SelectProps) {
  const id = useId();
  return (
    <div className={className}>
      <label htmlFor={id} className={isLabelHidden ? "sr-only" : "mb-1 block text-sm font-medium"}>
        {label}
      </label>
      <div className="relative">
        <select id={id} className={classes(control, "cursor-pointer appearance-none pr-7")} {...rest}>
          {children}
        </select>
        <Icon name="down" className="pointer-events-none absolute top-2 right-2 size-4 text-ink-faint" />
      </div>
    </div>
  );
}

type CheckboxProps = { label: string; hint?: string; isChecked: boolean; onChange(isChecked: boolean): void; disabled?: boolean };

export function Checkbox({ label, hint, isChecked, onChange, disabled = false }: CheckboxProps) {
  const id = useId();
  return (
    <div className="flex gap-2">
      <input
        id={id}
        type="checkbox"
        className="mt-0.5 size-4 accent-accent"
        checked={isChecked}
        disabled={disabled}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => onChange(event.target.checked)}
      />
      <div>
        <label htmlFor={id} className="text-sm font-medium">
          {label}
        </label>
        {hint !== undefined && (
          <p id={`${id}-hint`} className="text-xs text-ink-faint">
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}
