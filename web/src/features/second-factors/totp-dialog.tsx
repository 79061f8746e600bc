import type { TotpEnrolment } from "@sentinal/contract";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import { shownProblem } from "../../api/problem.ts";
import { CopyButton } from "../../components/copy-button.tsx";
import { Fault } from "../../components/fault.tsx";
import { Button } from "../../components/ui/button.tsx";
import { Dialog } from "../../components/ui/dialog.tsx";
import { CodeField } from "./code-field.tsx";
import { QrCode } from "./qr-code.tsx";
import { confirmTotp } from "./queries.ts";

/** Shows an app's secret this once, and takes the first code of it. */
export function TotpDialog({ enrolment, onClose, onAdded }: { enrolment: TotpEnrolment; onClose(): void; onAdded(codes: readonly string[] | null): void }) {
  const [code, setCode] = useState("");
  const input = useRef<HTMLInputElement>(null);
  const confirmation = useMutation({ mutationFn: () => confirmTotp(code), onSuccess: onAdded });
  const problem = confirmation.error === null ? null : shownProblem(confirmation.error);
  const isWrong = problem?.code === "code_wrong";

  function submit(event: FormEvent): void {
    event.preventDefault();
    confirmation.mutate();
  }

  return (
    <Dialog isOpen onClose={onClose} title="Set up an authenticator app" closesOnOutsidePress={false} initialFocus={input}>
      <form onSubmit={submit} className="flex flex-col gap-4 overflow-y-auto p-4">
        <p className="text-ink-soft">Scan this with an app such as Aegis, 2FAS or a password manager; or type the secret into it.</p>
        <div className="flex justify-center">
          <QrCode text={enrolment.uri} label="QR code for the authenticator app" />
        </div>
        <div className="flex items-center gap-2 rounded-md border border-line bg-canvas py-1.5 pr-1.5 pl-3">
          <code className="min-w-0 flex-1 break-all select-all" data-testid="totp-secret">
            {enrolment.secret.match(/.{1,4}/g)?.join(" ")}
          </code>
          <CopyButton text={enrolment.secret} what="secret" />
        </div>
        <CodeField
          inputRef={input}
          label="The code that the app shows"
          value={code}
          problem={isWrong ? "That is not the app's present code. Check that the telephone's clock is right." : undefined}
          onChange={(next) => {
            setCode(next);
            if (problem !== null) confirmation.reset();
          }}
        />
        {confirmation.error !== null && !isWrong && <Fault error={confirmation.error} what="The app was not set up" />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={code === "" || confirmation.isPending}>
            {confirmation.isPending ? "Checking…" : "Confirm"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
