export { findOffer, holdInvitation } from "./invitations.ts";
export { revokeInvitationByHash, revokeInvitationsOf, spendInvitation } from "./queries.ts";
export { registerInvitationRoutes } from "./routes.ts";
