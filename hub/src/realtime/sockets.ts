import { randomUUID } from "node:crypto";
import type { IncomingMessage, Server as NodeHttpServer } from "node:http";
import { type Acknowledgement, type DashboardUpdate, type ScanUpdate, SubscribeScan } from "@sentinal/contract";
import proxyAddress, { compile } from "@fastify/proxy-addr";
import type { Logger } from "pino";
import { Server, type Socket } from "socket.io";
import type { Revocations, Subject } from "../database/index.ts";
import { checkRequirement, HttpError, isOwnOrigin, type Principal, tokensInUrl, visibleRepository } from "../http/index.ts";
import { createEndings, endingRoom } from "./endings.ts";

/** Who may come in, and what they may see; given by the features. */
export type SocketRights = {
  /** By the token of Socket.IO's `auth`; throws HttpError. */
  authenticate(credential: { bearer: string }, caller: { address: string; requestId: string }): Promise<Principal> | Principal;
  /** By the browser's cookie, and the Host that it was sent to; null when it signs nobody in. */
  authenticateCookie(cookieHeader: string, host?: string): Promise<Principal | null>;
  /** Asked again, from the database, when revocations may have been missed. */
  isStillValid(principal: Principal): Promise<boolean>;
  /** When the right of a caller ends, from the database; null: it has no end. */
  endOf(principal: Principal): Promise<Date | null>;
  /** The repository of a run that the principal may see; null when there is none. */
  repositoryOfRun(runId: number): Promise<string | null>;
};

export type Sockets = {
  emitDashboard(repository: string | null, update: DashboardUpdate): void;
  emitScan(runId: number, update: ScanUpdate): void;
  count(): number;
  /** Closes every socket; the HTTP server is the caller's. */
  close(): void;
};

type SocketData = {
  principal: Principal;
  admittedAtEpoch: number;
  /** Stops the clock that closes the socket when its right ends. */
  forgetEnd?: () => void;
};
type Reply = (answer: Acknowledgement) => void;
type ClientSocket = Socket<
  Record<string, (...parameters: unknown[]) => void>,
  Record<string, (...parameters: unknown[]) => void>,
  Record<string, never>,
  SocketData
>;

const dashboardRoom = "dashboard";
/** One socket watches a handful of runs at once; more is a mistake or an attack. */
const mostRooms = 200;
const messageLimitBytes = 16 * 1024;
/** A timer cannot be set further ahead than this. */
const longestTimerMs = 2_147_483_647;

