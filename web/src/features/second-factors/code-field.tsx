import type { Ref } from "react";
import { Field } from "../../components/ui/field.tsx";

type CodeFieldProps = {
  label: string;
  value: string;
  problem?: string | undefined;
  hint?: string;
  inputRef?: Ref<HTMLInputElement>;
  autoFocus?: boolean;
  onChange(value: string): void;
};

/** Six digits of an authenticator app; telephones show their keys for digits and offer the code. */
export function CodeField({ label, value, problem, hint, inputRef, autoFocus, onChange }: CodeFieldProps) {
  return (
    <Field
      {...(inputRef !== undefined && { ref: inputRef })}
      {...(autoFocus !== undefined && { autoFocus })}
      {...(hint !== undefined && { hint })}
      label={label}
      name="code"
      inputMode="numeric"
      autoComplete="one-time-code"
      maxLength={10}
      spellCheck={false}
      required
      value={value}
      problem={problem}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
