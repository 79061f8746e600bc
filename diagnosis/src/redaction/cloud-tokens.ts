import { token, type TokenPattern } from "./tokens-by-prefix.ts";

/** Tokens of clouds and of where software runs. */
export const cloudTokens: readonly TokenPattern[] = [
  token("aws-key", "AWS access key id", ["AKIA", "ASIA", "ABIA", "ACCA"], "[A-Z0-9]{16}(?![A-Za-z0-9])", { startsWord: true }),
  token("aws-token", "Password for Amazon's container registry", ["eyJwYXlsb2FkIjoi"], "[A-Za-z0-9+/=_-]{200,4000}"),
  token("gcp-key", "Google API key", ["AIza"], String.raw`[\w-]{35}(?![\w-])`, { startsWord: true }),
  token("gcp-token", "Google OAuth token", ["ya29."], String.raw`[\w.-]{20,2000}`),
  token("gcp-token", "Google OAuth refresh token", ["1//0"], String.raw`[\w-]{30,200}`, { startsWord: true }),
  token("gcp-secret", "Google OAuth client secret", ["GOCSPX-"], String.raw`[\w-]{24,40}`),
  token("azure-secret", "Microsoft Entra client secret", ["7Q~", "8Q~", "9Q~"], String.raw`[\w~.-]{31,40}(?![\w~])`, {
    before: { character: /[\w~.-]/, least: 3, most: 3 },
    shape: "…8Q~…",
  }),
  token("azure-token", "Azure DevOps token", ["AZDO"], "[A-Za-z0-9]{4}(?![A-Za-z0-9])", {
    before: { character: /[A-Za-z0-9]/, least: 76, most: 76 },
    shape: "…AZDO…",
  }),
  token("azure-key", "Azure resource key", ["JQQJ99", "+AStA", "+ABa", "+ACDb", "+ASb"], "[A-Za-z0-9+/]{6,40}(?:==|(?![A-Za-z0-9]))", {
    before: { character: /[A-Za-z0-9+/]/, least: 52, most: 76 },
    shape: "…JQQJ99…, …+AStA…",
  }),
  token("cloudflare-token", "Cloudflare token", ["cfut_", "cfat_", "cfk_"], String.raw`[A-Za-z0-9]{36,80}`),
  token("cloudflare-token", "Cloudflare origin CA key", ["v1.0-"], "[0-9a-f]{24}-[0-9a-f]{146}"),
  token("digitalocean-token", "DigitalOcean token", ["dop_v1_", "doo_v1_", "dor_v1_"], "[0-9a-f]{64}"),
  token("heroku-key", "Heroku API key", ["HRKU-"], String.raw`(?:AA[\w-]{40,80}|[0-9a-fA-F]{8}-[0-9a-fA-F-]{27})`),
  token("fly-token", "Fly.io token", ["fo1_", "fm1r_", "fm1a_", "fm2_"], String.raw`[\w+/=-]{40,4000}`, { startsWord: true }),
  token("netlify-token", "Netlify token", ["nfp_"], "[A-Za-z0-9]{36,60}(?![A-Za-z0-9_])"),
  token("vercel-token", "Vercel token", ["vcp_", "vci_", "vca_", "vcr_", "vck_"], "[A-Za-z0-9]{40,80}(?![A-Za-z0-9_])"),
  token("alibaba-key", "Alibaba Cloud access key id", ["LTAI"], "[A-Za-z0-9]{17,21}(?![A-Za-z0-9])", { startsWord: true }),
  token("databricks-token", "Databricks token", ["dapi"], String.raw`[0-9a-f]{32}(?:-\d)?(?![A-Za-z0-9])`),
  token("vault-token", "HashiCorp Vault token", ["hvs.", "hvb.", "hvr."], String.raw`[\w-]{24,300}`),
  // Of Vault before 1.10. The sign before it belongs to the mark: a bare `s.` ends many words.
  token("vault-token", "HashiCorp Vault token, older form", [" s.", "=s.", ":s.", '"s.', "'s."], "[A-Za-z0-9]{24}(?![A-Za-z0-9_.])", {
    keepsMark: true,
    shape: "s.…",
  }),
  token(
    "doppler-token",
    "Doppler token",
    ["pt", "st", "sa", "ct", "scim", "audit"].map((kind) => `dp.${kind}.`),
    String.raw`[\w.-]{40,80}`,
  ),
  token("onepassword-token", "1Password service account token", ["ops_eyJ"], String.raw`[\w+/=-]{100,4000}`),
  token("onepassword-token", "1Password secret key", ["A3-"], "[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})(?:-[A-Z0-9]{5}){3}", { startsWord: true }),
  token("age-key", "age private key", ["AGE-SECRET-KEY-"], "(?:PQ-)?1[A-Z0-9]{58,4000}"),
  token("supabase-token", "Supabase token", ["sbp_", "sb_secret_"], String.raw`\w{30,80}`),
  token("planetscale-token", "PlanetScale token", ["pscale_tkn_", "pscale_pw_", "pscale_oauth_"], String.raw`[\w.-]{32,64}`),
  token("tailscale-key", "Tailscale key", ["tskey-"], String.raw`[a-z]{3,10}-[\w-]{20,100}`),
  token("dynatrace-token", "Dynatrace token", ["dt0c01.", "dt0s01."], String.raw`[A-Z0-9]{24}\.[A-Z0-9]{64}`),
];
