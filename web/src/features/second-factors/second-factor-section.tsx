import type { SecondFactors, TotpEnrolment } from "@sentinal/contract";
import { useMutation, useQuery } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { announce } from "../../announcement.ts";
import { SkeletonRows } from "../../components/empty.tsx";
import { Fault } from "../../components/fault.tsx";
import { Time } from "../../components/time.tsx";
import { Button } from "../../components/ui/button.tsx";
import { classes } from "../../components/ui/classes.ts";
import { PasskeyList } from "./passkey-list.tsx";
import { arePasskeysKnown } from "./passkeys.ts";
import { beginTotp, removeTotp, renewRecoveryCodes, secondFactorsQuery } from "./queries.ts";
import { Removal } from "./removal.tsx";

const TotpDialog = lazy(async () => ({ default: (await import("./totp-dialog.tsx")).TotpDialog }));
const AddPasskeyDialog = lazy(async () => ({ default: (await import("./add-passkey-dialog.tsx")).AddPasskeyDialog }));
const RecoveryCodesDialog = lazy(async () => ({ default: (await import("./recovery-codes-dialog.tsx")).RecoveryCodesDialog }));

/** From here on somebody should make new ones. */
const fewCodes = 3;

type Open = { kind: "totp"; enrolment: TotpEnrolment } | { kind: "passkey" } | { kind: "codes"; codes: readonly string[] } | { kind: "totp_removal" } | null;

/** One's second factors: what there is, and how to add, renew and remove it. */
export function SecondFactorSection() {
  const factors = useQuery(secondFactorsQuery());
  const [open, setOpen] = useState<Open>(null);
  const beginning = useMutation({ mutationFn: beginTotp, onSuccess: (enrolment) => setOpen({ kind: "totp", enrolment }) });
  const renewal = useMutation({ mutationFn: renewRecoveryCodes, onSuccess: (codes) => setOpen({ kind: "codes", codes }) });
  const removal = useMutation({ mutationFn: removeTotp, onSuccess: () => settle("The authenticator app is removed.") });

  function settle(words: string): void {
    setOpen(null);
    announce(words);
  }
  function added(words: string, codes: readonly string[] | null): void {
    announce(words);
    setOpen(codes === null ? null : { kind: "codes", codes });
  }

  if (factors.isPending) return <SkeletonRows count={3} label="Loading second factors" />;
  if (factors.error !== null) {
    return (
      <div className="px-4">
        <Fault error={factors.error} what="The second factors could not be read" onRetry={() => void factors.refetch()} />
      </div>
    );
  }
  const { totp, passkeys, recovery_codes: codes } = factors.data;
  const place = passkeyWords(factors.data);
  return (
    <div className="border-t border-line [&>*:last-child]:border-b-0">
      <Row
        name="Authenticator app"
        words={
          totp === null ? (
            "Six digits of an app on your telephone, new every 30 seconds."
          ) : (
            <Uses verb="Set up" since={totp.created_at} last={totp.last_used_at} />
          )
        }
      >
        {totp === null ? (
          <Button disabled={beginning.isPending} onClick={() => beginning.mutate()}>
            Set up
          </Button>
        ) : (
          <Button look="danger" onClick={() => setOpen({ kind: "totp_removal" })} aria-label="Remove the authenticator app">
            Remove
          </Button>
        )}
      </Row>
      {beginning.error !== null && <Trouble error={beginning.error} what="The app was not set up" />}
      <Row name="Passkeys" words={place ?? "Fingerprint, face, PIN or security key. A passkey also signs you in without the password."}>
        {place === null && <Button onClick={() => setOpen({ kind: "passkey" })}>Add passkey</Button>}
      </Row>
      {passkeys.length > 0 && <PasskeyList passkeys={passkeys} />}
      {codes !== null && (
        <Row
          name="Recovery codes"
          words={
            <span className={classes(codes.left <= fewCodes && "font-medium text-warn")}>
              {codes.left === 0 ? "None left: make new ones." : `${codes.left} left, made `}
              {codes.left > 0 && <Time at={codes.created_at} />}
            </span>
          }
        >
          <Button disabled={renewal.isPending} onClick={() => renewal.mutate()}>
            Make new ones
          </Button>
        </Row>
      )}
      {renewal.error !== null && <Trouble error={renewal.error} what="No codes were made" />}
      <Suspense fallback={null}>
        {open?.kind === "totp" && (
          <TotpDialog enrolment={open.enrolment} onClose={() => setOpen(null)} onAdded={(fresh) => added("The authenticator app is set up.", fresh)} />
        )}
        {open?.kind === "passkey" && <AddPasskeyDialog onClose={() => setOpen(null)} onAdded={(fresh) => added("The passkey is added.", fresh)} />}
        {open?.kind === "codes" && <RecoveryCodesDialog codes={open.codes} onClose={() => setOpen(null)} />}
        {open?.kind === "totp_removal" && (
          <Removal
            title="Remove the authenticator app?"
            what="The app was not removed"
            removal={removal}
            onRemove={() => removal.mutate()}
            onClose={() => setOpen(null)}
          >
            <p>{passkeys.length > 0 ? "Your passkeys stay." : "Your password alone signs you in then, and the recovery codes end."}</p>
          </Removal>
        )}
      </Suspense>
    </div>
  );
}

function Row({ name, words, children }: { name: string; words: ReactNode; children: ReactNode }) {
  return (
    <div className="flex items-center gap-4 border-b border-line px-4 py-2.5">
      <div className="min-w-0 flex-1">
        <h3 className="font-medium">{name}</h3>
        <p className="text-ink-soft">{words}</p>
      </div>
      {children}
    </div>
  );
}

function Uses({ verb, since, last }: { verb: string; since: string; last: string | null }) {
  return (
    <>
      {verb} <Time at={since} />, {last === null ? "not used to sign in yet" : <Time at={last} prefix="used " />}
    </>
  );
}

function Trouble({ error, what }: { error: unknown; what: string }) {
  return (
    <div className="border-b border-line px-4 py-2.5">
      <Fault error={error} what={what} />
    </div>
  );
}

/** Why no passkey can be made on this page; null where one can. */
function passkeyWords({ passkey_place: place }: SecondFactors): ReactNode {
  if (place.origin === null) {
    return place.reason === "plain_http"
      ? "Not possible here: browsers have passkeys over https alone, and this hub is reached by plain http. Put TLS in front of it."
      : "Not possible here: browsers have passkeys for host names alone, and this hub is reached by an IP address. Give it a name.";
  }
  if (place.origin !== location.origin) {
    return (
      <>
        They belong to the hub's own address. Open{" "}
        <a className="link" href={`${place.origin}/profile`}>
          {place.origin}
        </a>{" "}
        to add one.
      </>
    );
  }
  return arePasskeysKnown() ? null : "This browser has no passkeys. Take another one, or an authenticator app.";
}
