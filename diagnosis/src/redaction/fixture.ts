/**
 * Secrets for tests, made up at run time: none stands in the source, so that no scanner of the source takes it for one that
 * has leaked. `random` gives numbers from 0 up to 1, the same for the same seed.
 */
export type Random = () => number;

/** A secret and the line, or the lines, that it stands in. `parts` are what must be gone from the result. */
export type Sample = { readonly kind: string; readonly text: string; readonly parts: readonly string[] };

export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const digits = "0123456789";
const lower = "abcdefghijklmnopqrstuvwxyz";
const upper = lower.toUpperCase();
const letters = lower + upper + digits;
const hex = `${digits}abcdef`;
const address = `${letters}-_`;

export function text(random: Random, length: number, alphabet: string = letters): string {
  return Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)] ?? "").join("");
}

/** Tokens that stand for themselves, by kind. */
const tokens: readonly (readonly [kind: string, make: (random: Random) => string])[] = [
  ...["ghp", "gho", "ghu", "ghs", "ghr"].map((prefix) => ["github-token", (random: Random) => `${prefix}_${text(random, 36)}`] as const),
  ["github-token", (random) => `ghs_${text(random, 80)}`],
  ["github-token", (random) => `ghs_${text(random, 7, digits)}_${jwt(random)}`],
  ["github-token", (random) => `github_pat_${text(random, 22)}_${text(random, 59)}`],
  ["sentinal-token", (random) => `sent_${text(random, 49)}`],
  ["sentinal-token", (random) => `oidc_sent_${text(random, 49)}`],
  ...["sentr", "schl", "sinv", "srst"].map((prefix) => ["sentinal-token", (random: Random) => `${prefix}_${text(random, 43)}`] as const),
  ...["pat", "ptt", "dt", "rt", "ft", "soat", "agent"].map((kind) => ["gitlab-token", (random: Random) => `gl${kind}-${text(random, 20, address)}`] as const),
  ["gitlab-token", (random) => `glcbt-64_${text(random, 20)}`],
  ["bitbucket-token", (random) => `ATATT3x${text(random, 180, address)}=${text(random, 8, hex.toUpperCase())}`],
  ["npm-token", (random) => `npm_${text(random, 36)}`],
  ["pypi-token", (random) => `pypi-AgEIcHlwaS5vcmc${text(random, 150, address)}`],
  ["rubygems-token", (random) => `rubygems_${text(random, 48, hex)}`],
  ["crates-io-token", (random) => `cio${text(random, 32)}`],
  ["nuget-token", (random) => `oy2${text(random, 43, lower + digits)}`],
  ["docker-token", (random) => `dckr_pat_${text(random, 27, address)}`],
  ["sonarqube-token", (random) => `squ_${text(random, 40, hex)}`],
  ["sonarqube-token", (random) => `sqp_${text(random, 40, hex)}`],
  ["jfrog-token", (random) => `AKCp${text(random, 69)}`],
  ["jfrog-token", (random) => `cmVmdGtuOj${text(random, 54)}`],
  ["terraform-token", (random) => `${text(random, 14)}.atlasv1.${text(random, 67, address)}`],
  ["aws-key", (random) => `AKIA${text(random, 16, `${upper}234567`)}`],
  ["aws-key", (random) => `ASIA${text(random, 16, `${upper}234567`)}`],
  ["gcp-key", (random) => `AIza${text(random, 35, address)}`],
  ["gcp-token", (random) => `ya29.${text(random, 120, address)}`],
  ["gcp-secret", (random) => `GOCSPX-${text(random, 28, address)}`],
  ["azure-secret", (random) => `${text(random, 3)}8Q~${text(random, 34)}`],
  ["azure-token", (random) => `${text(random, 76)}AZDO${text(random, 4)}`],
  ["cloudflare-token", (random) => `v1.0-${text(random, 24, hex)}-${text(random, 146, hex)}`],
  ["digitalocean-token", (random) => `dop_v1_${text(random, 64, hex)}`],
  ["heroku-key", (random) => `HRKU-AA${text(random, 58, address)}`],
  ["databricks-token", (random) => `dapi${text(random, 32, hex)}`],
  ["vault-token", (random) => `hvs.${text(random, 90, address)}`],
  ["doppler-token", (random) => `dp.pt.${text(random, 43)}`],
  ["onepassword-token", (random) => `ops_${jsonPart(random)}${text(random, 250)}`],
  ["age-key", (random) => `AGE-SECRET-KEY-1${text(random, 58, upper + digits)}`],
  ["slack-token", (random) => `xoxb-${text(random, 12, digits)}-${text(random, 12, digits)}-${text(random, 24)}`],
  ["slack-token", (random) => `xapp-1-A${text(random, 10, upper)}-${text(random, 12, digits)}-${text(random, 64, hex)}`],
  ["slack-webhook", (random) => `https://hooks.slack.com/services/T${text(random, 8, upper)}/B${text(random, 8, upper)}/${text(random, 24)}`],
  ["discord-webhook", (random) => `https://discord.com/api/webhooks/${text(random, 18, digits)}/${text(random, 68, address)}`],
  ["stripe-key", (random) => `sk_live_${text(random, 24)}`],
  ["twilio-key", (random) => `SK${text(random, 32, hex)}`],
  ["sendgrid-key", (random) => `SG.${text(random, 22, address)}.${text(random, 43, address)}`],
  ["mailgun-key", (random) => `key-${text(random, 32, hex)}`],
  ["mailchimp-key", (random) => `${text(random, 32, hex)}-us12`],
  ["telegram-token", (random) => `${text(random, 10, "123456789")}:AA${text(random, 33, address)}`],
  ["openai-key", (random) => `sk-proj-${text(random, 80, address)}`],
  ["openai-key", (random) => `sk-${text(random, 20)}T3BlbkFJ${text(random, 20)}`],
  ["anthropic-key", (random) => `sk-ant-api03-${text(random, 93, address)}AA`],
  ["huggingface-token", (random) => `hf_${text(random, 34, lower + upper)}`],
  ["sentry-token", (random) => `sntrys_${jsonPart(random)}_${text(random, 43)}`],
  ["new-relic-key", (random) => `NRAK-${text(random, 27, upper + digits)}`],
  ["grafana-token", (random) => `glsa_${text(random, 32)}_${text(random, 8, hex)}`],
  ["linear-key", (random) => `lin_api_${text(random, 40)}`],
  ["notion-token", (random) => `ntn_${text(random, 46)}`],
  ["figma-token", (random) => `figd_${text(random, 40, address)}`],
  ["shopify-token", (random) => `shpat_${text(random, 32, hex)}`],
  ["square-token", (random) => `sq0atp-${text(random, 22, address)}`],
  ["paypal-token", (random) => `access_token$production$${text(random, 16, lower + digits)}$${text(random, 32, hex)}`],
  ["jwt", (random) => jwt(random)],
];