/** Socket.IO at its default path on the hub's HTTP server. Every socket has a verified caller and leaves with their right. */
export function createSockets(
  server: NodeHttpServer,
  options: {
    rights: SocketRights;
    revocations: Revocations;
    log: Logger;
    version: string;
    publicUrl: () => string;
    /** Whose `X-Forwarded-For` is believed. */
    trustedProxies: readonly string[];
    /** Gets a token that stood in the address of a handshake, which is refused. */
    onTokenInUrl(token: string, caller: { address: string; requestId: string }): Promise<void>;
  },
): Sockets {
  const { rights, revocations, log } = options;
  /** How many times all sockets are being checked again at this moment. */
  let verifying = 0;
  const endings = createEndings();
  const io = new Server<
    Record<string, (...parameters: unknown[]) => void>,
    Record<string, (...parameters: unknown[]) => void>,
    Record<string, never>,
    SocketData
  >(server, {
    maxHttpBufferSize: messageLimitBytes,
    serveClient: false,
    allowRequest(request, answer) {
      refuseTokens(request).then(
        (isRefused) => answer(isRefused ? "token_in_url" : null, !isRefused),
        (error: unknown) => {
          log.error({ err: error }, "a token in an address could not be revoked");
          answer("internal", false);
        },
      );
    },
  });

  const isTrusted = compile([...options.trustedProxies]);
  const addressOf = (request: IncomingMessage) => proxyAddress(request, isTrusted);

  /** Handshakes do not pass the routes' own check of addresses. */
  async function refuseTokens(request: IncomingMessage): Promise<boolean> {
    const tokens = tokensInUrl(request.url ?? "");
    for (const token of tokens) await options.onTokenInUrl(token, { address: addressOf(request), requestId: randomUUID() });
    return tokens.length > 0;
  }

  io.use((socket, next) => {
    const admittedAtEpoch = revocations.epoch();
    admit(socket).then(
      (principal) => {
        socket.data = { principal, admittedAtEpoch };
        next();
      },
      (error: unknown) => next(connectError(error)),
    );
  });

  async function admit(socket: ClientSocket): Promise<Principal> {
    const caller = { address: addressOf(socket.request), requestId: socket.id };
    const token: unknown = socket.handshake.auth["token"];
    const principal = typeof token === "string" ? await rights.authenticate({ bearer: token }, caller) : await admitByCookie(socket);
    checkRequirement(principal, { scope: "webhook:read", role: "Viewer" });
    return principal;
  }

  async function admitByCookie(socket: ClientSocket): Promise<Principal> {
    const cookie = socket.handshake.headers.cookie;
    if (cookie === undefined) throw new HttpError("not_signed_in");
    if (!isOwnOrigin(socket.handshake.headers, options.publicUrl())) throw new HttpError("origin_refused");
    const principal = await rights.authenticateCookie(cookie, socket.handshake.headers.host);
    if (principal === null) throw new HttpError("not_signed_in");
    return principal;
  }

  io.on("connection", (socket) => {
    const { principal } = socket.data;
    for (const subject of principal.subjects) void socket.join(subjectRoom(subject));
    endAt(socket, principal.expiresAt, end);
    // Revoked between the check and the rooms above: nobody closed this socket then.
    if (socket.data.admittedAtEpoch !== revocations.epoch()) void endIfInvalid(socket);
    socket.on("disconnect", () => socket.data.forgetEnd?.());
    socket.emit("connected", { server_time: new Date().toISOString(), version: options.version });
    socket.on("subscribe_dashboard", (...parameters) => {
      void socket.join(dashboardOf(visibleRepository(principal)));
      replyOf(parameters)({ ok: true });
    });
    socket.on("unsubscribe_dashboard", (...parameters) => {
      void socket.leave(dashboardOf(visibleRepository(principal)));
      replyOf(parameters)({ ok: true });
    });
    socket.on("subscribe_scan", (...parameters) => {
      subscribeScan(socket, parameters[0]).then(replyOf(parameters), (error: unknown) => {
        log.error({ err: error }, "a subscription failed");
        replyOf(parameters)({ ok: false, code: "internal", message: "The hub could not look that run up; try again." });
      });
    });
    socket.on("unsubscribe_scan", (...parameters) => {
      const parsed = SubscribeScan.safeParse(parameters[0]);
      if (parsed.success) void socket.leave(scanRoom(parsed.data.run_id));
      replyOf(parameters)(parsed.success ? { ok: true } : badRunId);
    });
  });

  async function subscribeScan(socket: ClientSocket, payload: unknown): Promise<Acknowledgement> {
    const parsed = SubscribeScan.safeParse(payload);
    if (!parsed.success) return badRunId;
    if (socket.rooms.size >= mostRooms)
      return { ok: false, code: "too_many_requests", message: `At most ${mostRooms} runs a connection; unsubscribe from some.` };
    const repository = await rights.repositoryOfRun(parsed.data.run_id);
    const narrowed = visibleRepository(socket.data.principal);
    if (repository === null || (narrowed !== null && narrowed !== repository))
      return { ok: false, code: "not_found", message: "There is no such run, or it is not yours to see." };
    // The right may have ended while the run was looked up.
    if (!socket.connected || socket.rooms.has(endingRoom)) return { ok: false, code: "not_signed_in", message: "The connection has ended." };
    await socket.join(scanRoom(parsed.data.run_id));
    return { ok: true };
  }

  revocations.onRevoked((subject, loss) => {
    if (subject === "all") {
      void reverifyAll();
      return;
    }
    if (loss === "shortened") {
      for (const socket of socketsOf(subject)) void shorten(socket);
      return;
    }
    endings.end(socketsOf(subject));
  });

  function end(socket: ClientSocket): void {
    endings.end([socket]);
  }

  async function endIfInvalid(socket: ClientSocket): Promise<void> {
    const isValid = await rights.isStillValid(socket.data.principal).catch(() => false);
    if (isValid) await shorten(socket);
    else end(socket);
  }

  function socketsOf(subject: Subject): ClientSocket[] {
    const ids = io.of("/").adapter.rooms.get(subjectRoom(subject)) ?? new Set<string>();
    return [...ids].flatMap((id) => io.of("/").sockets.get(id) ?? []);
  }

  async function shorten(socket: ClientSocket): Promise<void> {
    try {
      endAt(socket, await rights.endOf(socket.data.principal), end);
    } catch (error) {
      log.warn({ err: error }, "the new end of a right could not be read; its socket is closed");
      end(socket);
    }
  }

  async function reverifyAll(): Promise<void> {
    verifying++;
    for (const socket of io.of("/").sockets.values()) await endIfInvalid(socket);
    verifying--;
    // Events of the meantime are lost; pages fetch again what they show.
    for (const socket of io.of("/").sockets.values()) {
      if (socket.rooms.has(dashboardOf(visibleRepository(socket.data.principal)))) socket.emit("dashboard_update", { type: "resync", data: null });
    }
  }

  /** While revocations may be missed, or may have been, nothing private goes out; the resync afterwards makes up for it. */
  function mayEmit(): boolean {
    return verifying === 0 && revocations.isHearing();
  }

  return {
    emitDashboard(repository, update) {
      if (!mayEmit()) return;
      const rooms = repository === null ? [dashboardRoom] : [dashboardRoom, dashboardOf(repository)];
      io.to(rooms).except(endingRoom).emit("dashboard_update", update);
    },
    emitScan(runId, update) {
      if (!mayEmit()) return;
      io.to(scanRoom(runId)).except(endingRoom).emit("scan_update", update);
    },
    count: () => io.of("/").sockets.size,
    close() {
      io.disconnectSockets(true);
      // Not `io.close()`: that waits, without a bound, for every request of the HTTP server, which is not ours to end.
      io.engine.close();
    },
  };
}

