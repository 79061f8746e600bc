import { type Chapter, doesNotApply, inFile, met, notMet } from "./requirement.ts";

const sessions = "hub/src/accounts/sessions.test.ts";
const signIn = "hub/src/accounts/sign-in.test.ts";
const profile = "hub/src/accounts/profile/profile.test.ts";
const people = "hub/src/accounts/people/people.test.ts";
const exchange = "hub/src/oidc/exchange.test.ts";
const rotation = "hub/src/api-tokens/rotation.test.ts";

const noDocument = "It asks for a document, which no test can show.";
const noCodes = "The hub gives no authorization codes and has no clients of others: people sign in to it alone.";

export const sessionsAndTokens: readonly Chapter[] = [
  {
    name: "V7.1 Sessions: documents",
    requirements: [
      notMet("7.1.1", 2, "Idle time and longest life are documented with reasons", noDocument),
      notMet("7.1.2", 2, "How many sessions an account may have is documented", noDocument),
      doesNotApply("7.1.3", 2, "Sessions with an identity provider are documented", "People do not sign in by a provider."),
    ],
  },
  {
    name: "V7.2 Sessions in general",
    requirements: [
      met(
        "7.2.1",
        1,
        "Sessions are verified by the server",
        inFile(sessions, "is judged anew for a socket, by the database", "is not believed while the hub does not hear of revocations"),
      ),
      met("7.2.2", 1, "Session tokens are made for the session", inFile(signIn, "opens a session of its own each time, and says so in the audit log")),
      met(
        "7.2.3",
        1,
        "128 random bits or more",
        inFile("hub/src/accounts/refresh-tokens.test.ts", "a refresh token is 43 characters of base62 and never comes twice"),
      ),
      notMet(
        "7.2.4",
        1,
        "A sign-in, and proving again who one is, gives a new session token",
        "A sign-in does; proving again keeps the session, which notes the proof.",
        inFile(signIn, "opens a session of its own each time, and says so in the audit log"),
      ),
    ],
  },
  {
    name: "V7.3 Ends of sessions by time",
    requirements: [
      notMet("7.3.1", 2, "Idle sessions end", "They end after 30 days; no test names it."),
      met("7.3.2", 2, "Sessions have a longest life", inFile(sessions, "never makes a session last longer than it may", "with a token that is %s is refused")),
    ],
  },
  {
    name: "V7.4 Ending sessions",
    requirements: [
      met(
        "7.4.1",
        1,
        "Signing out ends the session everywhere",
        inFile(sessions, "ends the session here at once and is in the audit log once, however often it is asked for", "ends the session on the other hubs"),
      ),
      met("7.4.2", 1, "A deactivated account has no session", inFile(people, "has no session and opens none, on both hubs, until it is reactivated")),
      met("7.4.3", 2, "After a change of password the other sessions can be ended", [
        ...inFile(profile, "ends the other sessions and keeps the one that asks"),
        ...inFile("hub/src/accounts/people/resets.test.ts", "sets the password and ends all sessions, on both hubs"),
      ]),
      notMet("7.4.4", 2, "Signing out is in sight on each page", "It is in the menu of the account; no test names it."),
      met("7.4.5", 2, "Administrators end the sessions of a user", inFile(people, "leaves none of theirs and all of others, and tells how many")),
    ],
  },
  {
    name: "V7.5 Against abuse of sessions",
    requirements: [
      met("7.5.1", 2, "Changing how one signs in asks again who one is", [
        ...inFile(profile, "is asked for again by %s %s when it is older than five minutes"),
        ...inFile("hub/src/accounts/second-factors/keeping.test.ts", "is refused without a sign-in of the last minutes: %s %s"),
        ...inFile(
          "hub/src/accounts/second-factors/reauthentication.test.ts",
          "does not take the password alone of an account with a second factor, and says what there is",
          "is not done by changing the password, where the account has a second factor",
        ),
      ]),
      met(
        "7.5.2",
        2,
        "Users see and end their sessions",
        inFile(
          profile,
          "are told with device, address and times, the one that asks first",
          "end one by one: dead at the next request, on the other hub as well",
          "end all, also the one that asks",
        ),
      ),
      met("7.5.3", 3, "Grave acts ask again who one is", [
        ...inFile(profile, "is asked for again by %s %s when it is older than five minutes"),
        ...inFile(rotation, "needs a sign-in of the last minutes, as binding does"),
        ...inFile("hub/src/device-sign-in/device-sign-in.test.ts", "approving needs a sign-in of the last minutes, and so does denying"),
      ]),
    ],
  },
  {
    name: "V7.6 Sessions with an identity provider",
    requirements: [
      doesNotApply("7.6.1", 2, "Lives of sessions at both ends fit together", "People do not sign in by a provider."),
      doesNotApply("7.6.2", 2, "No session without a person's act", "People do not sign in by a provider."),
    ],
  },
  {
    name: "V9 Self-contained tokens",
    requirements: [
      met("9.1.1", 1, "Signatures are verified before anything is believed", [
        ...inFile(signIn, "with %s is refused"),
        ...inFile(exchange, "by one changed claim is refused", "by taking the signature away is refused"),
      ]),
      met(
        "9.1.2",
        1,
        "Only listed algorithms, never none",
        inFile(exchange, "by signing with the public key as a shared secret is refused", "by another RSA algorithm is refused, though the key is right"),
      ),
      met("9.1.3", 1, "Keys come from the configured source alone", [
        ...inFile(exchange, "by a key of its own in the header is refused"),
        ...inFile("hub/src/oidc/issuer-keys.test.ts", "%s is not believed"),
      ]),
      met("9.2.1", 1, "Tokens count within their time alone", [
        ...inFile(signIn, "without an end is refused", "that has expired is told so"),
        ...inFile(exchange, "that are over, or not yet there, are refused"),
      ]),
      met("9.2.2", 2, "A token of one kind is none of another", [
        ...inFile(signIn, "is no refresh token, and the other way round"),
        ...inFile(exchange, "by the type %j is refused"),
      ]),
      met("9.2.3", 2, "Tokens for somebody else are refused", inFile(exchange, "of another audience is refused, also where ours is among them")),
      doesNotApply("9.2.4", 2, "Tokens for several audiences tell which", "The hub's own tokens are for the hub alone."),
    ],
  },
  {
    name: "V10.4 Authorization server",
    requirements: [
      ...(
        [
          ["10.4.1", 1, "Redirects go to registered addresses alone"],
          ["10.4.2", 1, "A code counts once"],
          ["10.4.3", 1, "A code ends soon"],
          ["10.4.4", 1, "A client uses only the grants that it needs"],
        ] as const
      ).map(([id, level, words]) => doesNotApply(id, level, words, noCodes)),
      met("10.4.5", 1, "A refresh token that comes again ends all of its session", [
        ...inFile(
          sessions,
          "after the successor was presented ends the family: the old token is in two hands",
          "after the grace has passed ends the family, also when the successor was never presented",
        ),
        ...inFile(
          "test/hub/session-races.test.ts",
          "a thousand refreshes of one token at once, on two hubs, give exactly one successor, and nobody is logged out",
        ),
      ]),
      doesNotApply("10.4.6", 2, "Codes are bound by PKCE", noCodes),
      doesNotApply("10.4.7", 2, "Clients that register themselves are not trusted", noCodes),
      met("10.4.8", 2, "Refresh tokens end, however often they are renewed", inFile(sessions, "never makes a session last longer than it may")),
      met("10.4.9", 2, "Users revoke refresh and access tokens on a page", [
        ...inFile(profile, "end one by one: dead at the next request, on the other hub as well"),
        ...inFile("hub/src/api-tokens/api-tokens.test.ts", "kills it at the next request and is in the audit log once, however often it is asked for"),
      ]),
      doesNotApply("10.4.10", 2, "Clients prove who they are", noCodes),
      met("10.4.11", 2, "Only the scopes that are needed are given", [
        ...inFile(
          "hub/src/oidc/bindings.test.ts",
          "is made with the usual events and the right to send alone, and audited",
          "of a pull request may send alone, and is tied to its commit and ref",
        ),
      ]),
      doesNotApply("10.4.12", 3, "A client uses only the answers that it needs", noCodes),
      doesNotApply("10.4.13", 3, "Codes come with pushed requests", noCodes),
      notMet("10.4.14", 3, "Access tokens are bound to who holds them", "They are bearer tokens."),
      doesNotApply("10.4.15", 3, "Details of a request come from the client's server", noCodes),
      doesNotApply("10.4.16", 3, "Clients prove who they are by public keys", noCodes),
    ],
  },
];