/** Lines in which only the place tells that something is a secret. */
const places: readonly (readonly [kind: string, make: (random: Random) => Omit<Sample, "kind">])[] = [
  ["secret-value", (random) => named(random, 40, (value) => `AWS_SECRET_ACCESS_KEY=${value}`)],
  ["secret-value", (random) => named(random, 40, (value) => `{"SecretAccessKey": "${value}"}`)],
  ["secret-value", (random) => named(random, 300, (value) => `export AWS_SESSION_TOKEN="${value}"`)],
  [
    "secret-value",
    (random) => named(random, 86, (value) => `DefaultEndpointsProtocol=https;AccountName=logs;AccountKey=${value}==;EndpointSuffix=core.windows.net`),
  ],
  ["secret-value", (random) => named(random, 32, (value) => `DD_API_KEY: ${value}`)],
  ["secret-value", (random) => named(random, 40, (value) => `deploy --cloudflare-api-token ${value} --dry-run`)],
  ["secret-value", (random) => named(random, 32, (value) => `  client_secret => '${value}',`)],
  ["secret-value", (random) => named(random, 36, (value) => `//registry.npmjs.org/:_authToken=${value}`)],
  ["secret-value", (random) => named(random, 64, (value) => `INTERNAL_SERVICE_TOKEN=${value}`)],
  ["secret-value", (random) => named(random, 32, (value) => `<apiKey>${value}</apiKey>`)],
  ["secret-value", (random) => named(random, 36, (value) => `curl -H 'PRIVATE-TOKEN: ${value}' https://git.example.org/api`)],
  ["password", (random) => named(random, 14, (value) => `Server=db;User Id=ci;Password=${value};Encrypt=true`)],
  ["password", (random) => named(random, 14, (value) => `host=db;uid=ci;pwd=${value}`)],
  ["password", (random) => named(random, 16, (value) => `db_password: "${value}"`)],
  ["password", (random) => named(random, 16, (value) => `docker login --username ci --password ${value} registry.example.org`)],
  ["url-password", (random) => named(random, 20, (value) => `postgres://runner:${value}@db.example.org:5432/app`)],
  ["url-password", (random) => named(random, 20, (value) => `git clone https://x-access-token:${value}@git.example.org/a/b.git`)],
  ["url-signature", (random) => named(random, 64, (value) => `https://files.example.org/a?X-Amz-Date=20260101T000000Z&X-Amz-Signature=${value}`)],
  ["url-signature", (random) => named(random, 43, (value) => `https://x.blob.core.windows.net/a?sv=2024-01-01&se=2026-01-01&sig=${value}%3D&sp=r`)],
  ["authorization", (random) => named(random, 40, (value) => `Authorization: Bearer ${value}`)],
  ["authorization", (random) => named(random, 32, (value) => `  authorization: Basic ${value}`)],
  ["authorization", (random) => named(random, 40, (value) => `curl -H "Authorization: token ${value}" https://api.example.org`)],
  ["cookie", (random) => named(random, 40, (value) => `Set-Cookie: session=${value}; Path=/; HttpOnly`)],
  ["cookie", (random) => named(random, 40, (value) => `> Cookie: theme=dark; sid=${value}`)],
  ["netrc-password", (random) => named(random, 16, (value) => `machine git.example.org login ci password ${value}`)],
];

function named(random: Random, length: number, line: (value: string) => string): Omit<Sample, "kind"> {
  // At least one digit, as nearly every random value has.
  const value = `${text(random, length - 2)}${text(random, 1, digits)}${text(random, 1, lower)}`;
  return { text: line(value), parts: [value] };
}

function jsonPart(random: Random): string {
  return Buffer.from(JSON.stringify({ alg: "RS256", kid: text(random, 20) })).toString("base64url");
}

export function jwt(random: Random): string {
  const payload = Buffer.from(JSON.stringify({ sub: text(random, 24), aud: "api" })).toString("base64url");
  return `${jsonPart(random)}.${payload}.${text(random, 86, address)}`;
}

/** A PEM block of random content, with the lines' ends that are asked for. */
export function pemLines(random: Random, type = "RSA PRIVATE KEY", lines = 8): string[] {
  const body = Array.from({ length: lines }, () => text(random, 64, `${letters}+/`));
  return [`-----BEGIN ${type}-----`, ...body, `${text(random, 30)}==`, `-----END ${type}-----`];
}

export const tokenMakers = tokens;
export const placeMakers = places;