const badRunId: Acknowledgement = { ok: false, code: "field_invalid", message: "run_id: send {run_id: <number>}." };

/** Closes the socket at that moment, or at the one that it is told of later. */
function endAt(socket: ClientSocket, moment: Date | null, end: (socket: ClientSocket) => void): void {
  socket.data.forgetEnd?.();
  if (moment === null) return;
  const endsAt = moment.getTime();
  let timer: NodeJS.Timeout | undefined;
  function endOrWait(): void {
    const leftMs = endsAt - Date.now();
    if (leftMs <= 0) {
      end(socket);
      return;
    }
    timer = setTimeout(endOrWait, Math.min(longestTimerMs, leftMs));
    timer.unref();
  }
  socket.data.forgetEnd = () => clearTimeout(timer);
  endOrWait();
}

function dashboardOf(repository: string | null): string {
  return repository === null ? dashboardRoom : `${dashboardRoom}:${repository}`;
}

function scanRoom(runId: number): string {
  return `scan:${runId}`;
}

function subjectRoom(subject: Subject): string {
  return `subject:${subject}`;
}

/** The client's acknowledgement callback, wherever it stands among the parameters; clients may leave it out. */
function replyOf(parameters: readonly unknown[]): Reply {
  const last = parameters.at(-1);
  return typeof last === "function" ? (answer) => last(answer) : () => {};
}

function connectError(error: unknown): Error {
  const expected = error instanceof HttpError ? error : new HttpError("internal");
  return Object.assign(new Error(expected.message), { data: { code: expected.code, status: expected.status } });
}
