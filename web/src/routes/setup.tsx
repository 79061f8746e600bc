import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useDocumentStatus } from "../document-status.ts";
import { Door } from "../features/accounts/door.tsx";
import { setupQuery } from "../features/accounts/queries.ts";
import { RegistrationForm } from "../features/accounts/registration-form.tsx";

/** The first account of a hub; where registration is open also later ones. */
export function SetupPage() {
  const setup = useQuery(setupQuery());
  const needsCode = setup.data?.setup_needed !== false;
  useDocumentStatus(needsCode ? "First account" : "Register", null);
  return (
    <Door
      title={needsCode ? "Make the first account" : "Register"}
      footer={
        needsCode ? (
          <p>
            It becomes the administrator of this hub.
            <br />
            Then: an API token, and the first report.
          </p>
        ) : (
          <p>
            You have an account?{" "}
            <Link to="/sign-in" className="link">
              Sign in
            </Link>
          </p>
        )
      }
    >
      <RegistrationForm needsCode={needsCode} />
    </Door>
  );
}
