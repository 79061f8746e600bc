import { type Chapter, doesNotApply, inFile, met, notMet } from "./requirement.ts";

const passwords = "test/security/passwords.test.ts";
const signIn = "hub/src/accounts/sign-in.test.ts";
const guessing = "hub/src/accounts/guessing.test.ts";
const registration = "hub/src/accounts/registration.test.ts";
const profile = "hub/src/accounts/profile/profile.test.ts";
const resets = "hub/src/accounts/people/resets.test.ts";
const invitations = "hub/src/accounts/invitations/invitations.test.ts";
const device = "hub/src/device-sign-in/device-sign-in.test.ts";
const exchange = "hub/src/oidc/exchange.test.ts";
const factors = "hub/src/accounts/second-factors/sign-in.test.ts";
const passkeys = "hub/src/accounts/second-factors/passkey-sign-in.test.ts";
const factorRules = "hub/src/accounts/second-factors/rules.test.ts";
const keeping = "hub/src/accounts/second-factors/keeping.test.ts";

const noDocument = "It asks for a document, which no test can show.";

export const authentication: readonly Chapter[] = [
  {
    name: "V6.1 Authentication: documents",
    requirements: [
      notMet("6.1.1", 1, "Limits against guessing are documented", `${noDocument} The limits stand in ARCHITECTURE.md.`),
      notMet("6.1.2", 2, "Words that passwords must not hold are documented", "There is no list of words of the surroundings."),
      notMet("6.1.3", 2, "All ways to sign in are documented with their strength", noDocument),
    ],
  },
  {
    name: "V6.2 Passwords",
    requirements: [
      met("6.2.1", 1, "At least 8 characters", inFile(registration, "registering with %s is a bad request"), "Ours have 12 or more."),
      met("6.2.2", 1, "Users can change their password", inFile(profile, "ends the other sessions and keeps the one that asks")),
      met("6.2.3", 1, "A change asks for the present one", inFile(profile, "is refused with a wrong present one, which counts as a try to sign in")),
      notMet(
        "6.2.4",
        1,
        "The 3,000 most used passwords are refused",
        "Refused are 49,000 that were used most, of any length, and what is made of them; 300 of these have the 12 characters that we ask for. Of a public list of the passwords of that length that is all of the first 100 and less than half of the first 3,000.",
        [
          ...inFile(
            "hub/src/accounts/common-passwords.test.ts",
            "a password that is %s is common",
            "every one of the list that is long enough is refused, and each of the 3,000 that are used most when it is brought to the length",
          ),
          ...inFile(registration, "registering with a password that many use is refused with what to do, and makes no account"),
          ...inFile(profile, "is told what is wrong with %s"),
          ...inFile(resets, "is not spent on a password that many use"),
        ],
      ),
      met("6.2.5", 1, "No rules about kinds of characters", inFile(passwords, "a password of %s is taken, and counts as it was given")),
      met("6.2.6", 1, "The field hides what is typed", inFile(passwords, "hides what is typed, takes what is pasted, and tells a password manager what it is")),
      met(
        "6.2.7",
        1,
        "Pasting and password managers work",
        inFile(passwords, "hides what is typed, takes what is pasted, and tells a password manager what it is"),
      ),
      met(
        "6.2.8",
        2,
        "The password counts as it was given",
        [
          ...inFile(passwords, "a password of %s is taken, and counts as it was given"),
          ...inFile("hub/src/accounts/passwords.test.ts", "counts to its last character"),
        ],
        "Spellings of one letter that Unicode calls the same are the same.",
      ),
      met("6.2.9", 2, "64 characters and more are taken", inFile(passwords, "a password of %s is taken, and counts as it was given")),
      notMet("6.2.10", 2, "Passwords do not end by time", "Nothing makes one end; no test shows it."),
      notMet("6.2.11", 2, "Words of the surroundings are refused", "The hub has no such list."),
      notMet("6.2.12", 3, "Passwords known from breaches are refused", "The hub asks nobody outside, and has no such list."),
    ],
  },
  {
    name: "V6.3 Authentication in general",
    requirements: [
      met("6.3.1", 1, "Guessing is slowed down", [
        ...inFile(guessing, "10,000 wrong passwords cost a handful of comparisons and write a bounded number of audit entries"),
        ...inFile(signIn, "at one account is slowed down from wherever it comes", "at many accounts is slowed down by address, and by the /64 for IPv6"),
      ]),
      notMet("6.3.2", 2, "More than one factor is required", "A second factor is offered, and nobody is made to have one."),
      notMet("6.3.3", 2, "All ways to sign in are equally strong", "No test goes over all of them."),
      notMet(
        "6.3.4",
        3,
        "Users hear of suspicious tries",
        "They hear of a session that was used by a copy, and of nothing else.",
        inFile(profile, "tells that a copy of a session was used, from where, until it is put away"),
      ),
      doesNotApply("6.3.5", 3, "Mail is no factor", "The hub sends no mail."),
      notMet("6.3.6", 3, "Users hear of changes to how they sign in", "It stands in the audit log; they are not told."),
      met(
        "6.3.7",
        3,
        "A factor of hardware that cannot be phished",
        inFile(passkeys, "needs neither name nor password, and says in the audit log how", "refuses an answer %s"),
      ),
      notMet(
        "6.3.8",
        3,
        "Nobody learns which accounts there are",
        "The sign-in tells nothing; registering, where it is open, says which names are taken.",
        inFile(
          guessing,
          "is told neither by the answer nor by the work: %s costs one comparison",
          "costs what a stored password costs: the stand-in has the same parameters",
        ),
      ),
    ],
  },
  {
    name: "V6.4 Life of factors",
    requirements: [
      met("6.4.1", 1, "First secrets are random, end soon, and never become the password", [
        ...inFile(
          invitations,
          "answers its link once, with the token behind the #, and keeps only a hash",
          "lives a week when nobody says otherwise",
          "makes one account, however many ask at the same moment on two hubs",
        ),
        ...inFile(resets, "tells whose password it sets, and lives a day", "counts once, however many use it at the same moment"),
      ]),
      doesNotApply("6.4.2", 1, "No hints and secret questions", "There are none."),
      met(
        "6.4.3",
        2,
        "A forgotten password is reset without going past the second factor",
        inFile(resets, "leaves the second factors as they are: the new password alone opens nothing"),
      ),
      notMet("6.4.4", 2, "A lost factor is replaced after the same proof", "An administrator decides, by what they know of the person."),
      notMet(
        "6.4.5",
        3,
        "Reminders before a credential ends",
        "The page and the API warn of tokens that end; nothing is sent.",
        inFile("hub/src/api-tokens/rotation.test.ts", "warns of a token that ends %s"),
      ),
      notMet(
        "6.4.6",
        3,
        "Administrators begin a reset and do not choose the password",
        "So it is for administrators; on the hub's machine the operator can set one.",
        inFile(resets, "is shown once, with the token behind the #, and only a hash is kept"),
      ),
    ],
  },
  {
    name: "V6.5 Second factors",
    requirements: [
      met("6.5.1", 2, "Codes count once", [
        ...inFile(factors, "when it was accepted before, also with another challenge", "with a recovery code works once, and is in the audit log"),
        ...inFile(device, "gives the tokens once"),
      ]),
      met(
        "6.5.2",
        2,
        "Weak recovery codes are hashed as passwords are",
        [
          ...inFile(factorRules, "are ten, all different, of 24 letters that look like no others"),
          ...inFile(factors, "stores neither the challenge nor a recovery code nor the app's secret"),
        ],
        "Ours have 118 bits, for which a plain hash is enough.",
      ),
      met("6.5.3", 2, "Codes and seeds come from the system's random generator", [
        ...inFile(factorRules, "has a secret of 160 bits, told as an otpauth address"),
        ...inFile(
          "test/security/cryptography.test.ts",
          "chance that others must not guess comes from the system: Math.random stands only where waiting times are spread",
        ),
      ]),
      met("6.5.4", 2, "Codes have 20 bits or more", inFile(factorRules, "are ten, all different, of 24 letters that look like no others")),
      notMet(
        "6.5.5",
        2,
        "Codes end: 10 minutes, or 30 seconds for time-based ones",
        "Codes of an app count one step longer at both ends, for clocks that are off.",
        [...inFile(device, "ends after ten minutes, decided or not"), ...inFile(factorRules, "of %s belongs to its own step or to none")],
      ),
      met(
        "6.5.6",
        3,
        "A lost factor can be revoked",
        inFile(
          keeping,
          "that is removed takes its recovery codes along, and the password is enough again",
          "is registered, listed, named and removed",
          "removes another's second factors, which ends their sessions and what they had begun",
        ),
      ),
      doesNotApply("6.5.7", 3, "Biometrics are never alone", "The hub sees none; a passkey's device may."),
      notMet("6.5.8", 3, "Time comes from the server", "The hub's own clock decides; no test names it."),
    ],
  },
  {
    name: "V6.6 Out-of-band sign-in (`sentinal login`)",
    requirements: [
      doesNotApply("6.6.1", 2, "Telephone and SMS are the weaker choice", "There are none."),
      met(
        "6.6.2",
        2,
        "A code belongs to the request that it was made for",
        inFile(
          device,
          "leads from its question over a person's approval to a session of its own",
          "that was approved from a session which has ended since gets nothing",
        ),
      ),
      met(
        "6.6.3",
        2,
        "Codes cannot be guessed",
        inFile(
          device,
          "are counted a person: a right code is not heard after too many wrong ones",
          "are counted an address, whoever makes them",
          "are counted a code, from wherever they come",
        ),
      ),
      doesNotApply("6.6.4", 3, "Pushed requests cannot wear a person down", "There are none."),
    ],
  },
  {
    name: "V6.7 Cryptographic factors",
    requirements: [
      notMet(
        "6.7.1",
        3,
        "What verifies them cannot be changed",
        "Public keys of passkeys are rows of the database.",
        inFile(passkeys, "refuses another key under the credential id of an account"),
      ),
      notMet(
        "6.7.2",
        3,
        "Challenges have 64 bits and never come twice",
        "They have 256 random bits; no test names their length.",
        inFile(passkeys, "refuses an answer that was shown before, with its own challenge and with a new one"),
      ),
    ],
  },
  {
    name: "V6.8 Identity providers (GitHub Actions' issuer, for jobs)",
    requirements: [
      doesNotApply("6.8.1", 2, "Nobody is impersonated by way of another provider", "There is one issuer, from the settings."),
      met(
        "6.8.2",
        2,
        "Signatures of assertions are verified",
        inFile(
          exchange,
          "by another issuer that signs in our issuer's name is refused",
          "by one changed claim is refused",
          "by taking the signature away is refused",
        ),
      ),
      doesNotApply("6.8.3", 2, "SAML assertions count once", "There are none; an ID token counts once."),
      doesNotApply("6.8.4", 2, "The provider's strength of sign-in is checked", "People do not sign in by a provider; a job has no such claims."),
    ],
  },
];
