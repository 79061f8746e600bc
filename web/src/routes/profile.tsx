import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { SkeletonRows } from "../components/empty.tsx";
import { Fault } from "../components/fault.tsx";
import { useDocumentStatus } from "../document-status.ts";
import { NamesForm } from "../features/accounts/names-form.tsx";
import { PasswordForm } from "../features/accounts/password-form.tsx";
import { meQuery } from "../features/accounts/queries.ts";
import { SessionList } from "../features/accounts/session-list.tsx";
import { SecondFactorSection } from "../features/second-factors/second-factor-section.tsx";

/** One's own account: sessions, password, name. */
export function ProfilePage() {
  const me = useQuery(meQuery());
  useDocumentStatus("Profile", null);
  return (
    <div className="pb-8">
      <div className="flex h-13 items-center gap-3 px-4">
        <h1 className="text-lg font-semibold">Profile</h1>
        {me.data !== undefined && (
          <p className="truncate text-ink-soft">
            {me.data.username} · {me.data.role}
          </p>
        )}
      </div>
      {me.isPending && <SkeletonRows count={3} label="Loading your account" />}
      {me.error !== null && (
        <div className="px-4">
          <Fault error={me.error} what="Your account could not be read" onRetry={() => void me.refetch()} />
        </div>
      )}
      {me.data !== undefined && (
        <>
          <Section name="Sessions" words="Each browser and program that is signed in as you.">
            <SessionList />
          </Section>
          <Section name="Password" words="Changing it ends all other sessions.">
            <PasswordForm username={me.data.username} />
          </Section>
          <Section name="Second factor" words="Asked for after your password, so that whoever learns it cannot sign in with it alone.">
            <SecondFactorSection />
          </Section>
          <Section name="Name and email" words="You sign in with either.">
            <NamesForm key={me.data.id} user={me.data} />
          </Section>
        </>
      )}
    </div>
  );
}

function Section({ name, words, children }: { name: string; words: string; children: ReactNode }) {
  return (
    <section aria-label={name} className="border-t border-line py-4">
      <div className="mb-3 px-4">
        <h2 className="font-semibold">{name}</h2>
        <p className="text-ink-soft">{words}</p>
      </div>
      {children}
    </section>
  );
}
