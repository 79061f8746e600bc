/** What the caller gave cannot be used (a file, a fact, an address, a token): what is wrong and what to do about it, in sentences for a person. */
export class SendProblem extends Error {}
