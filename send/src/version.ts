import manifest from "../package.json" with { type: "json" };

/** The version that the hub is told in the name of whoever sends. */
export const { version } = manifest;
