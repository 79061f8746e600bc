import { type Chapter, doesNotApply, inFile, met, notMet } from "./requirement.ts";

const server = "hub/src/http/server.test.ts";
const problems = "hub/src/http/problems.test.ts";
const log = "hub/src/log.test.ts";
const auditRoutes = "hub/src/audit/routes.test.ts";
const acts = "test/hub/audited-acts.test.ts";
const refusedActs = "test/hub/refused-acts.test.ts";
const signIn = "hub/src/accounts/sign-in.test.ts";
const noDocument = "It asks for a document, which no test can show.";

export const dataAndLogging: readonly Chapter[] = [
  {
    name: "V14.2 Data",
    requirements: [
      met("14.2.1", 1, "No secret stands in an address", [
        ...inFile(server, "refuses a request with a token in its address, also one that no route and no decoder takes, and tells the token"),
        ...inFile("test/hub/behind-nginx.test.ts", "a token that stands in an address is refused and revoked through the proxy too"),
        ...inFile("hub/src/accounts/invitations/invitations.test.ts", "answers its link once, with the token behind the #, and keeps only a hash"),
        ...inFile("test/browser/audit.test.ts", "finds what speaks of a value, and sends it in no address"),
      ]),
      met("14.2.2", 2, "Caches keep nothing secret, or forget it", [
        ...inFile(server, "lets nobody keep what its API answers"),
        ...inFile(
          "hub/src/accounts/principal-cache.test.ts",
          "is found until one of its subjects is revoked",
          "that was read before a revocation is not kept after it",
        ),
      ]),
      met("14.2.3", 2, "Nothing goes to others", [
        ...inFile(server, "sends the security headers with every answer"),
        ...inFile("test/browser/audit.test.ts", "kept within its Content-Security-Policy"),
      ]),
      notMet("14.2.4", 2, "Data is protected as its class asks", "There are no such classes."),
      met("14.2.5", 3, "What is not there is no page of somebody's", [
        ...inFile("hub/src/http/web.test.ts", "that do not exist are not found, and are no page"),
        ...inFile(server, "is not found for everything else: the API, the sockets, scripts, other methods"),
      ]),
      met("14.2.6", 3, "Answers hold no more than is needed", [
        ...inFile(
          "hub/src/api-tokens/api-tokens.test.ts",
          "shows it this once, and stores its hash alone",
          "shows the newest first, page by page, each once and none with its value",
        ),
      ]),
      notMet(
        "14.2.7",
        3,
        "Personal data is deleted by plan",
        "Sessions, invitations, links and notices are; the audit log, with its addresses, is kept for ever.",
        [
          ...inFile("hub/src/accounts/sessions.test.ts", "what ended long ago is deleted, and what lives is kept"),
          ...inFile(
            "hub/src/accounts/old-rows.test.ts",
            "invitations that were used, revoked or ran out three months ago are deleted, and no others",
            "notices go three months after they were put away, and stay for as long as nobody did",
          ),
        ],
      ),
      doesNotApply("14.2.8", 3, "Files lose what they tell of their makers", "Reports are kept as their tools wrote them; that is what they are for."),
    ],
  },
  {
    name: "V16.1 and V16.2 Logging in general",
    requirements: [
      notMet("16.1.1", 2, "All logs are listed", noDocument),
      met("16.2.1", 2, "An entry tells when, where, who and what", [
        ...inFile(auditRoutes, "tells who did what to whom in words, the newest first"),
        ...inFile(acts, "%s leaves its entry, with the request that did it"),
        ...inFile(server, "writes one line a request, without its query"),
      ]),
      met("16.2.2", 2, "Times are in UTC", [
        ...inFile(auditRoutes, "tells who did what to whom in words, the newest first"),
        ...inFile(log, "is one JSON object with time, level and message"),
      ]),
      notMet("16.2.3", 2, "Logs go to the documented places alone", "Standard output and the database; no test shows it."),
      met("16.2.4", 2, "Logs can be read by machines and brought together", [
        ...inFile(log, "is one JSON object with time, level and message"),
        ...inFile("hub/src/audit/export.test.ts", "a whole log goes out and verifies by itself"),
        ...inFile(server, "gives every answer a request id of its own, whatever id the request brought"),
      ]),
      met("16.2.5", 2, "No secret is logged", [
        ...inFile(
          log,
          "%s is taken out wherever it stands: in the message, in a field, in an error, behind any character",
          "headers of a request lose their credentials",
        ),
        ...inFile(auditRoutes, "keeps the value nowhere, and takes none from an address"),
        ...inFile(signIn, "stores neither password nor token"),
      ]),
    ],
  },
  {
    name: "V16.3 Security events",
    requirements: [
      met(
        "16.3.1",
        2,
        "Sign-ins are logged, those that succeed and those that do not",
        inFile(
          signIn,
          "opens a session of its own each time, and says so in the audit log",
          "is counted in the audit log by the account, or by a fingerprint of what was typed",
        ),
      ),
      met(
        "16.3.2",
        2,
        "What somebody may not do is logged",
        inFile(
          refusedActs,
          "what somebody may not do is in the audit log: who, from where, which route, and the right that was missing",
          "whoever hammers at a door writes a line a minute, and nothing that stood in the address or the body",
        ),
      ),
      notMet("16.3.3", 2, "Tries to get past the controls are logged", "Wrong codes, links, tokens and origins are; refused bodies are not.", [
        ...inFile(refusedActs, "a request that another site makes by a browser's cookie is in the audit log as nobody's"),
        ...inFile("hub/src/api-tokens/token-checker.test.ts", "and other refusals are counted in the audit log, with the token's id and never its value"),
        ...inFile("hub/src/api-tokens/api-tokens.test.ts", "is revoked, and the audit log says why and from where"),
      ]),
      met("16.3.4", 2, "Unexpected errors are logged", inFile(problems, "a bug as 500 with the request id; its words stand in the log only")),
    ],
  },
  {
    name: "V16.4 Protection of logs",
    requirements: [
      met("16.4.1", 2, "Nobody writes lines of their own into a log", inFile(log, "is one JSON object with time, level and message")),
      met(
        "16.4.2",
        2,
        "Logs are read by who may, and changes are noticed",
        [
          ...inFile(auditRoutes, "nobody who is not signed in: %s %s", "no Member, and no API token: %s %s"),
          ...inFile("hub/src/audit/chain.test.ts", "names an entry with a change in %s", "names missing entries at the beginning, within and at the end"),
          ...inFile("hub/src/audit/export.test.ts", "tells a log that was made anew as a whole, which nothing else can"),
        ],
        "Who can write to the database can change the log; the chain, and a head kept elsewhere, show it.",
      ),
      notMet(
        "16.4.3",
        2,
        "Logs are sent to a system apart",
        "The hub writes to standard output, with the head of the audit log; sending it on is the operator's.",
        inFile("hub/src/audit/checks.test.ts", "is told at the start, each day and at the stop, as it is then"),
      ),
    ],
  },
  {
    name: "V16.5 Errors",
    requirements: [
      met("16.5.1", 2, "Errors tell nothing of the inside", inFile(problems, "a bug as 500 with the request id; its words stand in the log only")),
      met("16.5.2", 2, "The hub stays safe when something outside fails", [
        ...inFile("hub/src/oidc/issuer-keys.test.ts", "serve on while the issuer is down, also after a restart of the hub"),
        ...inFile(
          "test/hub/revocation.test.ts",
          "it asks the database about every token, lets nothing private out, and closes afterwards what was revoked meanwhile",
        ),
      ]),
      met("16.5.3", 2, "What fails is not done", inFile(acts, "%s does not happen when its entry cannot be written")),
      notMet(
        "16.5.4",
        3,
        "A last handler catches all errors",
        "For requests it does; no test shows it for the rest.",
        inFile(problems, "a bug as 500 with the request id; its words stand in the log only"),
      ),
    ],
  },
];
