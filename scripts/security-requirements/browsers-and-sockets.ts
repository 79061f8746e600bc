import { type Chapter, doesNotApply, inFile, met } from "./requirement.ts";

const cookies = "hub/src/accounts/cookies.test.ts";
const nginx = "test/hub/behind-nginx.test.ts";

export const browsersAndSockets: readonly Chapter[] = [
  {
    name: "V3.3 Cookies",
    requirements: [
      met(
        "3.3.1",
        1,
        "Cookies are Secure, and named so that a browser keeps them to it",
        [
          ...inFile(cookies, "is Secure and called so where a browser keeps it: %s"),
          ...inFile(nginx, "the sign-in sets a cookie that is Secure and bound to the host, and it refreshes the session"),
        ],
        "Where the hub is reached by plain http under another name than localhost no browser keeps such a cookie; there it is plain.",
      ),
      met("3.3.2", 2, "SameSite fits what the cookie is for", [
        ...inFile(
          cookies,
          "holds the refresh token, which then is not in the answer, out of reach of scripts and other sites",
          "cannot refresh or sign out with the cookie: %s",
        ),
      ]),
      met("3.3.3", 2, "The name begins with __Host-", inFile(cookies, "is Secure and called so where a browser keeps it: %s")),
      met("3.3.4", 2, "Scripts cannot read the session's cookie, and its value comes in no other way", [
        ...inFile(
          cookies,
          "holds the refresh token, which then is not in the answer, out of reach of scripts and other sites",
          "is exchanged by a refresh from our own pages, and the answer holds no refresh token",
        ),
      ]),
      met(
        "3.3.5",
        3,
        "No cookie is too long for a browser",
        inFile("hub/src/accounts/refresh-tokens.test.ts", "a refresh token is 43 characters of base62 and never comes twice"),
      ),
    ],
  },
  {
    name: "V4.4 WebSocket",
    requirements: [
      met(
        "4.4.1",
        1,
        "Sockets run over TLS",
        inFile(nginx, "live updates come through, and the socket ends with its session", "plain http leads to https, and keeps the method"),
        "The hub leaves TLS to the proxy before it.",
      ),
      met("4.4.2", 2, "The handshake checks the Origin", [
        ...inFile(nginx, "a socket is signed in by the cookie from our own pages, and from nowhere else"),
        ...inFile("test/hub/live.test.ts", "a signed-in browser listens by its cookie, from our own pages only, until it signs out"),
      ]),
      doesNotApply(
        "4.4.3",
        2,
        "Tokens of sockets alone follow the rules of sessions",
        "Sockets are signed in by the sessions and tokens that everything else uses.",
      ),
      doesNotApply("4.4.4", 2, "Tokens of sockets alone come from a session", "There are none."),
    ],
  },
];
