import { type Chapter, doesNotApply, inFile, met, notMet } from "./requirement.ts";

const source = "test/security/cryptography.test.ts";
const vault = "hub/src/vault/vault.test.ts";
const rotation = "hub/src/vault/rotation.test.ts";
const noDocument = "It asks for a document, which no test can show.";

export const cryptography: readonly Chapter[] = [
  {
    name: "V11 Cryptography",
    requirements: [
      notMet("11.1.1", 2, "How keys are kept is documented", noDocument),
      notMet("11.1.2", 2, "Keys and algorithms are listed", noDocument),
      notMet(
        "11.1.3",
        3,
        "All uses of cryptography are found",
        "A test finds those in our own source, not those in libraries.",
        inFile(source, "the source encrypts with AES-256-GCM alone, which tells what was changed"),
      ),
      notMet("11.1.4", 3, "There is a plan for new algorithms", noDocument),
      notMet("11.2.1", 2, "Implementations are known ones", "node:crypto, jose and argon2; no test shows it."),
      notMet("11.2.2", 2, "Algorithms and keys can be changed", "Keys rotate, and what is sealed tells its version; algorithms are not settings.", [
        ...inFile(rotation, "wraps everything by the new key, puts it in the place of the old, keeps the old beside it, and is audited"),
        ...inFile(vault, "says of which version it is in its first byte, and which key wraps its data key in the table"),
      ]),
      notMet("11.2.3", 2, "128 bits of security everywhere", "No test goes over all of it."),
      notMet("11.2.4", 3, "Comparisons take the same time", "Secrets are compared as digests by timingSafeEqual; no test measures it."),
      met(
        "11.2.5",
        3,
        "What fails tells nothing",
        inFile(
          vault,
          "when any one bit of it is another",
          "each that does not open is logged and counted for the audit log, with its place and without a value",
        ),
      ),
      met("11.3.1", 1, "No ECB, no weak padding", inFile(source, "the source encrypts with AES-256-GCM alone, which tells what was changed")),
      met("11.3.2", 1, "Approved ciphers alone", inFile(source, "the source encrypts with AES-256-GCM alone, which tells what was changed")),
      met(
        "11.3.3",
        2,
        "Changes to what is encrypted are noticed",
        inFile(vault, "when any one bit of it is another", "when it is cut short at any place, or has more at its end"),
      ),
      met("11.3.4", 3, "No nonce is used twice with a key", inFile(vault, "never gives the same bytes twice, and has a data key of its own each time")),
      doesNotApply("11.3.5", 3, "Encrypt, then MAC", "AES-GCM is both in one."),
      met(
        "11.4.1",
        1,
        "Approved hash functions alone",
        inFile(source, "the source hashes with SHA-256 and SHA-512 alone"),
        "One-time codes of authenticator apps are HMAC-SHA-1, as these apps have it.",
      ),
      met(
        "11.4.2",
        2,
        "Passwords are kept under a slow hash",
        inFile("hub/src/accounts/passwords.test.ts", "is kept as argon2id with 19 MiB and two passes, salted"),
      ),
      met(
        "11.4.3",
        2,
        "Hashes that prove integrity have 256 bits",
        inFile("hub/src/audit/chain.test.ts", "gives every entry the next place and the hash over itself and the one before"),
      ),
      doesNotApply("11.4.4", 2, "Keys made from passwords are stretched", "No key is made from a password."),
      met("11.5.1", 2, "What must not be guessed is random, with 128 bits", [
        ...inFile(source, "chance that others must not guess comes from the system: Math.random stands only where waiting times are spread"),
        ...inFile("tokens/src/api-token.test.ts", "is sent_, 43 characters of base62 and their checksum", "draws every character of the alphabet evenly"),
      ]),
      notMet("11.5.2", 3, "Random numbers hold under load", "They are the system's; no test shows it."),
      met(
        "11.6.1",
        2,
        "Approved algorithms for signatures and their keys",
        [
          ...inFile("hub/src/oidc/exchange.test.ts", "by another RSA algorithm is refused, though the key is right"),
          ...inFile("hub/src/oidc/issuer-keys.test.ts", "%s is not believed"),
        ],
        "The hub verifies signatures by RS256 and makes no such keys itself.",
      ),
      doesNotApply("11.6.2", 3, "Approved key exchange", "There is none outside of TLS."),
      notMet("11.7.1", 3, "Memory is encrypted", "It is not."),
      notMet("11.7.2", 3, "Data is encrypted again as soon as it was used", "No test shows it."),
    ],
  },
  {
    name: "V13.3 Secrets",
    requirements: [
      met("13.3.1", 2, "Secrets are kept in a vault, and not in the source", [
        ...inFile(
          vault,
          "shows the value in no spelling, and neither do the tables of the vault",
          "when its data key is gone, and says that the table may be missing from a backup",
        ),
        ...inFile(
          "hub/src/vault/key.test.ts",
          "is another one in another folder",
          "lies in the data folder with mode 0600, is told, and is the same from then on",
        ),
      ]),
      met("13.3.2", 2, "Who needs no secret gets none", [
        ...inFile(
          "hub/src/vault/key.test.ts",
          "lies in the data folder with mode 0600, is told, and is the same from then on",
          "is refused when others can write it (mode %o), with the command that mends it",
        ),
        ...inFile("hub/src/api-tokens/api-tokens.test.ts", "shows the newest first, page by page, each once and none with its value"),
      ]),
      notMet("13.3.3", 3, "Keys stay in a security module", "The hub's key is a file, or stands in the environment."),
      notMet(
        "13.3.4",
        3,
        "Secrets end and are rotated by plan",
        "API tokens and tokens of services end and can be rotated, and so can the hub's key; there is no plan that does it.",
        inFile(rotation, "wraps everything by the new key, puts it in the place of the old, keeps the old beside it, and is audited"),
      ),
    ],
  },
];
